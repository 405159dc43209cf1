import type { Point } from './placed.js';

/** A rank: its middle, and how far its tallest box or label reaches from there. */
export interface Band {
  readonly middle: number;
  readonly half: number;
}

/**
 * The points of a way: straight down beside what stands in a rank, so that it never comes near it, and from one column to
 * the next only in the gaps between ranks.
 */
export function pathOf(
  start: Point,
  bends: readonly Point[],
  stop: Point,
  bands: readonly Band[],
): readonly Point[] {
  const halfAt = (y: number): number => bands.find(({ middle }) => Math.abs(middle - y) < 1)?.half ?? 0;
  const through = bends.flatMap(({ x, y }): Point[] => {
    const half = halfAt(y);
    return half === 0
      ? [{ x, y }]
      : [
          { x, y: y - half },
          { x, y: y + half },
        ];
  });
  return withoutDoubles([start, ...leaving(start, bands), ...through, ...arriving(stop, bands), stop]);
}

/** Down to the lower end of the rank that a box stands in. */
function leaving(start: Point, bands: readonly Band[]): readonly Point[] {
  const band = bandAround(start, bands);
  return band === undefined ? [] : [{ x: start.x, y: band.middle + band.half }];
}

/** The upper end of the rank that a box stands in. */
function arriving(stop: Point, bands: readonly Band[]): readonly Point[] {
  const band = bandAround(stop, bands);
  return band === undefined ? [] : [{ x: stop.x, y: band.middle - band.half }];
}

function bandAround({ y }: Point, bands: readonly Band[]): Band | undefined {
  return bands.find(({ middle, half }) => Math.abs(y - middle) <= half + 1);
}

/** Points that say nothing new: those on a straight way down between their neighbours. */
function withoutDoubles(points: readonly Point[]): readonly Point[] {
  return points.filter(({ x }, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    return (
      before === undefined ||
      after === undefined ||
      Math.abs(before.x - x) > 0.01 ||
      Math.abs(after.x - x) > 0.01
    );
  });
}
