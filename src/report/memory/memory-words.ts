import { namesOfRules, type AliveTensor, type MemoryPeak } from '../../compiler/analyse/memory.js';
import type { Graph, Node } from '../../compiler/ir/graph.js';
import { toGrouped } from '../../compiler/values/exact.js';
import { positionOf } from '../../diagnostics/source.js';
import { bytesText } from '../quantities.js';
import { shownPath } from '../rows.js';
import type { MemoryReport } from './memory-report.js';

/** What the figures are for: `one image, float32`. */
export function basisText({ batch, profile }: MemoryReport): string {
  const images = batch === 1 ? 'one image' : `${toGrouped(batch)} images`;
  return `${images}, ${profile.peak.dtype}`;
}

/** How the inference is thought to run. */
export function manner({ order, rules }: MemoryPeak): string {
  const names = namesOfRules(rules);
  return `order: ${order}; rules: ${names.length === 0 ? 'none' : names.join(', ')}`;
}

/** The place at which a layer is written: `resnet.cnn:12`. */
export function placeText({ origin: { span } }: Pick<Node, 'origin'>): string {
  return `${span.source.name}:${String(positionOf(span.source, span.start).line)}`;
}

/** A tensor that is there, in words that are not yet escaped. */
export interface AliveWords {
  readonly bytes: string;
  readonly tensor: string;
  readonly writtenAt: string;
  /** The layer that still reads it, or that the model gives it. */
  readonly neededBy: string;
  readonly neededAt: string;
}

/** Who is there at the peak, and which later line still needs it. */
export function aliveWords(graph: Graph, alive: readonly AliveTensor[]): readonly AliveWords[] {
  return alive.map(({ node, bytes, neededBy }) => ({
    bytes: bytesText(bytes),
    tensor: shownPath(graph, node.id),
    writtenAt: placeText(node),
    neededBy: neededBy === 'output' ? 'given as output' : shownPath(graph, neededBy.id),
    neededAt: neededBy === 'output' ? '' : placeText(neededBy),
  }));
}

/** What to say where open sizes leave the peak undecided. */
export const undecidedPeak = 'open sizes decide where the peak lies: `--input` gives them';
