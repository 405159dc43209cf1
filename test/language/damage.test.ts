import { describe, expect, it } from 'vitest';
import { compile, type Compilation } from '../../src/compiler/compile.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { syntaxProblems } from '../../src/parser/problems.js';
import { memoryLoader } from '../compiler/memory-loader.js';
import { examples, library } from '../examples/files.js';

const compiled = (text: string, files: Readonly<Record<string, string>> = {}): Compilation =>
  compile(makeSource('a.cnn', text), { loader: memoryLoader(new Map(Object.entries(files))) });

const messagesOf = (text: string, files?: Readonly<Record<string, string>>): readonly string[] =>
  compiled(text, files).diagnostics.map(({ code, message }) => `${code}: ${message}`);

const right = 'model Right { input 8x8x3; conv 4 3x3 }\n';
const wrong = 'model Wrong { input 8x8x3; convv 4 3x3; conv 4 9x9 }\n';
const unread = 'model Broken {\n  input 8x8x3\n  conv 4 * 2 3x3\n}\n';
const ofUnread = 'loose-operator: `*` can’t stand between the arguments of a layer';
const ofWrong = 'unknown-layer: there is no layer `convv`';

describe('a file in which some text can’t be read', () => {
  it('has its other models checked, and expanded', () => {
    const { models } = compiled(`${unread}${right}`);
    expect(models.map(({ name, graph }) => [name, graph !== undefined])).toEqual([['Right', true]]);
    expect(messagesOf(`${wrong}${unread}`)).toEqual([ofWrong, ofUnread]);
    expect(messagesOf(`${unread}${wrong}`)).toEqual([ofUnread, ofWrong]);
  });

  it('has shapes checked too', () => {
    const [first, second] = messagesOf(`${unread}model Deep { input 8x8x3; conv 4 9x9 }\n`);
    expect([first, second?.split(':')[0]]).toEqual([ofUnread, 'window-too-large']);
  });

  it.each([
    [
      'a use of a block',
      'block unit<n> { conv n * 2 3x3 }\nmodel M { input 8x8x3; unit<4>; conv 4 9x9 }\n',
      1,
    ],
    [
      'an argument of its name',
      'block unit { conv ) }\nblock b<u: block> { u<> }\nmodel M { input 8x8x3; b<unit<>> }\n',
      1,
    ],
    [
      'an instance',
      'model Net<n> { input 8x8x3; conv n * 2 3x3 }\nmodel Two = Net<n = 2>\ntrain Two { batch 3 }\n',
      1,
    ],
    [
      'what a lost `}` swallows',
      'block a {\n  conv 4 3x3\nlet n = 3\nmodel M { input 8x8x3; conv n 3x3 }\n',
      1,
    ],
    [
      'what a `}` too many leaves outside',
      'model M { input 8x8x3; conv 4 3x3 }\n  dense 3\n  assert params == 1\n}\n',
      1,
    ],
    [
      'the pattern of a lost instance',
      'model Net<n> { input 8x8x3; conv n 3x3 }\nmodel Two = Net<n = >\n',
      1,
    ],
    ['an import that is used in lost text', 'import { se } from "std/blocks"\nblock b { se<16 -> ) }\n', 1],
    [
      'names of a lost import',
      'import { se residual } from "std/blocks"\nmodel M { input 8x8x3; residual<4> }\n',
      1,
    ],
    ['a block without a name', 'block <n> { conv n 3x3 }\nmodel M { input 8x8x3; unit<4> }\n', 1],
    ['a comment without an end', 'model M { input 8x8x3; unit<4> }\n/* block unit<n> { conv n 3x3 }\n', 1],
    [
      'a layer’s name of its own',
      'block relu { conv ) }\nmodel M { input 8x8x3; conv 3 3x3 -> relu<>; lrn 9 9 9 9 9 }\n',
      1,
    ],
  ])('has no message that follows from it: %s', (_, text, count) => {
    const syntax = new Set(syntaxProblems.map(({ code }) => code));
    const { diagnostics } = compiled(text);
    expect(diagnostics.filter(({ code }) => !syntax.has(code))).toEqual([]);
    expect(diagnostics).toHaveLength(count);
  });

  it('says nothing of a model that is asked for by name and can’t be read', () => {
    const found = compile(makeSource('a.cnn', `${unread}${right}`), { models: ['Broken'] });
    expect(found.diagnostics.map(({ code }) => code)).toEqual(['loose-operator']);
  });

  it('does so for those that import it, too', () => {
    const files = { 'b.cnn': 'block lost { conv ) }\nblock kept { conv 4 3x3 }\n' };
    const using = 'import { lost, kept } from "./b.cnn"\nmodel M { input 8x8x3; lost<>; kept<> }\n';
    expect(messagesOf(`${using}${wrong}`, files).map((text) => text.split(':')[0])).toEqual([
      'syntax',
      'unknown-layer',
    ]);
  });
});

describe('a file that can’t be imported', () => {
  it('has one message, and the rest is checked', () => {
    const using = 'import { lost } from "./b.cnn"\nmodel M { input 8x8x3; lost<>; conv 3 9x9 }\n';
    expect(messagesOf(`${using}${wrong}`).map((text) => text.split(':')[0])).toEqual([
      'import-failed',
      'unknown-layer',
    ]);
  });
});

describe('one piece too many or too few in a program that is right', () => {
  const syntax = new Set(syntaxProblems.map(({ code }) => code));

  it.each([
    ['', 37],
    ['}', 211],
    ['{', 223],
    ['<', 227],
    ['(', 229],
    ['/*', 233],
    ['£', 239],
  ])('never has messages of another kind beside those about the text: %j', (piece, step) => {
    const followers: string[] = [];
    for (const { path, text } of [...examples, ...library]) {
      const tokens = [...text.matchAll(/\w+|->|[^\s\w]|\n/g)];
      for (let at = step % 7; at < tokens.length; at += step) {
        const token = tokens[at];
        if (token === undefined) continue;
        const rest = text.slice(token.index + (piece === '' ? token[0].length : 0));
        const { diagnostics } = compiled(`${text.slice(0, token.index)}${piece}${rest}`);
        const others = diagnostics.filter(({ code }) => !syntax.has(code));
        if (others.length < diagnostics.length)
          followers.push(
            ...others.map(
              ({ code }) => `${code} in ${path}, ${JSON.stringify(token[0])} at ${String(token.index)}`,
            ),
          );
      }
    }
    expect(followers).toEqual([]);
  });
});
