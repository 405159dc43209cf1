import { describe, expect, it } from 'vitest';
import type { ParamType } from '../../src/compiler/ops/params.js';
import { axis } from '../../src/compiler/ops/types/axis.js';
import { boolean } from '../../src/compiler/ops/types/boolean.js';
import { cells } from '../../src/compiler/ops/types/cells.js';
import { choice } from '../../src/compiler/ops/types/choice.js';
import { initializer } from '../../src/compiler/ops/types/initializer.js';
import { interval } from '../../src/compiler/ops/types/interval.js';
import { listOf } from '../../src/compiler/ops/types/list.js';
import { name } from '../../src/compiler/ops/types/name.js';
import { number } from '../../src/compiler/ops/types/number.js';
import { padding } from '../../src/compiler/ops/types/padding.js';
import { cellPair, step, window } from '../../src/compiler/ops/types/pair.js';
import { extent, sizes, sizesWithRest } from '../../src/compiler/ops/types/sizes.js';
import { oddNumber, wholeNumber } from '../../src/compiler/ops/types/whole-number.js';
import { openSize } from '../../src/compiler/values/formula.js';
import { exact, multiply, power } from '../../src/compiler/values/exact.js';
import { valueText } from '../../src/compiler/values/kinds.js';
import type { Value } from '../../src/compiler/values/value.js';
import { list, size, word } from './layer.js';

/** What a type takes, and what it makes of it; and what it does not take. */
interface TypeCase {
  readonly title: string;
  readonly type: ParamType<unknown>;
  readonly expected: string;
  readonly takes: readonly (readonly [written: Value, value: unknown, shortest: string])[];
  readonly refuses: readonly Value[];
}

const h = openSize('h');
const open: Value = { kind: 'open' };
const half = exact(1n, 2n);
const beyond = exact(2n ** 53n);
const huge = power(10, 400) ?? 0;
const always: readonly Value[] = ['text', { kind: 'block', text: 'se<16>', target: undefined }];

