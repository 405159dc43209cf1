import { multiply, product, type Exact } from '../values/exact.js';
import { isComplaint } from './complaint.js';
import { interpolations, interpolationWindow, interpolationWork } from './interpolation.js';
import { defineOp } from './op.js';
import { optional, required } from './params.js';
import { imageAt, imageOf, only } from './sizes.js';
import { choice } from './types/choice.js';
import type { Pair } from './types/pair.js';
import { extent } from './types/sizes.js';

/** An image of a given height and width. */
export const resize = defineOp({
  category: 'shape',
  doc: {
    summary:
      'Makes an image of the given height and width by interpolation, with half-pixel centres and no smoothing.',
    formula:
      'the value at row (i + 1/2) · height / new height - 1/2 and the like column: of the cell that this lies in (`nearest`), or between the four cells around it, edges repeated (`bilinear`)',
    keras: 'Resizing(height, width, interpolation)',
    pytorch: "interpolate(x, size, mode, align_corners=False); for nearest, mode='nearest-exact'",
    cost: 'nothing for `nearest`, seven operations an output value for `bilinear`: four products, three sums',
    source: 'TensorFlow 2, tf.image.resize; ONNX Resize, half_pixel',
    example: { line: 'resize 224x224', input: [256, 320, 3] },
  },
  params: {
    size: required(extent, 'the new height and width'),
    mode: optional(choice(interpolations), 'bilinear', 'how values are found'),
  },
  positional: ['size'],
  inferShape({ size }, inputs) {
    const image = imageOf('resize', only(inputs));
    return isComplaint(image) ? image : [...size, image.channels];
  },
  elementwise: ({ mode }, _inputs, output) => multiply(interpolationWork(mode), product(output)),
  window({ size: [newHeight, newWidth], mode }, inputs) {
    const { height, width } = imageAt(inputs);
    const from = closedPair(height, width);
    const to = closedPair(newHeight, newWidth);
    return from === undefined || to === undefined ? 'everything' : interpolationWindow(mode, from, to);
  },
});

function closedPair(rows: Exact, columns: Exact): Pair | undefined {
  return typeof rows === 'number' && typeof columns === 'number' ? [rows, columns] : undefined;
}
