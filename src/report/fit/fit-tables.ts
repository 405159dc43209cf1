import { add, compare, toGrouped, type Exact } from '../../compiler/values/exact.js';
import type { Fit } from '../../compiler/fit/fit.js';
import type { Change, WayOut } from '../../compiler/fit/ways-out.js';
import { placeText, positionOf, type Span } from '../../diagnostics/source.js';
import { bytesInFull, bytesText, shareText } from '../quantities.js';
import { shownPath } from '../rows.js';

/** A report in words and tables, however they are laid out. */
export interface FitTables {
  /** Whether it fits, and what it takes. */
  readonly verdict: string;
  readonly parts: readonly (readonly string[])[];
  /** The layers that hold most at the peak. */
  readonly contributors: readonly (readonly string[])[];
  readonly waysOut: readonly (readonly string[])[];
  /** The batch that the tables are of, in words. */
  readonly subject: string;
}

/** The titles of the tables. */
export const fitTitles = {
  parts: ['part', 'bytes', 'share'],
  contributors: ['layer', 'line', 'holds', 'as'],
  waysOut: ['change', 'takes', 'saves', 'largest batch'],
} as const;

/** How many layers are named as those that hold most. */
const mostShown = 8;

/** Puts a fit into words. */
export function fitTables(fit: Fit): FitTables {
  const { graph, memory, batch } = fit;
  const { total, peak } = memory;
  const parts = partsOf(fit).map(([name, bytes]) => [name, bytesText(bytes), shareText(bytes, total)]);
  const contributors = contributorsOf(fit).map(({ path, span, bytes, purpose }) => [
    path ?? 'images and loss',
    span === undefined ? '–' : shortPlace(span, graph.scopes[0]?.origin.span),
    bytesText(bytes),
    purpose,
  ]);
  const waysOut = fit.waysOut.map((wayOut) => wayOutRow(fit, wayOut));
  const at = peak?.at === undefined ? '' : `, at \`${shownPath(graph, peak.at.id)}\``;
  const takes = batch === 1 ? 'takes' : 'take';
  const subject = `${imagesText(batch)} ${takes}: ${bytesInFull(total)} at the peak${at}`;
  return { verdict: verdictOf(fit), parts, contributors, waysOut, subject };
}

/** The parts of the peak, in bytes. */
export function partsOf({ memory }: Fit): readonly (readonly [string, Exact])[] {
  const { peak } = memory;
  if (peak === undefined) return [];
  const { weights, optimizer, gradients, batch, activations, momentary } = peak;
  return Object.entries({ weights, optimizer, gradients, batch, activations, momentary });
}

/** Something that holds memory at the peak. */
interface Contributor {
  /** The layer; absent for the images, and for what the loss leaves. */
  readonly path: string | undefined;
  readonly span: Span | undefined;
  readonly bytes: Exact;
  readonly purpose: string;
}

/** What holds most at the peak: the tensors of each layer, by what they are there for. */
export function contributorsOf({ graph, memory: { peak } }: Fit): readonly Contributor[] {
  const found = new Map<string, Contributor>();
  for (const { node, purpose, bytes } of peak?.alive ?? []) {
    const path = node && shownPath(graph, node.id);
    const key = `${purpose} ${path ?? ''}`;
    const known = found.get(key);
    const span = known?.span ?? node?.origin.span;
    found.set(key, { path, span, bytes: add(known?.bytes ?? 0, bytes), purpose });
  }
  return [...found.values()].sort((one, other) => compare(other.bytes, one.bytes) ?? 0).slice(0, mostShown);
}

/** A change in words. */
export function changeText(fit: Fit, change: Change): string {
  switch (change.kind) {
    case 'batch':
      return `a batch of ${toGrouped(change.batch)} (\`accumulate\` reads a larger one in parts)`;
    case 'recompute':
      return 'blocks computed once more on the way back';
    case 'dtype':
      return `values in ${change.dtype}`;
    case 'optimizer':
      return `the optimizer ${change.optimizer}`;
    case 'stride':
    case 'filters': {
      const { nodes, parameter, from, to } = change;
      const [first, ...others] = nodes;
      const line = shortPlace(first.origin.span, fit.graph.scopes[0]?.origin.span);
      const more = restText(others.length);
      return `${parameter} ${to} for ${from} in \`${shownPath(fit.graph, first.id)}\` (line ${line})${more}`;
    }
    default: {
      const never: never = change;
      return never;
    }
  }
}

/** Layers that the same line of the source brings change too, each from what it has. */
function restText(others: number): string {
  if (others === 0) return '';
  return others === 1
    ? ', the other of its line alike'
    : `, the other ${toGrouped(others)} of its line alike`;
}

function wayOutRow(fit: Fit, { change, bytes, saved, largest }: WayOut): readonly string[] {
  return [
    changeText(fit, change),
    bytesText(bytes),
    `${bytesText(saved)} (${shareText(saved, fit.memory.total)})`,
    compare(largest, 0) === 0 ? 'none' : toGrouped(largest),
  ];
}

function verdictOf({ graph, options, largest, fits, beyond, memory }: Fit): string {
  const { bytes, optimizer, dtype, recompute, batch } = options;
  const how = `${optimizer} in ${dtype}${recompute ? ', blocks computed once more' : ''}`;
  const room = bytesInFull(bytes);
  const name = `training \`${graph.name}\` with ${how}`;
  if (compare(largest, 0) === 0) {
    return `${name} does not fit into ${room}: a single image takes ${bytesInFull(beyond)}`;
  }
  const next = `one more would take ${bytesInFull(beyond)}`;
  if (batch !== undefined && !fits) {
    return `${name} fits into ${room} with ${imagesText(largest)} at the most, not ${toGrouped(batch)}, which take ${bytesText(memory.total)}`;
  }
  const asked = batch === undefined ? '' : `; ${imagesText(batch)} take ${bytesText(memory.total)}`;
  return `${name} fits into ${room} with ${imagesText(largest)} at the most${asked}; ${next}`;
}

function imagesText(count: Exact): string {
  return count === 1 ? '1 image' : `${toGrouped(count)} images`;
}

/** The line; with its file where that is not the model's own. */
function shortPlace(span: Span, own: Span | undefined): string {
  const { line } = positionOf(span.source, span.start);
  return span.source === own?.source ? String(line) : placeText(span).replace(/:\d+$/, '');
}
