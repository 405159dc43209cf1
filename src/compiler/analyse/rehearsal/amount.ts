import { add, multiply, type Exact } from '../../values/exact.js';

/** Bytes of a training step: some however large the batch is, and some for each of its images. */
export interface Amount {
  readonly fixed: Exact;
  readonly perImage: Exact;
}

/** Nothing at all. */
export const none: Amount = { fixed: 0, perImage: 0 };

/** Both together. */
export function plus(one: Amount, other: Amount): Amount {
  return { fixed: add(one.fixed, other.fixed), perImage: add(one.perImage, other.perImage) };
}

/** So many times as much. */
export function times(factor: Exact, { fixed, perImage }: Amount): Amount {
  return { fixed: multiply(factor, fixed), perImage: multiply(factor, perImage) };
}

/** The bytes of a batch of so many images. */
export function bytesAt({ fixed, perImage }: Amount, batch: Exact): Exact {
  return add(fixed, multiply(batch, perImage));
}
