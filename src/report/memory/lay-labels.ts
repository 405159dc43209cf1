/** A text that wants to stand below a stretch of the axis. */
export interface Wish {
  readonly text: string;
  readonly width: number;
  /** The stretch of the axis that it names. */
  readonly from: number;
  readonly to: number;
}

/** A text where it stands: in a row below the axis, its middle at `x`. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly row: number;
}

/** How far two texts stay apart. */
const gap = 8;

/**
 * Puts texts into rows so that none overlaps another, those of the longest stretches first; what finds no room is left
 * out. Bounds are the left and the right end of all rows.
 */
export function layLabels(
  wishes: readonly Wish[],
  rows: number,
  [left, right]: readonly [number, number],
): readonly PlacedText[] {
  const taken = Array.from({ length: rows }, (): (readonly [number, number])[] => []);
  const placed: PlacedText[] = [];
  const inTurn = wishes.toSorted((one, other) => other.to - other.from - (one.to - one.from));
  for (const { text, width, from, to } of inTurn) {
    if (width > right - left) continue;
    const x = Math.min(right - width / 2, Math.max(left + width / 2, (from + to) / 2));
    const [begin, end] = [x - width / 2 - gap / 2, x + width / 2 + gap / 2];
    const row = taken.findIndex((spans) => spans.every(([other, last]) => end <= other || begin >= last));
    if (row === -1) continue;
    taken[row]?.push([begin, end]);
    placed.push({ text, x, row });
  }
  return placed;
}
