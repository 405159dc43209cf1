import { arrange, type Arranged, type Part } from './arrange.js';
import { metrics, sizeOfText, type Size } from './box-text.js';
import type { Block, Box, IsOpen, Picture } from './picture.js';
import type { Placed, PlacedBox, Point } from './placed.js';

/** Lays out a picture from top to bottom: each open block by itself, and then as one box of the block around it. */
export function layOut({ root }: Picture, isOpen: IsOpen): Placed {
  if (!isOpen(root)) return { ...folded(root, 0), ...sizeOfText(root) };
  return inside(root, isOpen, 0);
}

/** What a box shows, from its own left upper corner on, and where tensors enter and leave it. */
interface Shown extends Placed {
  readonly entryAt?: ReadonlyMap<number, number>;
  readonly exitAt?: ReadonlyMap<number, number>;
}

function shownBox(box: Box, isOpen: IsOpen, level: number): Shown {
  return box.kind === 'block' && isOpen(box) ? openBlock(box, isOpen, level) : folded(box, level);
}

function folded(box: Box, level: number): Shown {
  const size = sizeOfText(box);
  return { ...size, boxes: [{ box, isOpen: false, level, x: 0, y: 0, ...size }], labels: [], ways: [] };
}

/** A bar with the block's name, and below it what is in it. */
function openBlock(block: Block, isOpen: IsOpen, level: number): Shown {
  const bar = sizeOfText(block);
  const content = inside(block, isOpen, level + 1);
  const half = Math.max(content.middle, content.width - content.middle) + metrics.inset;
  const width = Math.max(bar.width, 2 * half);
  const height = bar.height + content.height;
  const left = width / 2 - content.middle;
  const moved = moveBy(content, { x: left, y: bar.height });
  const frame: PlacedBox = { box: block, isOpen: true, level, x: 0, y: 0, width, height };
  return {
    width,
    height,
    boxes: [frame, ...moved.boxes],
    labels: moved.labels,
    ways: moved.ways,
    entryAt: shifted(content.entryAt, left),
    exitAt: shifted(content.exitAt, left),
  };
}

function inside(block: Block, isOpen: IsOpen, level: number): Placed & Arranged {
  const shown = new Map(block.children.map((box) => [box.id, shownBox(box, isOpen, level)]));
  const parts = [...shown].map(([id, { width, height, entryAt, exitAt }]): Part => ({
    id,
    width,
    height,
    ...(entryAt === undefined ? {} : { entryAt }),
    ...(exitAt === undefined ? {} : { exitAt }),
  }));
  const arranged = arrange(parts, block.links);
  const placed = [...shown].map(([id, content]) =>
    moveBy(content, arranged.corners.get(id) ?? { x: 0, y: 0 }),
  );
  return {
    ...arranged,
    boxes: placed.flatMap(({ boxes }) => boxes),
    labels: [...arranged.labels, ...placed.flatMap(({ labels }) => labels)],
    ways: [...arranged.ways, ...placed.flatMap(({ ways }) => ways)],
  };
}

function moveBy({ boxes, labels, ways }: Placed, by: Point): Omit<Placed, keyof Size> {
  const move = <Place extends Point>(place: Place): Place => ({
    ...place,
    x: place.x + by.x,
    y: place.y + by.y,
  });
  return {
    boxes: boxes.map(move),
    labels: labels.map(move),
    ways: ways.map(({ points, hasArrow, label }) => ({
      points: points.map(move),
      hasArrow,
      ...(label === undefined ? {} : { label: move(label) }),
    })),
  };
}

function shifted(at: ReadonlyMap<number, number>, by: number): ReadonlyMap<number, number> {
  return new Map([...at].map(([tensor, x]) => [tensor, x + by]));
}
