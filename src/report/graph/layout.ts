import { arrange, type Part } from './arrange.js';
import { sizeOfText, type Size } from './box-text.js';
import { balanced } from './columns.js';
import { bestOf, type Ratio } from './ratio.js';
import { framed } from './frame.js';
import type { Block, Box, IsOpen, Link, Picture } from './picture.js';
import type { Direction, Placed, PlacedBox } from './placed.js';
import { segmentsOf, type Segment } from './segments.js';
import { moveBy, together, type Shown } from './shown.js';
import { lengthOf, stack, type Borders, type Piece } from './stack.js';
import { turned, turnedPicture } from './turn.js';

/** How a picture is laid out. */
export interface LayoutSettings {
  readonly direction: Direction;
  /** Width by height that columns, or rows, of the main line come near to. */
  readonly ratio: Ratio;
  /** What stands around the picture, of width and height. */
  readonly around?: Size;
}

/** Lays out a picture: each open block by itself, and then as one box of the block around it. */
export function layOut({ root }: Picture, isOpen: IsOpen, settings: LayoutSettings): Placed {
  const { direction } = settings;
  const drawing: Drawing = { isOpen, direction, pieces: new Map() };
  const shown = isOpen(root) ? nearest(drawing, root, settings) : folded(drawing, root, 0);
  const { boxes, labels, ways, width, height } = shown;
  return turnedPicture({ direction: 'down', boxes, labels, ways, width, height }, direction);
}

interface Drawing {
  readonly isOpen: IsOpen;
  readonly direction: Direction;
  /** Blocks in one column are drawn once. */
  readonly pieces: Map<Block, readonly Piece[]>;
}

/** The most columns that are tried. */
const mostColumns = 16;

/** Of pictures in one column, two and so on, the one whose width by height is nearest to what is wanted. */
function nearest(drawing: Drawing, root: Block, { ratio, around, direction }: LayoutSettings): Shown {
  const pieces = piecesOf(drawing, root, 0);
  const one = stack([pieces], { direction, borders: noBorders });
  if (ratio === 'none') return one;
  const others = Array.from({ length: mostColumns - 1 }, (_none, index) => {
    const columns = columnsOf(drawing, pieces, { count: index + 2, length: one.height / (index + 2) });
    return stack(columns, { direction, borders: noBorders });
  });
  const sizeOf = ({ width, height }: Shown): Size => {
    const size = turned({ width, height }, direction);
    return { width: size.width + (around?.width ?? 0), height: size.height + (around?.height ?? 0) };
  };
  return bestOf([one, ...others], sizeOf, ratio);
}

const noBorders: Borders = { entry: [], exit: [] };

/** So many columns, in which a block that is longer than a column has columns of its own. */
function columnsOf(
  drawing: Drawing,
  pieces: readonly Piece[],
  { count, length }: { readonly count: number; readonly length: number },
): readonly (readonly Piece[])[] {
  const short = pieces.map((piece) => shortened(drawing, piece, length));
  const lengths = short.map((piece) => lengthOf(piece, drawing.direction));
  let taken = 0;
  return balanced(lengths, count).map((size) => short.slice(taken, (taken += size)));
}

/** A block by itself that is longer than this, in columns, where a single tensor enters and leaves it. */
function shortened(drawing: Drawing, piece: Piece, length: number): Piece {
  const [frame] = piece.shown.boxes;
  if (!piece.isBox || piece.shown.height <= length || frame?.box.kind !== 'block' || !frame.isOpen)
    return piece;
  const { box, level } = frame;
  const borders = bordersOf(box);
  if (borders.entry.length > 1 || borders.exit.length > 1) return piece;
  const inside = piecesOf(drawing, box, level + 1);
  const count = Math.ceil(piece.shown.height / length);
  const columns = columnsOf(drawing, inside, { count, length });
  const content = stack(columns, { direction: drawing.direction, borders });
  const shown = framed(box, content, { direction: drawing.direction, level });
  return shown.height < piece.shown.height ? { ...piece, shown } : piece;
}

/** The pieces of a block's main line. */
function piecesOf(drawing: Drawing, block: Block, level: number): readonly Piece[] {
  const known = drawing.pieces.get(block);
  if (known !== undefined) return known;
  const pieces = segmentsOf(block).map((segment) => pieceOf(drawing, segment, level));
  drawing.pieces.set(block, pieces);
  return pieces;
}

function pieceOf(drawing: Drawing, { boxes, links, arriving }: Segment, level: number): Piece {
  const led = arriving === undefined ? {} : { arriving };
  const [box, ...others] = boxes;
  if (box !== undefined && others.length === 0 && isInLine(links, box))
    return { shown: shownBox(drawing, box, level), isBox: true, ...led };
  const shown = new Map(boxes.map((each) => [each.id, shownBox(drawing, each, level)]));
  const parts = [...shown].map(([id, { width, height, entryAt, exitAt }]): Part => ({
    id,
    width,
    height,
    ...(entryAt === undefined ? {} : { entryAt }),
    ...(exitAt === undefined ? {} : { exitAt }),
  }));
  const arranged = arrange(parts, links, drawing.direction);
  const moved = [...shown].map(([id, each]) => moveBy(each, arranged.corners.get(id) ?? { x: 0, y: 0 }));
  const { width, height, middle, entryAt, exitAt } = arranged;
  const drawn = together([{ boxes: [], labels: arranged.labels, ways: arranged.ways }, ...moved]);
  return { shown: { ...drawn, width, height, middle, entryAt, exitAt }, isBox: false, ...led };
}

/** A box that at most one way leads to and at most one from. */
function isInLine(links: readonly Link[], { id }: Box): boolean {
  const [arriving, leaving] = [links.filter(({ to }) => to === id), links.filter(({ from }) => from === id)];
  return arriving.length <= 1 && leaving.length <= 1 && arriving.length + leaving.length === links.length;
}

function shownBox(drawing: Drawing, box: Box, level: number): Shown {
  return box.kind === 'block' && drawing.isOpen(box)
    ? openBlock(drawing, box, level)
    : folded(drawing, box, level);
}

function folded({ direction }: Drawing, box: Box, level: number): Shown {
  const size = turned(sizeOfText(box), direction);
  const placed: PlacedBox = { box, isOpen: false, level, x: 0, y: 0, ...size };
  return { ...size, middle: size.width / 2, boxes: [placed], labels: [], ways: [] };
}

function openBlock(drawing: Drawing, block: Block, level: number): Shown {
  const pieces = piecesOf(drawing, block, level + 1);
  const content = stack([pieces], { direction: drawing.direction, borders: bordersOf(block) });
  return framed(block, content, { direction: drawing.direction, level });
}

function bordersOf({ links }: Block): Borders {
  const tensors = (crossing: readonly Link[]): readonly number[] => [
    ...new Set(crossing.map(({ tensor }) => tensor)),
  ];
  return {
    entry: tensors(links.filter(({ from }) => from === 'entry')),
    exit: tensors(links.filter(({ to }) => to === 'exit')),
  };
}
