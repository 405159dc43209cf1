import { list, word } from '../../ops/layer.js';
import { combine, single, type Case } from '../case.js';

const same = word('same');
const valid = word('valid');
const windows = {
  kernel: [2, 3, list(3, 2)],
  stride: [undefined, 1, 2, list(1, 2), 4],
  pad: [valid, same, 1, list(0, 1, 1, 0)],
  ceil: [false, true],
};

const max = combine('pool', { mode: [word('max')], ...windows }, [7, 6, 2]);
const avg = combine('pool', { mode: [word('avg')], ...windows, count_padding: [false, true] }, [7, 6, 2]);

/** Pools: every padding, strides, rounding, and counting; windows in which all is negative. */
export const poolingCases: readonly Case[] = [
  ...max,
  ...max.map((each) => ({ ...each, offset: -10 })),
  ...avg,
  single('pool', { mode: word('max'), kernel: 5, stride: 1, pad: same }, 2, 3, 2),
  single('pool', { mode: word('avg'), kernel: 5, stride: 1, pad: same }, 2, 3, 2),
  single('pool', { mode: word('avg'), kernel: 5, stride: 1, pad: same, count_padding: true }, 2, 3, 2),
  single('pool', { mode: word('max'), kernel: 1, stride: 2 }, 5, 4, 3),
  single('pool', { mode: word('avg'), kernel: 3, stride: 2, pad: list(2, 2), ceil: true }, 8, 9, 1),
  single('gap', {}, 5, 3, 4),
  single('gap', {}, 1, 1, 2),
  single('gmp', {}, 5, 3, 4),
  { ...single('gmp', {}, 3, 3, 2), offset: -10 },
];
