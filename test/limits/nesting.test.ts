import { describe, expect, it } from 'vitest';
import { codesIn, compileText } from '../compiler/net.js';

const model = 'model M {\n  input 8x8x1\n  conv x 1x1\n}\n';
const chain = (link: string, count: number): string => link.repeat(count);

/** A text for every depth, and how deep it may be for everyone. */
const nested: Readonly<Record<string, (depth: number) => string>> = {
  parentheses: (depth) => `let x = ${chain('(', depth)}1${chain(')', depth)}\n${model}`,
  lists: (depth) => `let x = len(${chain('[', depth)}1${chain(']', depth)})\n${model}`,
  functions: (depth) => `let x = ${chain('max(', depth)}1${chain(')', depth)}\n${model}`,
  signs: (depth) =>
    `let x = ${chain('-(', 2 * Math.floor(depth / 2))}1${chain(')', 2 * Math.floor(depth / 2))}\n${model}`,
  conditions: (depth) =>
    `let x = ${chain('(if 1 == 1 then ', depth / 2)}1${chain(' else 2)', depth / 2)}\n${model}`,
  braces: (depth) =>
    `let x = 1\nmodel M { input 8x8x1; conv x 1x1\n${chain('if 1 == 1 { ', depth)}relu${chain(' }', depth)} }\n`,
  joins: (depth) =>
    `let x = 1\nmodel M { input 8x8x1; conv x 1x1\n${chain('add { | ', depth)}relu${chain(' | identity }', depth)} }\n`,
};

describe.each(Object.entries(nested))('%s', (_, textOf) => {
  it('may stand in each other', () => {
    expect(codesIn(textOf(100))).toEqual([]);
  });

  it.each([256, 512, 2_000, 50_000])('have one message where they stand too deep: %i', (depth) => {
    const codes = codesIn(textOf(depth));
    expect([[], ['text-limit'], ['limit-exceeded']]).toContainEqual(codes);
    if (depth >= 512) expect(codes).toHaveLength(1);
  });
});

describe('a chain', () => {
  const limits = { tokens: 1_000_000, fileBytes: 16 << 20 };

  it.each([
    ['additions', `let x = 1${chain(' + 1', 100_000)} - 100_000\n${model}`],
    ['powers', `let x = 1${chain(' ^ 1', 20_000)}\n${model}`],
    ['conjunctions', `let x = if 1 == 1${chain(' and 1 == 1', 50_000)} then 1 else 2\n${model}`],
    ['signs', `let x = ${chain('- ', 50_000)}1\n${model}`],
    ['negations', `let x = if ${chain('not ', 50_000)}1 == 1 then 1 else 2\n${model}`],
    [
      '`else if` in expressions',
      `let x = if 1 == 2 then 1${chain(' else if 1 == 2 then 1', 100_000)} else 3\n${model}`,
    ],
    [
      '`else if` in statements',
      `model M {\n input 8x8x1\n if 1 == 2 { relu }${chain(' else if 1 == 2 { relu }', 100_000)} else { tanh }\n}\n`,
    ],
    ['layers', `model M {\n input 8x8x1\n dropout 10%${chain(' -> lrn', 40_000)}\n}\n`],
    ['members of a list', `let x = len([1${chain(', 1', 100_000)}]) - 100_000\n${model}`],
    [
      'constants',
      `let x0 = 1\n${numbered(100_000, (here, before) => `let x${here} = x${before}`)}let x = x99999\n${model}`,
    ],
    [
      'constants from behind',
      `${numbered(100_000, (here, before) => `let x${before} = x${here}`)}let x99999 = 1\nlet x = x0\n${model}`,
    ],
  ])('of 100,000 %s is walked without recursion', (_, text) => {
    expect(codesIn(text, { limits })).toEqual([]);
  });

  it('of functions that call each other ends at the depth of calls', () => {
    const text = (count: number): string =>
      `let f0(x) = x\n${numbered(count, (here, before) => `let f${here}(x) = f${before}(x)`)}let x = f${String(count - 1)}(1)\n${model}`;
    expect(codesIn(text(64))).toEqual([]);
    expect(codesIn(text(65))).toEqual(['limit-exceeded']);
    expect(codesIn(text(65), { limits: { callDepth: 128 } })).toEqual([]);
    expect(codesIn(text(1_000))).toEqual(['limit-exceeded']);
  });

  it('of blocks that call each other ends at the depth of calls', () => {
    const text = (count: number): string =>
      `block b0 { relu }\n${numbered(count, (here, before) => `block b${here} { b${before}<> }`)}model M { input 8x8x1; b${String(count - 1)}<> }\n`;
    expect(codesIn(text(64))).toEqual([]);
    expect(codesIn(text(65))).toEqual(['limit-exceeded']);
    expect(codesIn(text(128), { limits: { callDepth: 128 } })).toEqual([]);
    expect(codesIn(text(1_000))).toEqual(['limit-exceeded']);
  });
});

describe('depth of several kinds at once', () => {
  const blocks = (count: number, bodyOf: (call: string) => string, parameter = ''): string =>
    Array.from(
      { length: count },
      (_, place) =>
        `block b${String(place)}${parameter} { ${bodyOf(place === 0 ? 'relu' : `b${String(place - 1)}<${parameter === '' ? '' : 'x'}>`)} }\n`,
    ).join('');

  it.each([
    [
      'braces in blocks',
      `${blocks(60, (call) => `${chain('if 1 == 1 { ', 120)}${call}${chain(' }', 120)}`)}model M { input 8x8x1; b59<> }`,
    ],
    [
      'joins in blocks',
      `${blocks(60, (call) => `${chain('add { | ', 100)}${call}${chain(' | identity }', 100)}`)}model M { input 8x8x1; b59<> }`,
    ],
    [
      'loops in blocks',
      `${blocks(60, (call) => `${chain('repeat 1 { ', 100)}${call}${chain(' }', 100)}`)}model M { input 8x8x1; b59<> }`,
    ],
    [
      'parentheses in functions',
      `let f0(x) = x\n${numbered(60, (here, before) => `let f${here}(x) = ${chain('max(', 100)}f${before}(x)${chain(')', 100)}`)}let x = f59(1)\n${model}`,
    ],
    [
      'functions in blocks in joins',
      `let f(x) = ${chain('max(', 90)}x${chain(')', 90)}\n${blocks(60, (call) => `${chain('add { | ', 10)}${call.replace('<x>', `<${chain('max(', 40)}f(x)${chain(')', 40)}>`)}${chain(' | identity }', 10)}`, '<x>')}model M { input 8x8x1; b59<1> }`,
    ],
  ])('ends in a message before the stack does: %s', (_, text) => {
    const codes = compileText(text)
      .diagnostics.filter(({ severity }) => severity === 'error')
      .map(({ code }) => code);
    expect(codes).toEqual(['limit-exceeded']);
  });
});

function numbered(count: number, line: (here: string, before: string) => string): string {
  return Array.from({ length: count - 1 }, (_, place) => `${line(String(place + 1), String(place))}\n`).join(
    '',
  );
}
