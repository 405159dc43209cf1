import { exact } from '../../../src/compiler/values/exact.js';
import { list } from '../../ops/layer.js';
import { combine, single, type Case } from '../case.js';

const small = exact(1n, 100_000n);
const affine = { scale: [true, false], center: [true, false], eps: [undefined, small] };

/** Layers that shift and scale: with and without factor and offset, on images and on features. */
export const normalisationCases: readonly Case[] = [
  ...combine('bn', affine, [4, 3, 3]),
  ...combine('bn', { ...affine, momentum: [exact(9n, 10n)] }, [5]),
  { ...single('bn', {}, 3, 5, 2), offset: 3 },
  ...combine('layernorm', affine, [3, 2, 4]),
  single('layernorm', {}, 6),
  { ...single('layernorm', { eps: small }, 4, 3, 6), offset: 3 },
  ...combine('groupnorm', { groups: [1, 2, 4], scale: [true, false], center: [true, false] }, [3, 2, 4]),
  single('groupnorm', { groups: 2 }, 6),
  { ...single('groupnorm', { groups: 3, eps: small }, 4, 3, 6), offset: 3 },
  ...combine(
    'lrn',
    {
      size: [1, 3, 5, 9],
      alpha: [undefined, exact(1n, 2n)],
      beta: [undefined, exact(1n, 2n), 1],
      average: [false, true],
    },
    [3, 2, 6],
  ),
  single('lrn', { size: 5, k: 1, alpha: exact(1n, 10n) }, 4, 3, 1),
  single('lrn', { size: 3, alpha: exact(-1n, 100n), k: 1 }, 2, 2, 4),
  single('scale', { init: small }, 4, 3, 3),
  single('scale', {}, 5),
  single('normalize', { mean: list(1, exact(1n, 2n), 0), std: list(2, exact(1n, 4n), 3) }, 4, 3, 3),
  single('normalize', { mean: exact(1n, 2n), std: exact(1n, 4n) }, 5),
  single('normalize', { mean: 0, std: list(2, 4) }, 3, 2, 2),
];
