import type { Block, Box, IsOpen, Link } from './picture.js';

/** A tensor on its way from one box to another, both drawn without anything in them. */
export interface FlatWay {
  readonly from: number;
  readonly to: number;
  readonly shape: string;
}

/** The ways between the boxes that are drawn, without the borders of the blocks between: for tools that lay out themselves. */
export function flatWays(root: Block, isOpen: IsOpen): readonly FlatWay[] {
  if (!isOpen(root)) return [];
  return waysInside(root, isOpen);
}

function waysInside(block: Block, isOpen: IsOpen): readonly FlatWay[] {
  const boxes = new Map(block.children.map((box) => [box.id, box]));
  const own = block.links.flatMap(({ from, to, tensor, shape }) => {
    if (from === 'entry' || to === 'exit') return [];
    const targets = targetsOf(boxes.get(to), tensor, isOpen);
    return sourcesOf(boxes.get(from), tensor, isOpen).flatMap((source) =>
      targets.map((target) => ({ from: source, to: target, shape })),
    );
  });
  const inner = block.children.flatMap((box) => (isOpenBlock(box, isOpen) ? waysInside(box, isOpen) : []));
  return [...own, ...inner];
}

/** The boxes in a box that a tensor which arrives there reaches. */
function targetsOf(box: Box | undefined, tensor: number, isOpen: IsOpen): readonly number[] {
  if (box === undefined) return [];
  if (!isOpenBlock(box, isOpen)) return [box.id];
  return box.links.flatMap((link: Link) =>
    link.from === 'entry' && link.to !== 'exit' && link.tensor === tensor
      ? targetsOf(
          box.children.find(({ id }) => id === link.to),
          tensor,
          isOpen,
        )
      : [],
  );
}

/** The box in a box that a tensor which leaves it comes from. */
function sourcesOf(box: Box | undefined, tensor: number, isOpen: IsOpen): readonly number[] {
  if (box === undefined) return [];
  if (!isOpenBlock(box, isOpen)) return [box.id];
  return box.links.flatMap((link: Link) =>
    link.to === 'exit' && link.from !== 'entry' && link.tensor === tensor
      ? sourcesOf(
          box.children.find(({ id }) => id === link.from),
          tensor,
          isOpen,
        )
      : [],
  );
}

function isOpenBlock(box: Box, isOpen: IsOpen): box is Block {
  return box.kind === 'block' && isOpen(box);
}
