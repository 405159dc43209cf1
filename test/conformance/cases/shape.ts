import { exact } from '../../../src/compiler/values/exact.js';
import type { Value } from '../../../src/compiler/values/value.js';
import { list, size, word } from '../../ops/layer.js';
import { combine, single, type Case } from '../case.js';

const range = (from: number, to: number): Value => ({ kind: 'range', from, to });
const open: Value = { kind: 'open' };

/** Layers that move values, or find values between them. */
export const shapeCases: readonly Case[] = [
  single('identity', {}, 4, 3, 2),
  single('flatten', {}, 4, 3, 2),
  single('flatten', {}, 6),
  single('reshape', { sizes: size(2, 3, 4) }, 24),
  single('reshape', { sizes: size(open, 6) }, 4, 3, 2),
  ...[list(2, 0, 1), list(1, 0, 2), list(0, 2, 1), list(0, 1, 2), list(2, 1, 0)].map((order) =>
    single('permute', { order }, 4, 3, 2),
  ),
  single('permute', { order: list(1, 0) }, 4, 3),
  single('permute', { order: list(0) }, 4),
  ...combine(
    'pad',
    { cells: [1, list(2, 0), list(1, 0, 2, 3)], value: [undefined, exact(-5n, 2n)] },
    [3, 4, 2],
  ),
  ...combine('crop', { cells: [1, list(2, 0), list(1, 0, 2, 1)] }, [5, 6, 2]),
  ...combine(
    'upsample',
    { factor: [1, 2, 3, list(1, 2), list(3, 2)], mode: [word('nearest'), word('bilinear')] },
    [3, 4, 2],
  ),
  single('upsample', { factor: 2, mode: word('bilinear') }, 1, 1, 2),
  ...combine(
    'resize',
    { size: [1, 2, 3, 5, 7, 10, list(9, 2), list(4, 6)], mode: [word('nearest'), word('bilinear')] },
    [5, 6, 2],
  ),
  ...combine(
    'slice',
    { axis: [word('channels'), word('height'), word('width'), 0, 1, 2], range: [range(0, 2), range(1, 3)] },
    [3, 4, 5],
  ),
  single('slice', { axis: word('channels'), range: range(2, 6) }, 7),
  single('slice', { axis: 0, range: range(1, 2) }, 4, 3),
  ...combine('shuffle', { groups: [1, 2, 3, 6] }, [3, 2, 6]),
  single('shuffle', { groups: 3 }, 6),
  ...combine('depth_to_space', { block: [1, 2, 3] }, [2, 3, 36]),
  ...combine('space_to_depth', { block: [1, 2, 3] }, [6, 12, 2]),
  single('dropout', { rate: exact(2n, 5n) }, 4, 3, 2),
  single('dropout', { rate: 0 }, 7),
];
