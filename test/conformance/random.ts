import { tensor, type Tensor } from '../interpreter/tensor.js';

/** A source of numbers that are evenly spread from 0 to 1, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  // Park & Miller 1988: exact in doubles, since the product stays below 2^53.
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Random values with a deviation of about one, which float32 holds exactly. */
export function randomTensor(shape: readonly number[], next: () => number, offset = 0): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  const values = Array.from({ length: count }, () => {
    const sum = next() + next() + next() + next() + next() + next();
    return Math.fround(offset + Math.SQRT2 * (sum - 3));
  });
  return tensor(shape, values);
}
