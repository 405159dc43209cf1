import type { Datatype } from './datatype.js';
import { refuse, type Hdf5File } from './file.js';

/** How the values of a dataset lie. */
export interface Extent {
  readonly shape: readonly number[];
  readonly datatype: Extract<Datatype, { readonly kind: 'number' }>;
  /** Bytes of all values. */
  readonly bytes: number;
}

/** Notes that a stretch of the file holds values; overlaps are found when all are known. */
export function take({ taken }: Hdf5File, begin: number, length: number): void {
  taken.push([begin, begin + length]);
}

/** Refuses a file of which two arrays share bytes: it could be made to hold more than it does. */
export function checkOverlaps({ taken }: Hdf5File): void {
  const sorted = taken.toSorted(([one], [other]) => one - other);
  for (const [place, [begin]] of sorted.entries()) {
    const before = sorted[place - 1];
    if (before !== undefined && before[1] > begin)
      refuse(`two arrays share the bytes from ${String(begin)} on`);
  }
}
