import type { OpKind } from '../../src/compiler/ops/registry.js';
import type { Layer } from './layer.js';
import { placeOf } from './shape.js';
import { makeTensor, readTensor, sizeAt, type Tensor } from './tensor.js';

/** The tensors side by side along one dimension. */
export const concat: Layer<'concat'> = ({ axis }, inputs) => {
  const [first] = inputs;
  if (first === undefined) throw new Error('nothing to lay side by side');
  const place = placeOf(axis, first);
  const total = inputs.reduce((sum, x) => sum + sizeAt(x, place), 0);
  return makeTensor(
    first.shape.map((size, at) => (at === place ? total : size)),
    (at) => {
      let left = at[place] ?? 0;
      for (const x of inputs) {
        if (left < sizeAt(x, place)) return readTensor(x, at.with(place, left));
        left -= sizeAt(x, place);
      }
      throw new Error('beyond the last tensor');
    },
  );
};

/** x1 + x2 + …. */
export const add = joined<'add'>((values) => values.reduce((sum, value) => sum + value));

/** x1 · x2 · …. */
export const mul = joined<'mul'>((values) => values.reduce((product, value) => product * value));

/** max(x1, x2, …). */
export const max = joined<'max'>((values) => Math.max(...values));

/** (x1 + x2 + … + xn) / n. */
export const average = joined<'average'>(
  (values) => values.reduce((sum, value) => sum + value) / values.length,
);

type Join = Extract<OpKind, 'add' | 'mul' | 'max' | 'average'>;

/** Features stand for an image of one pixel, and a size of 1 is repeated. */
function joined<K extends Join>(join: (values: readonly number[]) => number): Layer<K> {
  return (_args, inputs) => {
    const rank = Math.max(...inputs.map(({ shape }) => shape.length));
    const aligned = inputs.map((x) => alignedTo(x, rank));
    const shape = Array.from({ length: rank }, (_, axis) => Math.max(...aligned.map((x) => sizeAt(x, axis))));
    return makeTensor(shape, (place) =>
      join(
        aligned.map((x) =>
          readTensor(
            x,
            place.map((index, axis) => (sizeAt(x, axis) === 1 ? 0 : index)),
          ),
        ),
      ),
    );
  };
}

function alignedTo(x: Tensor, rank: number): Tensor {
  if (x.shape.length === rank) return x;
  const ones = Array<number>(rank - x.shape.length).fill(1);
  return { shape: [sizeAt(x, 0), ...ones, ...x.shape.slice(1)], values: x.values };
}
