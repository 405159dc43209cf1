import { describe, expect, it } from 'vitest';
import { compile, type Compilation } from '../../src/compiler/compile.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { memoryLoader } from '../compiler/memory-loader.js';

const net =
  'model Net<depth, width = 4> {\n  input 32x32x3\n  conv width 3x3\n  repeat depth { pool max 2x2 }\n  assert params <= 200\n}\n';

const compiled = (text: string, options: Parameters<typeof compile>[1] = {}): Compilation =>
  compile(makeSource('a.cnn', text), { variants: true, ...options });

const messagesOf = ({ diagnostics }: Compilation): readonly string[] =>
  diagnostics.map(({ code, message }) => `${code}: ${message}`);

describe('variants', () => {
  it('are every combination of what a block lists', () => {
    const { variants, diagnostics } = compiled(`${net}variants Net { depth 1, 2; input 32x32x3 64x64x3 }\n`);
    expect(diagnostics).toEqual([]);
    expect(variants.map(({ variant, graph }) => [variant, graph?.nodes.at(-1)?.shape])).toEqual([
      ['Net<depth=1, input=32x32x3>', [15, 15, 4]],
      ['Net<depth=1, input=64x64x3>', [31, 31, 4]],
      ['Net<depth=2, input=32x32x3>', [7, 7, 4]],
      ['Net<depth=2, input=64x64x3>', [15, 15, 4]],
    ]);
  });

  it('are expanded only where they are asked for, and read in any case', () => {
    const wrong = `${net}model One = Net<depth = 1>\nvariants One { heigth 1 }\n`;
    const { variants, diagnostics } = compiled(wrong, { variants: false });
    expect(variants).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['unknown-parameter']);
  });

  it('stand beside the model as it is written, which is checked too', () => {
    const { models, variants } = compiled(`${net}model One = Net<depth = 1>\nvariants One { width 2, 3 }\n`);
    expect(models.map(({ name }) => name)).toEqual(['One']);
    expect(variants.map(({ variant }) => variant)).toEqual(['One<width=2>', 'One<width=3>']);
  });

  it('evaluate the assertions of the model, and the message names the first that fails and counts the others', () => {
    const found = compiled(`${net}variants Net { depth 1 2; width 4, 8 }\n`);
    expect(messagesOf(found)).toEqual([
      'assertion-failed: `params <= 200` does not hold: `params` is 224, 24 more than 200, in the variant `Net<depth=1, width=8>` and 1 more',
    ]);
    const passed = found.variants.map(({ assertions }) => assertions.every((assertion) => assertion.passed));
    expect(passed).toEqual([true, false, true, false]);
  });

  it('say nothing anew of what is wrong with the model as it is written', () => {
    const text = net.replace('depth,', 'depth = 9,');
    const alone = messagesOf(compiled(text));
    expect(alone).toHaveLength(1);
    expect(messagesOf(compiled(`${text}variants Net { depth 8, 9 }\n`))).toEqual(alone);
  });

  it('count what exists in training only under `mode training`', () => {
    const text =
      'model Two {\n  input 8x8x1\n  conv 1 3x3 as stem\n  from stem { gap -> dense 3 -> output aux training }\n' +
      '  gap\n  assert params == 10\n}\nvariants Two { mode inference, training }\n';
    const { variants } = compiled(text);
    expect(variants.map(({ assertions }) => assertions[0]?.actual)).toEqual([10, 16]);
  });

  it('take blocks as values, and names of the file', () => {
    const text =
      'let wide = 16\nmodel M<w = 2, act: block = relu> { input 8x8x1; conv w 3x3 -> act<> }\nvariants M { w wide (wide / 2); act tanh identity }\n';
    const { variants, diagnostics } = compiled(text);
    expect(diagnostics).toEqual([]);
    expect(variants.map(({ variant }) => variant)).toEqual([
      'M<w=16, act=tanh>',
      'M<w=16, act=identity>',
      'M<w=8, act=tanh>',
      'M<w=8, act=identity>',
    ]);
  });

  it('may be of a model that is imported, under the name that it has here', () => {
    const loader = memoryLoader(new Map([['b.cnn', net]]));
    const text = 'import { Net as Base } from "./b.cnn"\nvariants Base { depth 1 }\n';
    const { variants, diagnostics } = compiled(text, { loader });
    expect(diagnostics).toEqual([]);
    expect(variants.map(({ variant }) => variant)).toEqual(['Base<depth=1>']);
  });

  it('say that a parameter still lacks a value, and that a value is of the wrong kind', () => {
    expect(messagesOf(compiled(`${net}variants Net { width 2 }\n`))[0]).toContain('missing-argument: ');
    expect(messagesOf(compiled(`${net}variants Net { depth "x" }\n`)).length).toBeGreaterThan(0);
  });

  it('are no more than a thousand, and the message has the exact product', () => {
    const list = Array.from({ length: 40 }, (_, place) => String(place + 1)).join(' ');
    const { variants, diagnostics } = compiled(`${net}variants Net { depth ${list}; width ${list} }\n`);
    expect(variants).toEqual([]);
    expect(diagnostics.map(({ message }) => message)).toEqual(['too many variants: limit 1,000, got 1,600']);
    const huge = compiled(
      `model M<${'abcdefghij'
        .split('')
        .map((name) => `${name} = 1`)
        .join(', ')}> { input 8x8x1; relu }\n` +
        `variants M { ${'abcdefghij'
          .split('')
          .map((name) => `${name} ${list}`)
          .join('; ')} }\n`,
    );
    expect(huge.diagnostics.at(-1)?.message).toBe(
      'too many variants: limit 1,000, got 10,485,760,000,000,000',
    );
  });

  it.each([
    ['{ }', '`variants` lists parameters with their values, and this is nothing'],
    ['{ depth }', '`depth` lists values, and this is nothing'],
    ['{ depth { a } }', '`depth` lists values, and this is a list in braces'],
    ['{ depth few=1 }', '`depth` lists values, and this is a named argument'],
    ['{ depth 1; mode learning }', '`mode` lists `inference`, `training` or both, and this is `learning`'],
    ['{ depth 1; depth 2 }', '`depth` is set twice'],
  ])('refuses `variants Net %s`', (block, message) => {
    const { variants, diagnostics } = compiled(`${net}variants Net ${block}\n`);
    expect(diagnostics.map((found) => found.message)).toEqual([message]);
    expect(variants).toEqual([]);
  });
});
