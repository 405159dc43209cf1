import { exact } from '../../../src/compiler/values/exact.js';
import { list, word } from '../../ops/layer.js';
import { combine, single, type Case } from '../case.js';

const same = word('same');
const valid = word('valid');
const uneven = list(0, 1, 2, 0);

const conv: readonly Case[] = [
  ...combine(
    'conv',
    {
      filters: [5],
      kernel: [1, 2, 3, list(1, 3)],
      stride: [1, 2, list(2, 1), 3],
      pad: [valid, same, 1, uneven],
    },
    [7, 6, 3],
  ),
  ...combine(
    'conv',
    {
      filters: [3],
      kernel: [2, 3, list(3, 1)],
      stride: [1, 2],
      dilation: [2, list(1, 2), 3],
      pad: [valid, same, 2, uneven],
    },
    [8, 7, 2],
  ),
  ...combine(
    'conv',
    {
      filters: [8],
      kernel: [1, 3],
      groups: [2, 4],
      stride: [1, 2],
      dilation: [1, 2],
      pad: [valid, same],
      bias: [true, false],
    },
    [6, 5, 4],
  ),
  // A kernel larger than the image, an image of one pixel, one channel, and a stride beyond the kernel.
  single('conv', { filters: 3, kernel: 5, pad: same }, 2, 3, 2),
  single('conv', { filters: 3, kernel: 3, stride: 2, pad: same }, 1, 1, 4),
  single('conv', { filters: 1, kernel: 4, pad: same, bias: false }, 5, 9, 1),
  single('conv', { filters: 2, kernel: 2, stride: 4, pad: same }, 9, 10, 2),
  single('conv', { filters: 2, kernel: 3, dilation: 4, pad: same }, 5, 6, 2),
  single('conv', { filters: 2, kernel: 2, pad: 3 }, 2, 2, 2),
  single('conv', { filters: 2, kernel: 2, l1: exact(1n, 8n), l2: exact(1n, 4n) }, 4, 4, 2),
];

const dwconv: readonly Case[] = [
  ...combine(
    'dwconv',
    {
      kernel: [2, 3, list(3, 1)],
      stride: [1, 2, list(1, 2)],
      pad: [valid, same, 1, uneven],
      multiplier: [1, 2],
    },
    [7, 6, 3],
  ),
  ...combine(
    'dwconv',
    { kernel: [2, 3], stride: [1, 2], dilation: [2, list(2, 1)], pad: [valid, same, 2], multiplier: [1, 3] },
    [8, 7, 2],
  ),
  single('dwconv', { kernel: 1, bias: false }, 4, 3, 5),
  single('dwconv', { kernel: 5, pad: same }, 3, 2, 2),
  single('dwconv', { kernel: 3, pad: same, multiplier: 4 }, 5, 5, 1),
];

const deconv: readonly Case[] = [
  ...combine(
    'deconv',
    { filters: [3], kernel: [1, 2, 3, 4], stride: [1, 2, 3], pad: [valid, same] },
    [4, 3, 2],
  ),
  ...combine(
    'deconv',
    {
      filters: [3],
      kernel: [3, 4, list(3, 5)],
      stride: [1, 2, list(2, 1)],
      pad: [0, 1, list(0, 1, 2, 0), 2],
    },
    [5, 4, 2],
  ),
  ...combine(
    'deconv',
    { filters: [2], kernel: [2, 3], stride: [2, 3], pad: [0, 1], output_pad: [1, list(0, 1)] },
    [3, 4, 2],
  ),
  single('deconv', { filters: 1, kernel: 2, stride: 2, bias: false }, 1, 1, 3),
  // Cells are cut that no kernel but the first and last reach.
  single('deconv', { filters: 2, kernel: 2, stride: 2, pad: 3 }, 5, 5, 1),
];

const dense: readonly Case[] = [
  single('dense', { units: 4 }, 7),
  single('dense', { units: 1, bias: false }, 3),
  single('dense', { units: 3 }, 2, 3, 5),
  single('dense', { units: 3 }, 4, 6),
  single('dense', { units: 3, l1: exact(1n, 8n) }, 5),
];

/** Layers with kernels: every padding, strides, dilations, groups, odd and even sizes. */
export const convolutionCases: readonly Case[] = [...conv, ...dwconv, ...deconv, ...dense];
