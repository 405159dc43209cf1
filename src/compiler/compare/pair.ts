/** The places of two items that stand for each other, in the first and in the second list. */
export type Pair = readonly [number, number];
