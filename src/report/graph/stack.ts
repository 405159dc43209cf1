import { sizeOfLabel } from './box-text.js';
import type { Link } from './picture.js';
import type { Direction, PlacedLabel, PlacedWay, Point } from './placed.js';
import { moveBy, shifted, together, type Drawn, type Shown } from './shown.js';
import { turned } from './turn.js';

/** A piece of the main line that is drawn, and what leads to it. */
export interface Piece {
  readonly shown: Shown;
  /** True of a box by itself, which ways end at; else they go on in the piece. */
  readonly isBox: boolean;
  /** The tensor from the piece before. */
  readonly arriving?: Link;
}

/** Which tensors enter and leave the block around. */
export interface Borders {
  readonly entry: readonly number[];
  readonly exit: readonly number[];
}

/** How a main line is drawn. */
export interface Stacking {
  readonly direction: Direction;
  readonly borders: Borders;
}

/** Puts pieces below each other, in one column or in several beside each other. */
export function stack(columns: readonly (readonly Piece[])[], stacking: Stacking): Shown {
  const [first = [], ...others] = columns;
  return others.length === 0 ? oneColumn(first, stacking) : inColumns(columns, stacking);
}

/** The length that a piece adds to a column. */
export function lengthOf({ shown, isBox, arriving }: Piece, direction: Direction): number {
  return shown.height + (arriving === undefined ? 0 : lead(arriving, isBox, direction).length);
}

/** Room before a label, behind it where an arrow follows, where none does, and beside ways that turn. */
const room = { before: 5, arrow: 13, behind: 3, border: 14, turn: 12, gutter: 36 } as const;

interface Column extends Drawn {
  /** How far it reaches to both sides of its axis, which is at 0. */
  readonly left: number;
  readonly right: number;
  readonly height: number;
  readonly first: Piece;
  readonly last: Piece;
}

function lead(
  { shape }: Link,
  isBox: boolean,
  direction: Direction,
): { readonly label: PlacedLabel; readonly length: number } {
  const size = turned(sizeOfLabel(shape), direction);
  const label = { text: shape, x: -size.width / 2, y: room.before, ...size };
  return { label, length: room.before + size.height + (isBox ? room.arrow : room.behind) };
}

