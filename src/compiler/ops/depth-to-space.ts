import { multiply } from '../values/exact.js';
import { complain, isComplaint } from './complaint.js';
import { defineOp } from './op.js';
import { required } from './params.js';
import { channelsDoNotFillBlocks } from './problems/divisions.js';
import { imageOf, known, only } from './sizes.js';
import { wholeNumber } from './types/whole-number.js';

/** Channels laid out as pixels. */
export const depthToSpace = defineOp({
  category: 'shape',
  doc: {
    summary: 'Lays the channels of each pixel out as a block of `block` × `block` pixels.',
    formula: 'y[i · block + u, j · block + v, c] = x[i, j, (u · block + v) · (channels / block²) + c]',
    keras: 'none; tf.nn.depth_to_space(x, block)',
    pytorch: 'PixelShuffle(block), which reads the channels in another order: c · block² + u · block + v',
    cost: 'nothing',
    source: 'Shi et al. 2016, §2.2, in the order of TensorFlow and of ONNX DepthToSpace mode DCR',
    example: { line: 'depth_to_space 2', input: [64, 64, 12] },
  },
  params: { block: required(wholeNumber({ atLeast: 1, atMost: 1024 }), 'height and width of a block') },
  positional: ['block'],
  inferShape({ block }, inputs) {
    const image = imageOf('depth_to_space', only(inputs));
    if (isComplaint(image)) return image;
    const channels = known('depth_to_space', 'channels', image.channels);
    if (typeof channels !== 'number') return channels;
    if (channels % (block * block) !== 0)
      return complain(channelsDoNotFillBlocks, { block, channels }, { parameter: 'block' });
    return [multiply(image.height, block), multiply(image.width, block), channels / (block * block)];
  },
  window: ({ block }) => ({
    kernel: [1, 1],
    stride: [1, 1],
    dilation: [1, 1],
    padBefore: [0, 0],
    upsampling: [block, block],
  }),
});
