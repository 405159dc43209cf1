import { describe, expect, it } from 'vitest';
import { compile, type Compilation } from '../../src/compiler/compile.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { memoryLoader } from '../compiler/memory-loader.js';
import { codesIn, graphOf, pathsOf, shapeAt } from '../compiler/net.js';

/** Compiles the first of several files, which may import the others. */
function compileFiles(files: Readonly<Record<string, string>>, limits = {}): Compilation {
  const [entry = ['', '']] = Object.entries(files);
  const loader = memoryLoader(new Map(Object.entries(files)));
  return compile(makeSource(entry[0], entry[1]), { loader, limits });
}

const messagesOf = ({ diagnostics }: Compilation): readonly string[] =>
  diagnostics.map(({ code, message }) => `${code}: ${message}`);

describe('an import', () => {
  it('takes blocks of the standard library, under other names where that is said', () => {
    const graph = graphOf(
      'import { inception, se as squeeze } from "std/blocks"\nmodel M { input 28x28x192; inception<64, 96, 128, 16, 32, 32> -> squeeze<16> }',
    );
    expect(shapeAt(graph)).toBe('28×28×256');
    expect(pathsOf(graph).at(-1)).toBe('se1.mul1');
  });

  it('takes blocks, models, constants and functions of a file relative to the importing one', () => {
    const { models, diagnostics } = compileFiles({
      'nets/main.cnn':
        'import { unit, Body, width, twice } from "../blocks/unit.cnn"\nmodel M { input 8x8x1; unit<twice(width)>; Body<> }\nmodel N = Body\n',
      'blocks/unit.cnn':
        'import { inner } from "./deep/inner.cnn"\nlet width = 3\nlet twice(x) = 2 * x\nblock unit<n> { inner<n> }\nmodel Body { input ?x?x6; conv 1 1x1 }\n',
      'blocks/deep/inner.cnn': 'block inner<n> { conv n 1x1 }\n',
    });
    expect(diagnostics).toEqual([]);
    expect(models.map(({ name }) => name)).toEqual(['M', 'N']);
    expect(models[0]?.graph?.nodes.map(({ path }) => path)).toEqual([
      'input',
      'unit1.inner1.conv1',
      'Body1.conv1',
    ]);
  });

  it('reads a file once, though it is reached by two ways', () => {
    const { diagnostics } = compileFiles({
      'main.cnn':
        'import { a } from "./a.cnn"\nimport { b } from "./b.cnn"\nmodel M { input 8x8x1; a<>; b<> }\n',
      'a.cnn': 'import { base } from "./base.cnn"\nblock a { base<> }\n',
      'b.cnn': 'import { base } from "./sub/../base.cnn"\nblock b { base<> }\n',
      'base.cnn': 'block base { convv }\n',
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['unknown-layer']);
  });

  it('does not hand on what it imports itself', () => {
    const found = compileFiles({
      'main.cnn': 'import { se } from "./a.cnn"\nmodel M { input 8x8x16; se<> }\n',
      'a.cnn': 'import { se } from "std/blocks"\nblock a { se<> }\n',
    });
    expect(messagesOf(found)).toEqual(['imported-name-missing: "./a.cnn" declares no `se`']);
  });

  it('shows a circle', () => {
    const found = compileFiles({
      'a.cnn': 'import { b } from "./b.cnn"\nblock a { b<> }\nmodel M { input 8x8x1; a<> }\n',
      'b.cnn': 'import { c } from "./c.cnn"\nblock b { c<> }\n',
      'c.cnn': 'import { a } from "./a.cnn"\nblock c { a<> }\n',
    });
    expect(messagesOf(found)).toEqual([
      'import-cycle: files can’t import each other in a circle: a.cnn → b.cnn → c.cnn → a.cnn',
    ]);
  });

  it.each([
    ['./missing.cnn', 'there is no such file'],
    ['../outside.cnn', 'it lies outside of the project’s root'],
    ['./text.txt', 'only files named `.cnn` can be imported'],
    ['/etc/passwd.cnn', 'an absolute path is not portable'],
    ['C:\\\\blocks.cnn', 'an absolute path is not portable'],
    ['https://example.org/a.cnn', 'nothing is fetched over a network'],
    ['file:///a.cnn', 'nothing is fetched over a network'],
    ['std/nothing', 'there is no such file'],
    ['std/../secret', 'there is no such file'],
  ])('of %s is refused with one message', (from, why) => {
    const { diagnostics } = compileFiles({
      'main.cnn': `import { x } from "${from}"\nmodel M { input 8x8x1; x<> }\n`,
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(['import-failed']);
    expect(diagnostics[0]?.message).toContain(why);
  });

  it('has bounds: the number of files, their depth, their size', () => {
    const chain = Object.fromEntries(
      Array.from({ length: 40 }, (_, place) => [
        `f${String(place)}.cnn`,
        place === 39
          ? 'block b39 { relu }\n'
          : `import { b${String(place + 1)} } from "./f${String(place + 1)}.cnn"\nblock b${String(place)} { b${String(place + 1)}<> }\n`,
      ]),
    );
    const codes = (limits: object): readonly string[] =>
      compileFiles(chain, limits).diagnostics.map(({ code }) => code);
    expect(codes({})).toEqual(['limit-exceeded']);
    expect(codes({ importDepth: 64 })).toEqual([]);
    expect(codes({ importDepth: 64, files: 20 })).toEqual(['limit-exceeded']);
    expect(codes({ importDepth: 64, totalBytes: 1000 })).toEqual(['limit-exceeded']);
  });

  it('shows a mistake in the file where it was made, with the way there', () => {
    const { diagnostics } = compileFiles({
      'main.cnn': 'import { unit } from "./unit.cnn"\nmodel M { input 8x8x1; unit<9> }\n',
      'unit.cnn': 'block unit<kernel> { conv 4 kernel }\n',
    });
    expect(
      diagnostics.map(({ code, span, trail }) => [
        code,
        span.source.name,
        trail.map((step) => `${step.text} ${step.span.source.name}`),
      ]),
    ).toEqual([['window-too-large', 'unit.cnn', ['unit<9> main.cnn']]]);
  });
});

describe('a declaration', () => {
  it('that is never used is warned of where it was imported or is a parameter', () => {
    expect(codesIn('import { se } from "std/blocks"\nmodel M { input 8x8x1 }')).toEqual(['unused-name']);
    expect(codesIn('block b<n> { relu }\nmodel M { input 8x8x1; b<3> }')).toEqual(['unused-name']);
    expect(codesIn('block b<_n> { relu }\nmodel M { input 8x8x1; b<3> }')).toEqual([]);
  });

  it('comes once', () => {
    expect(codesIn('block b { relu }\nblock b { tanh }\nmodel M { input 8x8x1; b<> }')).toEqual([
      'duplicate-name',
    ]);
    expect(
      codesIn('import { se } from "std/blocks"\nblock se { relu }\nmodel M { input 8x8x1; se<> }'),
    ).toEqual(['duplicate-name']);
    expect(codesIn('block b<n, n> { conv n 1x1 }\nmodel M { input 8x8x1; b<3> }')).toEqual([
      'duplicate-name',
    ]);
  });

  it('can’t lead back to itself', () => {
    expect(codesIn('block a { b<> }\nblock b { a<> }\nmodel M { input 8x8x1; a<> }')).toEqual(['recursion']);
    expect(codesIn('model M { input 8x8x1; M<> }')).toEqual(['recursion']);
    expect(codesIn('model M = N\nmodel N = M\n')).toEqual(['recursion']);
  });
});
