import { toText, type Exact } from '../values/exact.js';

/** The sizes of one tensor without the batch: `[height, width, channels]`, `[features]`. */
export type Shape = readonly Exact[];

/** A shape as messages and reports show it: `28×28×128`, `⌈h/2⌉ × (w - 2) × 64`. */
export function shapeText(shape: Shape): string {
  const sizes = shape.map((size) => sizeText(size));
  return sizes.join(sizes.every((size) => /^\d+$/.test(size)) ? '×' : ' × ');
}

/** One size as a factor of a shape: a sum stands in parentheses. */
function sizeText(size: Exact): string {
  const text = toText(size);
  return text.includes(' ') ? `(${text})` : text;
}