/** Pieces below each other, the ways between them straight on one axis. */
function columnOf(pieces: readonly Piece[], direction: Direction): Column | undefined {
  const [first, last] = [pieces[0], pieces.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const drawn: Drawn[] = [];
  let [left, right, height] = [0, 0, 0];
  for (const piece of pieces) {
    const { shown, isBox, arriving } = piece;
    if (arriving !== undefined) {
      const { label, length } = lead(arriving, isBox, direction);
      left = Math.max(left, label.width / 2);
      right = Math.max(right, label.width / 2);
      // The way to the first box comes from another column, or from nowhere.
      if (piece !== first) {
        const way: PlacedWay = { points: [at(0, 0), at(0, length)], hasArrow: isBox, label };
        drawn.push(moveBy({ boxes: [], labels: [label], ways: [way] }, at(0, height)));
        height += length;
      }
    }
    drawn.push(moveBy(shown, at(-shown.middle, height)));
    height += shown.height;
    left = Math.max(left, shown.middle);
    right = Math.max(right, shown.width - shown.middle);
  }
  return { ...together(drawn), left, right, height, first, last };
}

function oneColumn(pieces: readonly Piece[], { direction, borders }: Stacking): Shown {
  const column = columnOf(pieces, direction);
  if (column === undefined) return { ...together([]), width: 0, height: 0, middle: 0 };
  const { left, right, first, last } = column;
  const above = borders.entry.length > 0 && first.isBox ? room.border : 0;
  const below = borders.exit.length > 0 && last.isBox ? room.border : 0;
  const end = above + column.height;
  const ways = [
    ...(above === 0 ? [] : [{ points: [at(0, 0), at(0, above)], hasArrow: true }]),
    ...(below === 0 ? [] : [{ points: [at(0, end), at(0, end + below)], hasArrow: false }]),
  ];
  const drawn = together([moveBy(column, at(0, above)), { boxes: [], labels: [], ways }]);
  const ports = (
    piece: Piece,
    tensors: readonly number[],
    at: Shown['entryAt'],
  ): ReadonlyMap<number, number> =>
    piece.isBox ? new Map(tensors.map((tensor) => [tensor, left])) : shifted(at, left - piece.shown.middle);
  return {
    ...moveBy(drawn, at(left, 0)),
    width: left + right,
    height: end + below,
    middle: left,
    entryAt: ports(first, borders.entry, first.shown.entryAt),
    exitAt: ports(last, borders.exit, last.shown.exitAt),
  };
}

/**
 * Columns from left to right: the way from one to the next turns below the one, goes up between both, and turns above the
 * other. What enters and leaves a block has a lane of its own, so that no ways cross.
 */
function inColumns(all: readonly (readonly Piece[])[], { direction, borders }: Stacking): Shown {
  const columns = all.flatMap((pieces) => columnOf(pieces, direction) ?? []);
  const wide = columns.reduce((sum, { left, right }) => sum + left + right, 0);
  const width = wide + room.gutter * (columns.length - 1);
  const middle = width / 2;
  const lane = borders.entry.length > 0 ? room.turn : 0;
  const drawn: Drawn[] = [];
  let leaving: readonly Point[] = lane === 0 ? [] : [at(middle, 0), at(middle, lane / 2)];
  let [x, bottom] = [0, 0];
  for (const [index, column] of columns.entries()) {
    const own = x + column.left;
    const joint = jointAbove(column, { index, lane, direction });
    const end = joint.length + column.height;
    drawn.push(moveBy(column, at(own, joint.length)), joined(leaving, own, joint));
    x += column.left + column.right + room.gutter;
    const below = end + room.turn;
    leaving = [at(own, end), at(own, below), at(x - room.gutter / 2, below)];
    bottom = Math.max(bottom, index === columns.length - 1 ? end : below + 1);
  }
  const [from = at(0, 0)] = leaving;
  const height = bottom + (borders.exit.length === 0 ? 0 : 2 * room.turn);
  const turn = height - room.turn;
  const exit = [from, at(from.x, turn), at(middle, turn), at(middle, height)];
  const ways = borders.exit.length === 0 ? [] : [{ points: exit, hasArrow: false, turns: true }];
  return {
    ...together([...drawn, { boxes: [], labels: [], ways }]),
    width,
    height,
    middle,
    entryAt: new Map(borders.entry.map((tensor) => [tensor, middle])),
    exitAt: new Map(borders.exit.map((tensor) => [tensor, middle])),
  };
}

/** What stands above the first box of a column: where ways turn, and the label of the one that arrives. */
interface Joint {
  readonly turn: number;
  readonly label?: PlacedLabel;
  readonly length: number;
  readonly hasArrow: boolean;
}

function jointAbove(
  { first }: Column,
  {
    index,
    lane,
    direction,
  }: { readonly index: number; readonly lane: number; readonly direction: Direction },
): Joint {
  const hasArrow = first.isBox;
  if (index === 0 || first.arriving === undefined)
    return { turn: lane / 2, length: lane === 0 ? 0 : lane + room.arrow, hasArrow };
  const { label, length } = lead(first.arriving, first.isBox, direction);
  return { turn: lane, label: { ...label, y: lane + label.y }, length: lane + length, hasArrow };
}

/** The way from where the column before was left to this one, through its label. */
function joined(leaving: readonly Point[], axis: number, { turn, label, length, hasArrow }: Joint): Drawn {
  const last = leaving.at(-1);
  if (last === undefined) return together([]);
  const turning = [...leaving, ...(last.y === turn ? [] : [at(last.x, turn)]), at(axis, turn)];
  const whole = { points: [...turning, at(axis, length)], hasArrow, turns: true };
  if (label === undefined) return { boxes: [], labels: [], ways: [whole] };
  const placed = { ...label, x: label.x + axis };
  const ways = [
    { points: [...turning, at(axis, label.y)], hasArrow: false, turns: true },
    { points: [at(axis, label.y + label.height), at(axis, length)], hasArrow },
  ];
  return { boxes: [], labels: [placed], ways };
}

function at(x: number, y: number): Point {
  return { x, y };
}
