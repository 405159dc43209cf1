import { metrics, sizeOfText } from './box-text.js';
import type { Block } from './picture.js';
import type { Direction, PlacedBox, PlacedWay } from './placed.js';
import { moveBy, shifted, together, type Shown } from './shown.js';

/** An open block: a bar with its name above what is in it, whichever way the picture leads. */
export function framed(block: Block, content: Shown, { direction, level }: Framing): Shown {
  const inset = direction === 'down' ? belowBar(block, content) : besideBar(block, content);
  const { left, top, width, height } = inset;
  const frame: PlacedBox = { box: block, isOpen: true, level, x: 0, y: 0, width, height };
  const moved = moveBy(content, { x: left, y: top });
  const ways = top === 0 || direction === 'down' ? [] : lengthened(content, inset);
  return {
    ...together([{ boxes: [frame], labels: [], ways }, moved]),
    width,
    height,
    middle: left + content.middle,
    entryAt: shifted(content.entryAt, left),
    exitAt: shifted(content.exitAt, left),
  };
}

/** What tells how a block is framed. */
export interface Framing {
  readonly direction: Direction;
  /** How many drawn blocks it stands in. */
  readonly level: number;
}

interface Inset {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The bar is as wide as the frame. */
function belowBar(block: Block, { width: inner, height }: Shown): Inset {
  const bar = sizeOfText(block);
  const width = Math.max(bar.width, inner + 2 * metrics.inset);
  return { left: (width - inner) / 2, top: bar.height, width, height: bar.height + height };
}

/** Turned: the bar stands at the left of what leads down, and is as wide as all of it is high. */
function besideBar(block: Block, { width, height: inner }: Shown): Inset {
  const bar = sizeOfText(block);
  const height = Math.max(bar.width, inner);
  const left = bar.height + metrics.inset;
  return { left, top: (height - inner) / 2, width: left + width + metrics.inset, height };
}

/** Ways to and from the borders, where the bar is wider than what is below it. */
function lengthened(content: Shown, { left, top, height }: Inset): readonly PlacedWay[] {
  const way = (x: number, from: number, to: number): PlacedWay => ({
    points: [
      { x: left + x, y: from },
      { x: left + x, y: to },
    ],
    hasArrow: false,
  });
  return [
    ...[...(content.entryAt ?? [])].map(([, x]) => way(x, 0, top)),
    ...[...(content.exitAt ?? [])].map(([, x]) => way(x, height - top, height)),
  ];
}
