import { concat as concatenate, type Tensor } from '@tensorflow/tfjs-core';
import { alias, kernel } from '../kernel.js';
import type { Tape } from '../tape.js';
import { imagesOf, tfPadding, type Margins } from './geometry.js';

/** The same tensor under a handle of its own. */
export function same(x: Tensor, tape?: Tape): Tensor {
  const y = alias(x);
  tape?.record(y, [{ of: x, needs: [], gradient: (dy) => alias(dy) }]);
  return y;
}

/** The same values with other sizes. */
export function reshape(x: Tensor, sizes: readonly number[], tape?: Tape): Tensor {
  const { shape } = x;
  const y = kernel('Reshape', { x }, { shape: [...sizes] });
  tape?.record(y, [{ of: x, needs: [], gradient: (dy) => kernel('Reshape', { x: dy }, { shape }) }]);
  return y;
}

/** The dimensions in another order. */
export function transpose(x: Tensor, order: readonly number[], tape?: Tape): Tensor {
  const back = order.map((_, place) => order.indexOf(place));
  const y = kernel('Transpose', { x }, { perm: [...order] });
  tape?.record(y, [{ of: x, needs: [], gradient: (dy) => kernel('Transpose', { x: dy }, { perm: back }) }]);
  return y;
}

/** Images with cells of one value around them. */
export function pad(x: Tensor, margins: Margins, value = 0, tape?: Tape): Tensor {
  const { top, bottom, left, right } = margins;
  if (top + bottom + left + right === 0) return same(x, tape);
  const { shape } = x;
  const y = kernel('PadV2', { x }, { paddings: tfPadding(margins), constantValue: value });
  const gradient = (dy: Tensor): Tensor =>
    kernel('Slice', { x: dy }, { begin: [0, top, left, 0], size: shape });
  tape?.record(y, [{ of: x, needs: [], gradient }]);
  return y;
}

/** Images without the cells of the margins. */
export function crop(x: Tensor, margins: Margins, tape?: Tape): Tensor {
  const { top, bottom, left, right } = margins;
  const { batch, height, width, channels } = imagesOf(x);
  const size = [batch, height - top - bottom, width - left - right, channels];
  const y = kernel('Slice', { x }, { begin: [0, top, left, 0], size });
  const gradient = (dy: Tensor): Tensor =>
    kernel('PadV2', { x: dy }, { paddings: tfPadding(margins), constantValue: 0 });
  tape?.record(y, [{ of: x, needs: [], gradient }]);
  return y;
}

/** Some places of one dimension. */
export interface Stretch {
  readonly axis: number;
  readonly from: number;
  readonly count: number;
}

/** A stretch of one dimension. */
export function slice(x: Tensor, stretch: Stretch, tape?: Tape): Tensor {
  const { axis, from, count } = stretch;
  const { shape } = x;
  const y = cut(x, stretch);
  const gradient = (dy: Tensor): Tensor => {
    const paddings = shape.map((size, place) => (place === axis ? [from, size - from - count] : [0, 0]));
    return kernel('PadV2', { x: dy }, { paddings, constantValue: 0 });
  };
  tape?.record(y, [{ of: x, needs: [], gradient }]);
  return y;
}

/** Tensors side by side along one dimension. */
export function concat(parts: readonly Tensor[], axis: number, tape?: Tape): Tensor {
  const y = concatenate([...parts], axis);
  let from = 0;
  const sources = parts.map((part) => {
    const begin = from;
    const count = part.shape[axis] ?? 0;
    from += count;
    return { of: part, needs: [], gradient: (dy: Tensor) => cut(dy, { axis, from: begin, count }) };
  });
  tape?.record(y, sources);
  return y;
}

function cut(x: Tensor, { axis, from, count }: Stretch): Tensor {
  const begin = x.shape.map((_, place) => (place === axis ? from : 0));
  const size = x.shape.map((length, place) => (place === axis ? count : length));
  return kernel('Slice', { x }, { begin, size });
}
