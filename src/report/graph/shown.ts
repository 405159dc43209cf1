import type { Size } from './box-text.js';
import type { PlacedBox, PlacedLabel, PlacedWay, Point } from './placed.js';

/** What was drawn of a box or of several, from its own left upper corner on, as in a picture that leads down. */
export interface Shown extends Drawn, Size {
  /** The column that the one tensor that enters, and the one that leaves, go through. */
  readonly middle: number;
  /** Where tensors cross the upper border, from the left; in the middle, where nothing is said. */
  readonly entryAt?: ReadonlyMap<number, number>;
  /** Where tensors cross the lower border. */
  readonly exitAt?: ReadonlyMap<number, number>;
}

/** Boxes, labels and ways that are placed and moved together. */
export interface Drawn {
  readonly boxes: readonly PlacedBox[];
  readonly labels: readonly PlacedLabel[];
  readonly ways: readonly PlacedWay[];
}

/** The same, moved. */
export function moveBy({ boxes, labels, ways }: Drawn, by: Point): Drawn {
  const move = <Place extends Point>(place: Place): Place => ({
    ...place,
    x: place.x + by.x,
    y: place.y + by.y,
  });
  return {
    boxes: boxes.map(move),
    labels: labels.map(move),
    ways: ways.map(({ label, ...way }) => ({
      ...way,
      points: way.points.map(move),
      ...(label === undefined ? {} : { label: move(label) }),
    })),
  };
}

/** Several in one. */
export function together(parts: readonly Drawn[]): Drawn {
  return {
    boxes: parts.flatMap(({ boxes }) => boxes),
    labels: parts.flatMap(({ labels }) => labels),
    ways: parts.flatMap(({ ways }) => ways),
  };
}

/** Places on a border, moved along it. */
export function shifted(
  at: ReadonlyMap<number, number> | undefined,
  by: number,
): ReadonlyMap<number, number> {
  return new Map([...(at ?? [])].map(([tensor, x]) => [tensor, x + by]));
}
