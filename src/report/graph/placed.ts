import type { Size } from './box-text.js';
import type { Box } from './picture.js';

/** A point, in pixels from the left and from the top. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle with its left upper corner. */
export interface Rectangle extends Point, Size {}

/** A box with its place. */
export interface PlacedBox extends Rectangle {
  readonly box: Box;
  readonly isOpen: boolean;
  /** How many drawn blocks it stands in. */
  readonly level: number;
}

/** The shape of a tensor, beside its way. */
export interface PlacedLabel extends Rectangle {
  readonly text: string;
}

/** Where a picture leads: from top to bottom, or from left to right. */
export type Direction = 'down' | 'right';

/** The way of a tensor: from point to point, straight along the direction of the picture, else in a bow. */
export interface PlacedWay {
  readonly points: readonly Point[];
  /** True of a way from one column to the next: it turns in right angles. */
  readonly turns?: boolean;
  /** False where it goes on behind a border, or ends there. */
  readonly hasArrow: boolean;
  /** What stands in the way, which leaves room for it. */
  readonly label?: PlacedLabel;
}

/** A picture with everything in its place; a block stands before what is in it. */
export interface Placed extends Size {
  readonly direction: Direction;
  readonly boxes: readonly PlacedBox[];
  readonly labels: readonly PlacedLabel[];
  readonly ways: readonly PlacedWay[];
}
