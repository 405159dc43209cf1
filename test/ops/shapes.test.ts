import { openSize } from '../../src/compiler/values/formula.js';
import { add, exact, multiply, product, subtract } from '../../src/compiler/values/exact.js';
import type { Value } from '../../src/compiler/values/value.js';
import { list, size, word } from './layer.js';
import { testLayers } from './layer-table.js';

const [h, w] = [openSize('h'), openSize('w')];
const open: Value = { kind: 'open' };
const bilinear = word('bilinear');
const range = (from: number, to: number): Value => ({ kind: 'range', from, to });

testLayers('input', [
  {
    claim: 'has the sizes that are written',
    layer: 'input',
    given: { shape: size(224, 224, 3) },
    inputs: [],
    shape: [224, 224, 3],
  },
  { claim: 'takes features', layer: 'input', given: { shape: 784 }, inputs: [], shape: [784] },
  {
    claim: 'names open sizes of an image h, w and c',
    layer: 'input',
    given: { shape: size(open, open, 3) },
    inputs: [],
    shape: [h, w, 3],
  },
  {
    claim: 'names an open number of features n',
    layer: 'input',
    given: { shape: size(open) },
    inputs: [],
    shape: [openSize('n')],
  },
  {
    claim: 'numbers open sizes elsewhere',
    layer: 'input',
    given: { shape: size(open, open) },
    inputs: [],
    shape: [openSize('n0'), openSize('n1')],
  },
  {
    claim: 'puts its own name before those of its open sizes',
    layer: 'input',
    given: { shape: size(open, 32, 1), name: word('depth') },
    inputs: [],
    shape: [openSize('depth.h'), 32, 1],
  },
]);

testLayers('layers that lay values out anew', [
  { claim: 'flatten counts all values', layer: 'flatten', inputs: [[7, 7, 64]], shape: [3136] },
  {
    claim: 'flatten carries open sizes',
    layer: 'flatten',
    inputs: [[h, w, 64]],
    shape: [product([64, h, w])],
  },
  {
    claim: 'reshape takes written sizes',
    layer: 'reshape',
    given: { sizes: size(7, 7, 64) },
    inputs: [[3136]],
    shape: [7, 7, 64],
  },
  {
    claim: 'reshape finds one size',
    layer: 'reshape',
    given: { sizes: size(open, 64) },
    inputs: [[7, 7, 64]],
    shape: [49, 64],
  },
  {
    claim: 'reshape finds one open size',
    layer: 'reshape',
    given: { sizes: list(open, 64) },
    inputs: [[h, w, 64]],
    shape: [multiply(h, w), 64],
  },
  {
    claim: 'reshape takes open sizes that hold as many values',
    layer: 'reshape',
    given: { sizes: list(multiply(h, w), 64) },
    inputs: [[h, w, 64]],
    shape: [multiply(h, w), 64],
  },
  {
    claim: 'permute reorders',
    layer: 'permute',
    given: { order: list(2, 0, 1) },
    inputs: [[28, 14, 3]],
    shape: [3, 28, 14],
  },
  {
    claim: 'shuffle keeps the shape',
    layer: 'shuffle',
    given: { groups: 2 },
    inputs: [[28, 28, 116]],
    shape: [28, 28, 116],
  },
  {
    claim: 'depth_to_space makes pixels of channels',
    layer: 'depth_to_space',
    given: { block: 2 },
    inputs: [[8, h, 12]],
    shape: [16, multiply(2, h), 3],
  },
  {
    claim: 'space_to_depth makes channels of pixels',
    layer: 'space_to_depth',
    given: { block: 2 },
    inputs: [[8, 6, 3]],
    shape: [4, 3, 12],
  },
  {
    claim: 'space_to_depth takes an open size that surely divides',
    layer: 'space_to_depth',
    given: { block: 2 },
    inputs: [[multiply(2, h), 6, 3]],
    shape: [h, 3, 12],
  },
]);

testLayers('layers that change height and width', [
  {
    claim: 'pad adds at all sides',
    layer: 'pad',
    given: { cells: 3 },
    inputs: [[224, h, 3]],
    shape: [230, add(h, 6), 3],
  },
  {
    claim: 'pad adds rows and columns',
    layer: 'pad',
    given: { cells: list(1, 0) },
    inputs: [[8, 8, 3]],
    shape: [10, 8, 3],
  },
  {
    claim: 'pad adds at each side',
    layer: 'pad',
    given: { cells: list(0, 1, 2, 3) },
    inputs: [[8, 8, 3]],
    shape: [9, 13, 3],
  },
  {
    claim: 'crop takes away at each side',
    layer: 'crop',
    given: { cells: list(0, 1, 2, 3) },
    inputs: [[8, 8, 3]],
    shape: [7, 3, 3],
  },
  {
    claim: 'crop works on open sizes',
    layer: 'crop',
    given: { cells: 1 },
    inputs: [[h, w, 3]],
    shape: [subtract(h, 2), subtract(w, 2), 3],
  },
  {
    claim: 'upsample repeats',
    layer: 'upsample',
    given: { factor: 2 },
    inputs: [[7, h, 4]],
    shape: [14, multiply(2, h), 4],
  },
  {
    claim: 'upsample interpolates',
    layer: 'upsample',
    given: { factor: list(2, 3), mode: bilinear },
    inputs: [[2, 2, 1]],
    shape: [4, 6, 1],
    elementwise: 168,
  },
  {
    claim: 'resize reaches a size',
    layer: 'resize',
    given: { size: size(2, 3) },
    inputs: [[9, 9, 5]],
    shape: [2, 3, 5],
    elementwise: 210,
  },
  {
    claim: 'resize reaches an open size',
    layer: 'resize',
    given: { size: list(multiply(2, h), 7), mode: word('nearest') },
    inputs: [[h, w, 5]],
    shape: [multiply(2, h), 7, 5],
  },
  {
    claim: 'slice keeps channels',
    layer: 'slice',
    given: { axis: word('channels'), range: range(58, 116) },
    inputs: [[28, 28, 116]],
    shape: [28, 28, 58],
  },
  {
    claim: 'slice keeps rows',
    layer: 'slice',
    given: { axis: word('height'), range: range(0, 10) },
    inputs: [[h, 28, 3]],
    shape: [10, 28, 3],
  },
  {
    claim: 'slice keeps columns',
    layer: 'slice',
    given: { axis: word('width'), range: range(1, 28) },
    inputs: [[28, 28, 3]],
    shape: [28, 27, 3],
  },
  {
    claim: 'slice counts dimensions from 0',
    layer: 'slice',
    given: { axis: 0, range: range(0, 2) },
    inputs: [[4, 6]],
    shape: [2, 6],
  },
]);

testLayers('layers that change nothing in shape', [
  {
    claim: 'dropout costs nothing at inference',
    layer: 'dropout',
    given: { rate: exact(2n, 5n) },
    inputs: [[h, 4, 3]],
    shape: [h, 4, 3],
  },
  { claim: 'identity costs nothing', layer: 'identity', inputs: [[4, 4, 3]], shape: [4, 4, 3] },
]);