const cases: readonly TypeCase[] = [
  {
    title: 'a whole number',
    type: wholeNumber({ atLeast: 1 }),
    expected: 'a whole number of at least 1',
    takes: [
      [1, 1, '1'],
      [2 ** 31 - 1, 2 ** 31 - 1, '2147483647'],
    ],
    refuses: [0, -1, half, beyond, 2 ** 31, h, true, word('same'), size(3, 3), open],
  },
  {
    title: 'a whole number with two bounds',
    type: wholeNumber({ atLeast: 0, atMost: 7 }),
    expected: 'a whole number from 0 to 7',
    takes: [[7, 7, '7']],
    refuses: [8, -1],
  },
  {
    title: 'an odd number',
    type: oddNumber,
    expected: 'an odd whole number of at least 1',
    takes: [[5, 5, '5']],
    refuses: [0, 2, -3, half, h],
  },
  {
    title: 'a number',
    type: number({ atLeast: 0, below: 1 }),
    expected: 'a number of at least 0 and less than 1',
    takes: [
      [0, 0, '0'],
      [exact(2n, 5n), 0.4, '0.4'],
    ],
    refuses: [1, -1, exact(-1n, 3n), h, false, list(0)],
  },
  {
    title: 'a number above a bound',
    type: number({ above: 0 }),
    expected: 'a number above 0',
    takes: [[exact(1n, 1000n), 0.001, '0.001']],
    refuses: [0, huge],
  },
  {
    title: 'a number up to a bound',
    type: number({ atMost: 1 }),
    expected: 'a number of at most 1',
    takes: [[-5, -5, '-5']],
    refuses: [2],
  },
  { title: 'any number', type: number(), expected: 'a number', takes: [[-5, -5, '-5']], refuses: [huge, h] },
  {
    title: 'true or false',
    type: boolean,
    expected: '`true` or `false`',
    takes: [[true, true, 'true']],
    refuses: [1, word('true')],
  },
  {
    title: 'a word',
    type: choice(['max', 'avg', 'sum']),
    expected: '`max`, `avg` or `sum`',
    takes: [[word('avg'), 'avg', 'avg']],
    refuses: [word('constructor'), 1],
  },
  {
    title: 'a window',
    type: window,
    expected: 'a window such as `3` or `3x3`, of whole numbers of at least 1',
    takes: [
      [3, [3, 3], '3'],
      [size(1, 7), [1, 7], '[1, 7]'],
      [list(5, 5), [5, 5], '5'],
    ],
    refuses: [0, size(3, 0), size(3, 3, 3), list(3), list(), list(list(3, 3), 3), half, h, list(h, 3)],
  },
  {
    title: 'a step',
    type: step,
    expected: 'a whole number of at least 1, or two for rows and columns',
    takes: [[2, [2, 2], '2']],
    refuses: [0, list(1, 0)],
  },
  {
    title: 'a pair of counts',
    type: cellPair,
    expected: 'a whole number of at least 0, or two for rows and columns',
    takes: [[list(0, 1), [0, 1], '[0, 1]']],
    refuses: [-1],
  },
  {
    title: 'padding',
    type: padding,
    expected:
      '`same`, `valid`, or cells as a whole number of at least 0, `[rows, columns]` or `[top, bottom, left, right]`',
    takes: [
      [word('same'), { kind: 'same' }, 'same'],
      [word('valid'), { kind: 'valid' }, 'valid'],
      [1, { kind: 'explicit', top: 1, bottom: 1, left: 1, right: 1 }, '1'],
      [list(0, 3), { kind: 'explicit', top: 0, bottom: 0, left: 3, right: 3 }, '[0, 3]'],
      [list(0, 1, 2, 3), { kind: 'explicit', top: 0, bottom: 1, left: 2, right: 3 }, '[0, 1, 2, 3]'],
    ],
    refuses: [word('full'), -1, half, list(1, 2, 3), list(), list(1, 2, 3, 4, 5), h, true],
  },
  {
    title: 'cells',
    type: cells,
    expected: 'a whole number of at least 0, `[rows, columns]` or `[top, bottom, left, right]`',
    takes: [[list(1, 1, 1, 1), { top: 1, bottom: 1, left: 1, right: 1 }, '1']],
    refuses: [word('same'), -1],
  },
  {
    title: 'an initializer',
    type: initializer,
    expected:
      '`glorot_uniform`, `glorot_normal`, `he_uniform`, `he_normal`, `lecun_uniform`, `lecun_normal`, `zeros` or `ones`, a number, or `(mean, deviation)` of a normal distribution',
    takes: [
      [word('he_normal'), 'he_normal', 'he_normal'],
      [half, { kind: 'constant', value: 0.5 }, '0.5'],
      [list(0, half), { kind: 'normal', mean: 0, deviation: 0.5 }, '(0, 0.5)'],
    ],
    refuses: [
      word('he'),
      word('__proto__'),
      list(0),
      list(0, -1),
      list(0, 1, 2),
      list(0, word('ones')),
      huge,
      h,
    ],
  },
  {
    title: 'an axis',
    type: axis,
    expected: '`channels`, `height`, `width`, or the place of a dimension counted from 0',
    takes: [
      [word('width'), 'width', 'width'],
      [2, 2, '2'],
    ],
    refuses: [word('depth'), 8, -1, half],
  },
  {
    title: 'a range',
    type: interval,
    expected: 'a range of whole numbers such as `0..58`, from at least 0 and not empty',
    takes: [
      [{ kind: 'range', from: 0, to: 58 }, { from: 0, to: 58 }, '0..58'],
      [{ kind: 'range', from: 1, to: multiply(2, h) }, { from: 1, to: multiply(2, h) }, '1..h·2'],
    ],
    refuses: [
      3,
      { kind: 'range', from: 3, to: 3 },
      { kind: 'range', from: 3, to: 1 },
      { kind: 'range', from: -1, to: 1 },
      { kind: 'range', from: half, to: 1 },
      { kind: 'range', from: 0, to: multiply(half, h) },
    ],
  },
  {
    title: 'sizes',
    type: sizes,
    expected: 'a size such as `224x224x3`, of whole numbers of at least 1 or `?`',
    takes: [
      [size(open, 224, 3), ['open', 224, 3], '[?, 224, 3]'],
      [784, [784], '784'],
      [open, ['open'], '?'],
    ],
    refuses: [size(0, 3), list(), half, size(half, 2), word('same')],
  },
  {
    title: 'sizes of which one follows from the rest',
    type: sizesWithRest,
    expected: 'a size such as `7x7x512`, of whole numbers of at least 1, one of which may be `?`',
    takes: [[list(multiply(h, 2), open), [multiply(h, 2), 'open'], '[h·2, ?]']],
    refuses: [size(open, open)],
  },
  {
    title: 'a height and a width',
    type: extent,
    expected: 'a whole number of at least 1, or two for height and width',
    takes: [
      [7, [7, 7], '7'],
      [list(h, 14), [h, 14], '[h, 14]'],
    ],
    refuses: [0, list(1), list(1, 2, 3), half, list(multiply(half, h), 7), open],
  },
  {
    title: 'a list',
    type: listOf(number(), 'numbers'),
    expected: 'numbers',
    takes: [
      [list(1, half), [1, 0.5], '[1, 0.5]'],
      [1, [1], '[1]'],
    ],
    refuses: [list(), list(1, true), word('same')],
  },
  {
    title: 'a name',
    type: name,
    expected: 'a name',
    takes: [[word('depth'), 'depth', 'depth']],
    refuses: [3],
  },
];

describe.each(cases)('$title', ({ type, expected, takes, refuses }) => {
  it('says what it expects', () => {
    expect(type.expected).toBe(expected);
  });

  it.each(takes.map(([written, ...rest]) => [valueText(written), written, ...rest] as const))(
    'takes %s',
    (_text, written, value, shortest) => {
      expect(type.parse(written)).toEqual({ ok: true, value });
      expect(type.write(value)).toBe(shortest);
    },
  );

  it.each([...refuses, ...always].map((written) => [valueText(written), written] as const))(
    'refuses %s, and says what it expected',
    (_text, written) => {
      expect(type.parse(written)).toMatchObject({ ok: false, expected });
    },
  );
});

describe('a number that depends on open sizes', () => {
  it('is refused with the sizes that it waits for', () => {
    const parsed = window.parse(list(h, multiply(h, openSize('w'))));
    expect(parsed).toMatchObject({ ok: false, waitsFor: ['h', 'w'] });
  });

  it('is no reason where something else is wrong', () => {
    expect(window.parse(word('same'))).toEqual({ ok: false, expected: window.expected });
  });
});
