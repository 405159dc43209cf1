import { describe, expect, it } from 'vitest';
import { codesIn, compileText } from '../compiler/net.js';

const messagesOf = (text: string, limits = {}): readonly string[] =>
  compileText(text, { limits }).diagnostics.map(({ message }) => message);

const numbered = (count: number, line: (here: string, before: string) => string): string =>
  Array.from({ length: count - 1 }, (_, place) => `${line(String(place + 1), String(place))}\n`).join('');

describe('the layers that a text expands to', () => {
  it('are counted from the bounds of the loops, before anything is unrolled', () => {
    expect(
      messagesOf('model M {\n  input 8x8x1\n  repeat 1000 { repeat 1000 { repeat 1000 { relu } } }\n}\n'),
    ).toEqual(['too many layers: limit 50,000, got 1,000,000,000']);
    expect(messagesOf('model M {\n  input 8x8x1\n  repeat 10 ^ 30 { relu }\n}\n')).toEqual([
      'too many layers: limit 50,000, got 1,000,000,000,000,000,000,000,000,000,000',
    ]);
    expect(
      messagesOf(
        'model M {\n  input 8x8x1\n  let n = 2 ^ 20\n  for i in range(1_000_000) { repeat n { relu -> relu } }\n}\n',
      ),
    ).toEqual(['too many layers: limit 50,000, got 2,097,152,000,000']);
    expect(messagesOf('model M {\n  input 8x8x1\n  for i in 0..(2 ^ 60) { relu }\n}\n')).toEqual([
      'too many layers: limit 50,000, got 1,152,921,504,606,846,976',
    ]);
  });

  it('end at the limit where only expanding tells their number', () => {
    const text = (rounds: number): string =>
      `block unit { bn -> relu }\nmodel M {\n  input 8x8x1\n  repeat ${String(rounds)} { unit<> }\n}\n`;
    expect(codesIn(text(499), { limits: { layers: 1_000 } })).toEqual([]);
    expect(messagesOf(text(500), { layers: 1_000 })).toEqual([
      'too many layers: limit 1,000, got more than 1,000',
    ]);
  });

  it('may be none for any number of calls and rounds, and still come to an end', () => {
    const calls = `block b0 { }\n${numbered(64, (here, before) => `block b${here} { b${before}<>\n b${before}<> }`)}model M { input 8x8x1; b63<> }\n`;
    expect(codesIn(calls)).toEqual(['limit-exceeded']);
    expect(codesIn('model M {\n  input 8x8x1\n  repeat 10 ^ 12 { let n = 1 }\n}\n')).toEqual([
      'limit-exceeded',
    ]);
    expect(
      codesIn('model M {\n  input 8x8x1\n  repeat 1000 { repeat 1000 { repeat 1000 { } } }\n}\n'),
    ).toEqual(['limit-exceeded']);
    expect(codesIn('block o<a: block> { a<a> }\nmodel M { input 8x8x1; o<o> }\n')).toEqual([
      'limit-exceeded',
    ]);
  });
});

describe('what a text computes', () => {
  const model = 'model M {\n  input 8x8x1\n  conv x 1x1\n}\n';

  it.each([
    [
      '2 ^ 60 calls of functions',
      `let f0(x) = x\n${numbered(60, (here, before) => `let f${here}(x) = f${before}(x) + f${before}(x)`)}let x = f59(1)\n${model}`,
    ],
    [
      '2 ^ 60 items of lists',
      `let a0 = [1, 1]\n${numbered(60, (here, before) => `let a${here} = [a${before}, a${before}]`)}let x = if a59 == a59 then 1 else 2\n${model}`,
    ],
    [
      'a long list in each of many rounds',
      `let x = 1\nmodel M {\n  input 8x8x1\n  conv x 1x1\n  repeat 49_999 { let n = len(range(1_000_000)) }\n}\n`,
    ],
  ])('comes to an end, in one message: %s', (_, text) => {
    expect(codesIn(text)).toEqual(['limit-exceeded']);
  });

  it('has numbers of bounded length', () => {
    expect(
      codesIn(
        `let a0 = 3\n${numbered(60, (here, before) => `let a${here} = a${before} * a${before}`)}let x = a59\n${model}`,
      ),
    ).toEqual(['too-large']);
    expect(codesIn(`let x = 10 ^ 10 ^ 10\n${model}`)).toEqual(['too-large']);
  });
});

describe('a limit', () => {
  it('counts tokens and bytes of a file', () => {
    const text = `model M {\n  input 8x8x1${' -> relu'.repeat(100)}\n}\n`;
    expect(codesIn(text, { limits: { tokens: 100 } })).toEqual(['text-limit']);
    expect(codesIn(text, { limits: { fileBytes: 100 } })).toEqual(['text-limit']);
    expect(messagesOf('// ä宽🎉', { fileBytes: 11 })).toEqual(['test.cnn is too large: limit 11, got 12']);
    expect(messagesOf('// ä宽🎉', { fileBytes: 12 })).toEqual([]);
  });
});
