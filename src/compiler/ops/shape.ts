import type { Exact } from '../values/exact.js';

export { shapeText } from '../values/shape-text.js';

/** The sizes of one tensor without the batch: `[height, width, channels]`, `[features]`. */
export type Shape = readonly Exact[];
