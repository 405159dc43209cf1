import type { Block, IsOpen } from './picture.js';

/** What is open at a depth: 0 folds the whole model, 1 each of its blocks, 2 the blocks within those. */
export function openToDepth(root: Block, depth: number): IsOpen {
  const open = new Set<number>();
  const visit = (block: Block, level: number): void => {
    if (level >= depth) return;
    open.add(block.id);
    for (const child of block.children) if (child.kind === 'block') visit(child, level + 1);
  };
  visit(root, 0);
  return ({ id }) => open.has(id);
}

/** How many boxes are drawn at each depth, beginning at 0; the last is that of the whole picture. */
export function boxesByDepth(root: Block): readonly number[] {
  const counts = [1];
  let blocks: readonly Block[] = [root];
  let shown = 0;
  while (blocks.length > 0) {
    const children = blocks.flatMap((block) => block.children);
    shown += children.length;
    counts.push(shown);
    blocks = children.filter((child) => child.kind === 'block');
  }
  return counts;
}

/** How many boxes all ways at each depth pass by, beginning at 0: what a layout takes grows with it. */
export function passedByDepth(root: Block): readonly number[] {
  const passed = [0];
  let blocks: readonly Block[] = [root];
  let sum = 0;
  while (blocks.length > 0) {
    for (const block of blocks) sum += passedIn(block);
    passed.push(sum);
    blocks = blocks.flatMap(({ children }) => children.filter((child) => child.kind === 'block'));
  }
  return passed;
}

function passedIn({ children, links }: Block): number {
  const places = new Map<string | number, number>(children.map(({ id }, place) => [id, place]));
  const placeOf = (end: string | number): number =>
    places.get(end) ?? (end === 'entry' ? -1 : children.length);
  return links.reduce((sum, { from, to }) => sum + placeOf(to) - placeOf(from) - 1, 0);
}

/** The largest depth at which no more than so many boxes are drawn; 0 where even the model's own are more. */
export function depthFor(root: Block, most: number): number {
  return boxesByDepth(root).findLastIndex((count) => count <= most);
}

/** A block without what is deeper than this: blocks at the depth itself have nothing in them, and stay folded. */
export function prunedTo(block: Block, depth: number): Block {
  if (depth <= 0) return { ...block, children: [], links: [] };
  const children = block.children.map((child) =>
    child.kind === 'block' ? prunedTo(child, depth - 1) : child,
  );
  return { ...block, children };
}
