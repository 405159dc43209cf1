import { activationNames } from '../../../src/compiler/ops/registry.js';
import { exact } from '../../../src/compiler/values/exact.js';
import { single, type Case } from '../case.js';

/** Functions of one value, and softmax: on images and features, around zero and on both sides of it. */
export const activationCases: readonly Case[] = [
  ...activationNames.flatMap((name) => [
    single(name, {}, 4, 3, 5),
    single(name, {}, 9),
    { ...single(name, {}, 5, 4), offset: 5 },
    { ...single(name, {}, 5, 4), offset: -5 },
  ]),
  single('leaky_relu', { alpha: exact(3n, 10n) }, 4, 3, 5),
  single('leaky_relu', { alpha: 0 }, 4, 3, 5),
  single('elu', { alpha: 2 }, 4, 3, 5),
  single('gelu', { approximate: true }, 4, 3, 5),
  { ...single('gelu', { approximate: true }, 7), offset: -3 },
];
