import type { Shape } from '../../../compiler/ops/op.js';
import { isOpen } from '../../../compiler/values/exact.js';
import { unsupported, type Unsupported } from '../../backend.js';
import { integer, type, type Attributes } from '../attributes.js';
import { written, type Call } from '../call.js';
import type { Tensor } from '../operation.js';

/** The sizes of a tensor, the batch among them, as a row of whole numbers that is computed when the model runs. */
export function shapeTensor(call: Call, x: Tensor): Tensor {
  return call.add('Shape', [x], { out_type: type('DT_INT32') });
}

/** The same values in the same order with other sizes, of which one may be open. */
export function reshaped(call: Call, x: Tensor, shape: Shape): Tensor | Unsupported {
  switch (shape.filter(isOpen).length) {
    case 0:
      return call.add('Reshape', [x, call.integers([-1, ...shape.map(written)])]);
    case 1: {
      const batch = stretch(call, shapeTensor(call, x), 0, 1);
      return call.add('Reshape', [x, besides(call, [batch, call.integers(shape.map(written))])]);
    }
    default:
      return unsupported('more than one of its sizes is open', giveSizes);
  }
}

/** The values of a tensor in the sizes of another one, which has as many. */
export function reshapedLike(call: Call, x: Tensor, like: Tensor): Tensor {
  return call.add('Reshape', [x, shapeTensor(call, like)]);
}

/** How a layer is mended that an open size decides. */
export const giveSizes = 'write the sizes in `input`, or give them with `--input`';

/** Some of a row of whole numbers. */
export function stretch(call: Call, row: Tensor, from: number, count: number): Tensor {
  const bounds = [call.integers([from]), call.integers([count])];
  return call.add('Slice', [row, ...bounds], { T: type('DT_INT32'), Index: type('DT_INT32') });
}

/** Computes with rows of whole numbers. */
export function calculate(call: Call, op: 'Mul' | 'AddV2', row: Tensor, numbers: readonly number[]): Tensor {
  return call.add(op, [row, call.integers(numbers)], { T: type('DT_INT32') });
}

/** Which places of each dimension are kept; an end of 0 is the end of the dimension. */
export interface Stretches {
  readonly begin: readonly number[];
  /** Counted from the end of the dimension, so at most 0. */
  readonly end: readonly number[];
  readonly stride: readonly number[];
}

/** Places of each dimension, some steps apart, whatever sizes are open. */
export function stridedSlice(call: Call, x: Tensor, { begin, end, stride }: Stretches): Tensor {
  const toTheEnd = end.reduce((mask, place, at) => (place === 0 ? mask + 2 ** at : mask), 0);
  const attributes: Attributes = {
    Index: type('DT_INT32'),
    begin_mask: integer(0),
    end_mask: integer(toTheEnd),
    ellipsis_mask: integer(0),
    new_axis_mask: integer(0),
    shrink_axis_mask: integer(0),
  };
  return call.add(
    'StridedSlice',
    [x, call.integers(begin), call.integers(end), call.integers(stride)],
    attributes,
  );
}

/** Every n-th row and column of images, from the given ones on. */
export function everyNth(
  call: Call,
  x: Tensor,
  [down, across]: readonly [number, number],
  [row, column]: readonly [number, number] = [0, 0],
): Tensor {
  const stretches = { begin: [0, row, column, 0], end: [0, 0, 0, 0], stride: [1, down, across, 1] };
  return stridedSlice(call, x, stretches);
}

function besides(call: Call, rows: readonly Tensor[]): Tensor {
  const attributes = { T: type('DT_INT32'), N: integer(rows.length) };
  return call.add('ConcatV2', [...rows, call.integers([0], [])], attributes);
}
