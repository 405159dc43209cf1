import { toGrouped } from '../../compiler/values/exact.js';
import { bytesText } from '../quantities.js';
import { shownPath } from '../rows.js';
import { placeText, undecidedPeak } from './memory-words.js';
import type { TrainingReport } from './training-report.js';

/** `32 images, float32, adam`. */
export function stepText({ batch, dtype, optimizer, recompute }: TrainingReport): string {
  const images = batch === 1 ? 'one image' : `${toGrouped(batch)} images`;
  return `${images}, ${dtype}, ${optimizer}${recompute ? ', blocks computed again on the way back' : ''}`;
}

/** When a step holds the most. */
export function momentText({ graph, memory: { peak } }: TrainingReport): string {
  if (peak === undefined) return undecidedPeak;
  if (peak.at === undefined) return 'at the loss, or at the end of the step';
  return `while ${shownPath(graph, peak.at.id)} runs, forward or back, ${placeText(peak.at)}`;
}

/** So many tensors are listed at most. */
const mostListed = 12;

/** The largest tensors that are there at the peak: bytes, tensor, place, purpose; and how many others there are. */
export function largestTensors({ graph, memory: { peak } }: TrainingReport): {
  readonly rows: readonly (readonly [string, string, string, string])[];
  readonly others: number;
} {
  const alive = peak?.alive ?? [];
  const rows = alive.slice(0, mostListed).map(({ node, bytes, purpose }) => {
    const path = node === undefined ? '–' : shownPath(graph, node.id);
    return [bytesText(bytes), path, node === undefined ? '' : placeText(node), purpose] as const;
  });
  return { rows, others: alive.length - rows.length };
}
