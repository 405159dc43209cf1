import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/diagnostics/source.js';
import { show } from './show.js';
import { expressionOf, markedIn, messagesOf } from './tree.js';

describe('what binds to what', () => {
  it.each([
    ['a + b - c', '(a + b - c)'],
    ['a + b * c', '(a + (b * c))'],
    ['a * b / c + d', '((a * b / c) + d)'],
    ['a or b and c', '(a or (b and c))'],
    ['not a == b and c', '((not (a == b)) and c)'],
    ['not not a', '(not not a)'],
    ['-a ^ 2', '(- (a ^ 2))'],
    ['2 ^ -a', '(2 ^ (- a))'],
    ['2 ^ -3 ^ 2', '(2 ^ (- (3 ^ 2)))'],
    ['a ^ b ^ c', '(a ^ b ^ c)'],
    ['- - a * b', '((- - a) * b)'],
    ['a -1', '(a - 1)'],
    ['a - -1', '(a - (- 1))'],
    ['(a + b) * c', '((a + b) * c)'],
    ['a < b', '(a < b)'],
    ['a + 1 <= b * 2', '((a + 1) <= (b * 2))'],
    ['a<=b', '(a <= b)'],
    ['a in [1, 2]', '(a in [1, 2])'],
    ['a not in [1, 2] or b', '((a not in [1, 2]) or b)'],
    ['not a in b', '(not (a in b))'],
    ['a in 0..3 and b', '((a in {0 to 3}) and b)'],
    ['in.channels / ratio', '(in.channels / ratio)'],
    ['in in in', '(in in in)'],
    ['if a then b else c', '{a ? b : c}'],
    ['if a then b else if c then d else e + 1', '{a ? b : c ? d : (e + 1)}'],
    ['if a then if b then c else d else e', '{a ? {b ? c : d} : e}'],
    ['if a > 1 then b else c', '{(a > 1) ? b : c}'],
    ['(if a then b else c) + 1', '({a ? b : c} + 1)'],
    ['floor(v / by + 0.5)', 'floor(((v / by) + 1/2))'],
    ['by * max(1, floor(v))', '(by * max(1, floor(v)))'],
    ['memory.training(batch=32, optimizer=adam)', 'memory.training(batch=32, optimizer=adam)'],
    ['xs[0][1].a(b)', 'xs[0][1].a(b)'],
    ['f()', 'f()'],
    ['f(a,)', 'f(a)'],
    ['[1, 2,]', '[1, 2]'],
    ['[]', '[]'],
    ['(64, 3)', '(64, 3)'],
    ['(64)', '64'],
    ['se<16>', 'se<16>'],
    ['se<>', 'se<>'],
    ['a < b', '(a < b)'],
    ['f<a, b = c + 1>', 'f<a, b=(c + 1)>'],
    ['f<a = g<1>>', 'f<a=g<1>>'],
    ['f<(a > b), wide = (a >= b)>', 'f<(a > b), wide=(a >= b)>'],
    ['f<if a > b then 1 else if a >= b then 2 else 3>', 'f<{(a > b) ? 1 : (a >= b) ? 2 : 3}>'],
    ['f<g(a > b)>', 'f<g((a > b))>'],
    ['f<[a > b]>', 'f<[(a > b)]>'],
    ['3x3', '3x3'],
    ['?x?x3', '?x?x3'],
    ['7x7/2', '{7x7 by 2}'],
    ['3x3/stride', '{3x3 by stride}'],
    ['3x3/(a + 1)', '{3x3 by (a + 1)}'],
    ['3x3/in.height', '{3x3 by in.height}'],
    ['[1, 7]/2', '{[1, 7] by 2}'],
    ['3x3 / 2', '(3x3 / 2)'],
    ['xs[0] / 2', '(xs[0] / 2)'],
    ['1/255', '(1 / 255)'],
    ['0..58', '{0 to 58}'],
    ['a..f(b)', '{a to f(b)}'],
    ['0..(n - 1)', '{0 to (n - 1)}'],
    ['(0..3)', '{0 to 3}'],
    ['x in (0..3)', '(x in {0 to 3})'],
    ['"a\\"b\\\\c\\n\\t"', '"a\\"b\\\\c\\n\\t"'],
    ['true and not false', '(true and (not false))'],
    ['not(a) and(b)', '((not a) and b)'],
    ['__proto__ + constructor', '(__proto__ + constructor)'],
    ['input + output', '(input + output)'],
  ])('reads `%s` as %s', (text, shown) => {
    expect(show(expressionOf(text))).toBe(shown);
  });

  it('goes on over line ends in brackets', () => {
    expect(show(expressionOf('f(a,\n  [b,\n c]\n)'))).toBe('f(a, [b, c])');
    expect(show(expressionOf('f<\n  a = 1,\n  b = if c > 2\n then 3 else 4\n>'))).toBe(
      'f<a=1, b={(c > 2) ? 3 : 4}>',
    );
  });

  it('goes on before `else`', () => {
    expect(show(expressionOf('if a then b\n  else if c then d\n  else e'))).toBe('{a ? b : c ? d : e}');
  });

  it('gives each node its own stretch of the text', () => {
    const sum = expressionOf('  (a + b) * f(c)[0]');
    if (sum.kind !== 'operation') throw new Error('no operation');
    expect(textOf(sum.span)).toBe('(a + b) * f(c)[0]');
    expect(textOf(sum.first.span)).toBe('(a + b)');
    const [rest] = sum.rest;
    expect(rest === undefined ? '' : textOf(rest.operatorSpan)).toBe('*');
    expect(rest === undefined ? '' : textOf(rest.operand.span)).toBe('f(c)[0]');
  });
});

describe('what stands in no expression', () => {
  it.each([
    ['1 < 2 < 3', 'compares what is a comparison already', '<'],
    ['a == not b', '`not` negates a comparison', 'not'],
    ['- not a', '`not` negates a comparison', 'not'],
    ['0..n - 1', 'a range stands beside an operator', '0..n'],
    ['-0..n', 'a range stands beside an operator', '0..n'],
    ['f<a == b>', '`==` stands bare between `<` and `>`', '=='],
    ['f<a in b>', '`in` stands bare between `<` and `>`', 'in'],
    ['[1,, 2]', 'expected a value, got `,`', ','],
    ['f(,)', 'expected a value or `)`, got `,`', ','],
    ['(1,)', 'expected a value, got `)`', ')'],
    ['()', 'expected a value, got `)`', ')'],
    ['a b', 'expected the end of the statement, got `b`', 'b'],
    ['a .b', '`.` has no meaning here', '.'],
    ['.5', '`.` has no meaning here', '.'],
    ['if a then b', 'expected `else`', ''],
    ['"a', 'a text begins here and doesn’t end in its line', '"'],
    ['"a\\qb"', '`\\q` stands for nothing in a text', '\\q'],
    ['a !', '`!` has no meaning here', '!'],
  ])('tells of `%s`: %s', (text, message, marked) => {
    const messages = messagesOf(`let v = ${text}`);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toContain(message);
    expect(markedIn(`let v = ${text}`)).toEqual([marked]);
  });

  it('bounds what would nest a tree without brackets', () => {
    expect(messagesOf(`let v = a${'.b'.repeat(17)}`)).toEqual([
      expect.stringContaining('too many members, indices and calls stand behind one value: limit 16'),
    ]);
    expect(messagesOf(`let v = a${'.b'.repeat(16)}`)).toEqual([]);
    expect(messagesOf(`let v = 2${' ^ -2'.repeat(40)}`)).toEqual([
      expect.stringContaining('signed powers stand too deep in each other: limit 16'),
    ]);
  });
});
