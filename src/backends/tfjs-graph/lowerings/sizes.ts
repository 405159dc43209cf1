import type { Shape } from '../../../compiler/ops/op.js';
import { isOpen, toNumber, type Exact } from '../../../compiler/values/exact.js';
import { compute, type Steps } from '../../../compiler/values/steps.js';
import { integer, type, type Attributes } from '../attributes.js';
import { written, type Call } from '../call.js';
import type { Tensor } from '../operation.js';

/** The sizes of a tensor, the batch among them, as a row of whole numbers that is computed when the model runs. */
export function shapeTensor(call: Call, x: Tensor): Tensor {
  return call.add('Shape', [x], { out_type: type('DT_INT32') });
}

/** The same values in the same order with other sizes, of which any may be open. */
export function reshaped(call: Call, x: Tensor, shape: Shape): Tensor {
  switch (shape.filter(isOpen).length) {
    case 0:
      return call.add('Reshape', [x, call.integers([-1, ...shape.map(written)])]);
    case 1: {
      const batch = stretch(call, shapeTensor(call, x), 0, 1);
      return call.add('Reshape', [x, besides(call, [batch, call.integers(shape.map(written))])]);
    }
    default:
      return call.add('Reshape', [x, sizesRow(call, [-1, ...shape])]);
  }
}

/** Sizes as a row of whole numbers, of which those that are open are computed from the sizes of the inputs. */
export function sizesRow(call: Call, sizes: readonly Exact[]): Tensor {
  if (!sizes.some(isOpen)) return call.integers(sizes.map(toNumber));
  const steps = stepsOf(call);
  const rows = sizes.map((size) => (isOpen(size) ? compute(size, steps) : call.integers([toNumber(size)])));
  const [only, ...others] = rows;
  return only !== undefined && others.length === 0 ? only : besides(call, rows);
}

/** Each number is a row of one. */
function stepsOf(call: Call): Steps<Tensor> {
  const step =
    (op: string) =>
    (a: Tensor, b: Tensor): Tensor =>
      call.add(op, [a, b], { T: type('DT_INT32') });
  return {
    number: (value) => call.integers([value]),
    size(name) {
      const { input, place } = call.sourceOf(name);
      return stretch(call, shapeTensor(call, input), place + 1, 1);
    },
    add: step('AddV2'),
    multiply: step('Mul'),
    floorDivide: step('FloorDiv'),
    maximum: step('Maximum'),
    minimum: step('Minimum'),
  };
}

/** The values of a tensor in the sizes of another one, which has as many. */
export function reshapedLike(call: Call, x: Tensor, like: Tensor): Tensor {
  return call.add('Reshape', [x, shapeTensor(call, like)]);
}

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
