import { describe, expect, it } from 'vitest';
import { entryText } from '../../../src/runtime/weights/mapping/print-mapping.js';
import { matchByOrder, type Match } from '../../../src/runtime/weights/mapping/match.js';
import type { WeightArray } from '../../../src/runtime/weights/weights.js';
import { graphOf } from '../../compiler/net.js';
import { fileOf, zeros } from './weight-file.js';

const network = `model M {
  input 8x8x3
  conv 4 3x3 same bias=false -> bn -> relu
  dwconv 3x3 same
  conv 4 1x1
  flatten
  dense 5 relu
  dense 2
}`;

const entriesOf = ({ mapping }: Match): readonly string[] => mapping.entries.map(entryText);

const matched = (text: string, arrays: Readonly<Record<string, WeightArray>>, trustOrder = false): Match =>
  matchByOrder(graphOf(text), fileOf(arrays).weights, { trustOrder });

describe('matching', () => {
  it('turns what PyTorch names and lays its way', () => {
    const match = matched(network, {
      'features.0.weight': zeros(4, 3, 3, 3),
      'features.1.weight': zeros(4),
      'features.1.bias': zeros(4),
      'features.1.running_mean': zeros(4),
      'features.1.running_var': zeros(4),
      'features.1.num_batches_tracked': zeros(),
      'features.3.weight': zeros(4, 1, 3, 3),
      'features.3.bias': zeros(4),
      'features.4.weight': zeros(4, 4, 1, 1),
      'features.4.bias': zeros(4),
      'classifier.0.weight': zeros(5, 256),
      'classifier.0.bias': zeros(5),
      'classifier.2.weight': zeros(2, 5),
      'classifier.2.bias': zeros(2),
    });
    expect(match).toMatchObject({ ambiguous: [], surplus: [], missing: [] });
    expect(entriesOf(match)).toEqual([
      'features.0.weight -> conv1.kernel as OIHW->HWIO',
      'features.1.weight -> bn1.gamma',
      'features.1.bias -> bn1.beta',
      'features.1.running_mean -> bn1.moving_mean',
      'features.1.running_var -> bn1.moving_variance',
      'features.3.weight -> dwconv1.kernel as OIHW->HWIO, reshape 3x3x4x1',
      'features.3.bias -> dwconv1.bias',
      'features.4.weight -> conv2.kernel as OIHW->HWIO',
      'features.4.bias -> conv2.bias',
      'classifier.0.weight -> dense1.kernel as OI->IO, rows CHW->HWC 4x8x8',
      'classifier.0.bias -> dense1.bias',
      'classifier.2.weight -> dense2.kernel as OI->IO',
      'classifier.2.bias -> dense2.bias',
    ]);
    expect(match.mapping.ignored).toEqual(['features.1.num_batches_tracked']);
  });

  it('leaves what Keras names and lays as TensorFlow does', () => {
    const match = matched('model M { input 8x8x3; dwconv 3x3 bias=false; conv 4 1x1; bn; gap; dense 2 }', {
      'sep/depthwise_kernel:0': zeros(3, 3, 3, 1),
      'sep/pointwise_kernel:0': zeros(1, 1, 3, 4),
      'sep/bias:0': zeros(4),
      'bn/gamma:0': zeros(4),
      'bn/beta:0': zeros(4),
      'bn/moving_mean:0': zeros(4),
      'bn/moving_variance:0': zeros(4),
      'd/kernel:0': zeros(4, 2),
      'd/bias:0': zeros(2),
    });
    expect(match).toMatchObject({ ambiguous: [], surplus: [], missing: [] });
    expect(entriesOf(match).slice(0, 3)).toEqual([
      'sep/depthwise_kernel:0 -> dwconv1.kernel',
      'sep/pointwise_kernel:0 -> conv1.kernel',
      'sep/bias:0 -> conv1.bias',
    ]);
  });

  const two = 'model M { input 8x8x4; conv 4 3x3 bias=false; conv 4 3x3 bias=false }';

  it('counts as people do where names differ in their numbers', () => {
    const match = matched(two, { 'c10.kernel': zeros(3, 3, 4, 4), 'c9.kernel': zeros(3, 3, 4, 4) });
    expect(entriesOf(match)).toEqual(['c9.kernel -> conv1.kernel', 'c10.kernel -> conv2.kernel']);
  });

  it('takes the order of a file that isn’t alphabetical', () => {
    const match = matched(two, { 'stem.kernel': zeros(3, 3, 4, 4), 'head.kernel': zeros(3, 3, 4, 4) });
    expect(entriesOf(match)).toEqual(['stem.kernel -> conv1.kernel', 'head.kernel -> conv2.kernel']);
  });

  it('refuses layers of one shape whose order nothing tells, unless it is told to trust that of their names', () => {
    const arrays = { 'head.kernel': zeros(3, 3, 4, 4), 'stem.kernel': zeros(3, 3, 4, 4) };
    expect(matched(two, arrays)).toEqual({
      mapping: { entries: [], ignored: [] },
      ambiguous: [{ theirs: ['head', 'stem'], ours: ['conv1', 'conv2'] }],
      surplus: [],
      missing: [],
    });
    expect(entriesOf(matched(two, arrays, true))).toEqual([
      'head.kernel -> conv1.kernel',
      'stem.kernel -> conv2.kernel',
    ]);
  });

  it('names layers that are too many, too few, or of another shape', () => {
    const kernel = zeros(3, 3, 4, 4);
    expect(matched(two, { 'a1.kernel': kernel, 'a2.kernel': kernel, 'a3.kernel': kernel })).toMatchObject({
      surplus: ['a1', 'a2', 'a3'],
      missing: [],
    });
    expect(matched(two, { 'a1.kernel': kernel })).toMatchObject({ missing: ['conv1', 'conv2'] });
    expect(matched(two, { 'a1.kernel': kernel, 'a2.kernel': zeros(3, 3, 4, 5) })).toMatchObject({
      surplus: ['a2', 'a1'],
      missing: ['conv1', 'conv2'],
    });
  });

  it('takes a convolution of one pixel for a dense layer where nothing else fits', () => {
    const text = 'model M { input 4; dense 2 bias=false }';
    expect(entriesOf(matched(text, { 'se.weight': zeros(2, 4, 1, 1) }))).toEqual([
      'se.weight -> dense1.kernel as OIHW->HWIO, reshape 4x2',
    ]);
  });

  it('leaves constants of a graph aside, where anyone can see it', () => {
    const kernel = zeros(3, 3, 4, 4);
    const match = matched(two, { 'c1.kernel': kernel, 'c2.kernel': kernel, flatten1: zeros(2) });
    expect(match).toMatchObject({ surplus: [], missing: [], mapping: { ignored: ['flatten1'] } });
  });

  it('takes names that are the model’s as they are', () => {
    const match = matched(two, { 'conv2.kernel': zeros(3, 3, 4, 4), 'conv1.kernel': zeros(3, 3, 4, 4) });
    expect(entriesOf(match)).toEqual(['conv1.kernel -> conv1.kernel', 'conv2.kernel -> conv2.kernel']);
  });

  it('tells layers of one shape apart by how deep their names are nested, in the order of a file that is sorted too', () => {
    const text = `model M {
  input 8x8x4
  dense 4 -> unit<> -> unit<>
}

block unit<> {
  dense 4
}`;
    const arrays = {
      'blocks.0.fc.weight': zeros(4, 4),
      'blocks.0.fc.bias': zeros(4),
      'blocks.1.fc.weight': zeros(4, 4),
      'blocks.1.fc.bias': zeros(4),
      'stem.weight': zeros(4, 4),
      'stem.bias': zeros(4),
    };
    const match = matched(text, arrays);
    expect(match).toMatchObject({ ambiguous: [], surplus: [], missing: [] });
    expect(entriesOf(match).filter((line) => line.includes('kernel'))).toEqual([
      'stem.weight -> dense1.kernel as OI->IO',
      'blocks.0.fc.weight -> unit1.dense1.kernel as OI->IO',
      'blocks.1.fc.weight -> unit2.dense1.kernel as OI->IO',
    ]);
  });
});
