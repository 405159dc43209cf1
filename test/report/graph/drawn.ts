import { openToDepth } from '../../../src/report/graph/depths.js';
import { makePicture } from '../../../src/report/graph/make-picture.js';
import type { Block, Box, IsOpen, Picture } from '../../../src/report/graph/picture.js';
import { summarise } from '../../../src/report/summary.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { graphOf } from '../../compiler/net.js';

/** The picture of a graph. */
export function pictureOf(graph: Graph, training = false): Picture {
  return makePicture(summarise(graph, undefined, { training }));
}

/** The picture of the only model of a text. */
export function drawn(text: string): Picture {
  return pictureOf(graphOf(text));
}

/** Everything is open. */
export const allOpen: IsOpen = () => true;

/** What is open of a picture at a depth. */
export function openAt(picture: Picture, depth: number): IsOpen {
  return openToDepth(picture.root, depth);
}

/** Every box within a block, however deep. */
export function boxesIn(block: Block): readonly Box[] {
  return block.children.flatMap((child) => [child, ...(child.kind === 'block' ? boxesIn(child) : [])]);
}
