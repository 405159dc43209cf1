import { toText, type Exact } from './exact.js';

/** A shape as messages and reports show it: `28×28×128`, `⌈h/2⌉ × (w - 2) × 64`. */
export function shapeText(shape: readonly Exact[]): string {
  const sizes = shape.map((size) => sizeText(size));
  return sizes.join(sizes.every((size) => /^\d+$/.test(size)) ? '×' : ' × ');
}

/** One size as a factor of a shape: a sum stands in parentheses. */
function sizeText(size: Exact): string {
  const text = toText(size);
  return text.includes(' ') ? `(${text})` : text;
}
