import { multiply, product } from '../values/exact.js';
import { isComplaint } from './complaint.js';
import { interpolations, interpolationWindow, interpolationWork } from './interpolation.js';
import { defineOp } from './op.js';
import { optional, required } from './params.js';
import { imageOf, only } from './sizes.js';
import { choice } from './types/choice.js';
import { window } from './types/pair.js';

/** A larger image by a whole factor. */
export const upsample = defineOp({
  category: 'shape',
  doc: {
    summary:
      'Makes the image larger by a whole factor: each cell repeated (`nearest`), or values between cells (`bilinear`).',
    formula: 'nearest: y[i, j, c] = x[⌊i / rows⌋, ⌊j / columns⌋, c]; bilinear: as `resize`',
    keras: 'UpSampling2D(size, interpolation)',
    pytorch: 'Upsample(scale_factor, mode)',
    cost: 'nothing for `nearest`, seven operations an output value for `bilinear`: four products, three sums',
    source:
      'definition of the language; bilinear: half-pixel centres, as TensorFlow 2, PyTorch and ONNX have them',
    example: { line: 'upsample 2', input: [14, 14, 256] },
  },
  params: {
    factor: required(window, 'how many rows and columns each cell becomes'),
    mode: optional(choice(interpolations), 'nearest', 'how values are found'),
  },
  positional: ['factor'],
  inferShape({ factor: [rows, columns] }, inputs) {
    const image = imageOf('upsample', only(inputs));
    if (isComplaint(image)) return image;
    return [multiply(image.height, rows), multiply(image.width, columns), image.channels];
  },
  elementwise: ({ mode }, _inputs, output) => multiply(interpolationWork(mode), product(output)),
  window: ({ factor, mode }) => interpolationWindow(mode, [1, 1], factor),
});
