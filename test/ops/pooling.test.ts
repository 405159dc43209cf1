import { openSize } from '../../src/compiler/values/formula.js';
import { floorDivide, product } from '../../src/compiler/values/exact.js';
import { list, size, word } from './layer.js';
import { testLayers } from './layer-table.js';

const [h, w] = [openSize('h'), openSize('w')];
const [max, avg, same] = [word('max'), word('avg'), word('same')];

testLayers('pool', [
  {
    claim: 'moves by its window where no stride is written, and leaves a rest',
    layer: 'pool',
    given: { mode: max, kernel: size(2, 2) },
    inputs: [[7, 9, 16]],
    shape: [3, 4, 16],
    elementwise: 768,
  },
  {
    claim: 'rounds up with `ceil` (GoogLeNet, first pool)',
    layer: 'pool',
    given: { mode: max, kernel: size(3, 3), stride: 2, ceil: true },
    inputs: [[112, 112, 64]],
    shape: [56, 56, 64],
    elementwise: 1806336,
  },
  {
    claim: 'leaves out a last window that would begin in the padding behind, as PyTorch does',
    layer: 'pool',
    given: { mode: avg, kernel: size(2, 2), stride: 2, pad: 1, ceil: true },
    inputs: [[5, 4, 1]],
    shape: [3, 3, 1],
    elementwise: 36,
  },
  {
    claim: 'takes overlapping windows that fit in once',
    layer: 'pool',
    given: { mode: max, kernel: size(3, 3), stride: 2 },
    inputs: [[55, 55, 96]],
    shape: [27, 27, 96],
    elementwise: 629856,
  },
  {
    claim: 'keeps the size with `same` and stride 1',
    layer: 'pool',
    given: { mode: avg, kernel: size(3, 3), stride: 1, pad: same },
    inputs: [[h, w, 8]],
    shape: [h, w, 8],
    elementwise: product([72, h, w]),
  },
  {
    claim: 'takes a window of other height than width',
    layer: 'pool',
    given: { mode: avg, kernel: list(1, 4), stride: list(1, 2) },
    inputs: [[3, 8, 2]],
    shape: [3, 3, 2],
    elementwise: 72,
  },
  {
    claim: 'carries open sizes rounded down',
    layer: 'pool',
    given: { mode: max, kernel: size(2, 2) },
    inputs: [[h, w, 8]],
    shape: [floorDivide(h, 2), floorDivide(w, 2), 8],
    elementwise: product([32, floorDivide(h, 2), floorDivide(w, 2)]),
  },
]);

testLayers('global pools', [
  {
    claim: 'gap leaves one number a channel',
    layer: 'gap',
    inputs: [[7, 7, 512]],
    shape: [512],
    elementwise: 25088,
  },
  {
    claim: 'gmp leaves one number a channel',
    layer: 'gmp',
    inputs: [[7, 7, 512]],
    shape: [512],
    elementwise: 25088,
  },
  {
    claim: 'gap settles open sizes',
    layer: 'gap',
    inputs: [[h, w, 64]],
    shape: [64],
    elementwise: product([64, h, w]),
  },
]);
