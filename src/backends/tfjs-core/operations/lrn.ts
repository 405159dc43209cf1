import type { Tensor } from '@tensorflow/tfjs-core';
import { kernel } from '../kernel.js';
import type { Tape } from '../tape.js';

/** Local response normalisation in TensorFlow's terms: a radius, and an alpha that isn't divided. */
export interface Response {
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

/** Divides by a power of the sum of squares of the neighbouring channels. */
export function localResponse(x: Tensor, response: Response, tape?: Tape): Tensor {
  const attributes = { ...response };
  const y = kernel('LRN', { x }, attributes);
  const gradient = (dy: Tensor, input: Tensor, output: Tensor): Tensor =>
    kernel('LRNGrad', { x: input, y: output, dy }, attributes);
  tape?.record(y, [{ of: x, needs: [x, y], gradient }]);
  return y;
}
