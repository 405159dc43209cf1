import type { WeightArray } from '../weights.js';
import type { Transformation } from './mapping.js';

/** An array after transformations, or why one of them doesn't fit it. */
export function transform(array: WeightArray, steps: readonly Transformation[]): WeightArray | string {
  let result = array;
  for (const step of steps) {
    const next = apply(result, step);
    if (typeof next === 'string') return next;
    result = next;
  }
  return result;
}

function apply({ shape, values }: WeightArray, step: Transformation): WeightArray | string {
  switch (step.kind) {
    case 'permute': {
      if (shape.length !== step.from.length)
        return `has ${String(shape.length)} sizes, but \`${step.from}\` names ${String(step.from.length)}`;
      return permute({ shape, values }, orderOf(step));
    }
    case 'rows': {
      const [rows = 0, ...columns] = shape;
      if (rows !== productOf(step.sizes))
        return `has ${String(rows)} rows, but ${step.sizes.join('x')} are ${String(productOf(step.sizes))}`;
      const order = [...orderOf(step), ...columns.map((_, place) => step.sizes.length + place)];
      const ordered = permute({ shape: [...step.sizes, ...columns], values }, order);
      return { shape, values: ordered.values };
    }
    case 'reshape': {
      if (productOf(step.shape) !== values.length)
        return `has ${String(values.length)} values, but ${step.shape.join('x')} are ${String(productOf(step.shape))}`;
      return { shape: step.shape, values };
    }
  }
}

/** For each dimension of the result the dimension that it was. */
function orderOf({ from, to }: { readonly from: string; readonly to: string }): readonly number[] {
  return Array.from(to, (letter) => from.indexOf(letter));
}

/** Transposes: the result's dimension `k` is the given one's `order[k]`. */
function permute({ shape, values }: WeightArray, order: readonly number[]): WeightArray {
  const strides = shape.map((_, place) => productOf(shape.slice(place + 1)));
  const newShape = order.map((place) => shape[place] ?? 0);
  const newStrides = order.map((place) => strides[place] ?? 0);
  const result = new Float32Array(values.length);
  const index = newShape.map(() => 0);
  let source = 0;
  for (let target = 0; target < result.length; target += 1) {
    result[target] = values[source] ?? 0;
    for (let place = index.length - 1; place >= 0; place -= 1) {
      const next = (index[place] ?? 0) + 1;
      source += newStrides[place] ?? 0;
      if (next < (newShape[place] ?? 0)) {
        index[place] = next;
        break;
      }
      source -= next * (newStrides[place] ?? 0);
      index[place] = 0;
    }
  }
  return { shape: newShape, values: result };
}

function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}
