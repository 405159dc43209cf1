import { divide, isWhole, multiply, type Exact } from '../values/exact.js';
import { complain, isComplaint } from './complaint.js';
import { defineOp } from './op.js';
import { required } from './params.js';
import { imageDoesNotFillBlocks } from './problems/divisions.js';
import { imageOf, only, waiting } from './sizes.js';
import { wholeNumber } from './types/whole-number.js';

/** Blocks of pixels stacked into channels. */
export const spaceToDepth = defineOp({
  category: 'shape',
  doc: {
    summary: 'Stacks each block of `block` × `block` pixels into the channels of one pixel.',
    formula: 'y[i, j, (u · block + v) · channels + c] = x[i · block + u, j · block + v, c]',
    keras: 'none; tf.nn.space_to_depth(x, block)',
    pytorch: 'PixelUnshuffle(block), which writes the channels in another order: c · block² + u · block + v',
    cost: 'nothing',
    source: 'TensorFlow, tf.nn.space_to_depth; ONNX SpaceToDepth',
    example: { line: 'space_to_depth 2', input: [64, 64, 3] },
  },
  params: { block: required(wholeNumber({ atLeast: 1, atMost: 1024 }), 'height and width of a block') },
  positional: ['block'],
  inferShape({ block }, inputs) {
    const shape = only(inputs);
    const image = imageOf('space_to_depth', shape);
    if (isComplaint(image)) return image;
    const height = parts(image.height, block);
    const width = parts(image.width, block);
    if (height === 'uneven' || width === 'uneven') {
      return complain(imageDoesNotFillBlocks, { block, shape }, { parameter: 'block' });
    }
    if (height === 'undecided') return waiting('space_to_depth', 'rows', image.height);
    if (width === 'undecided') return waiting('space_to_depth', 'columns', image.width);
    return [height, width, multiply(image.channels, block * block)];
  },
  window: ({ block }) => ({
    kernel: [block, block],
    stride: [block, block],
    dilation: [1, 1],
    padBefore: [0, 0],
  }),
});

function parts(size: Exact, block: number): Exact | 'uneven' | 'undecided' {
  const quotient = divide(size, block);
  const whole = quotient === undefined ? false : isWhole(quotient);
  if (whole === undefined) return 'undecided';
  return quotient !== undefined && whole ? quotient : 'uneven';
}
