import { figuresOf } from '../../compiler/analyse/figures.js';
import { receptiveFieldsOf } from '../../compiler/analyse/receptive-field.js';
import type { Graph } from '../../compiler/ir/graph.js';
import { maximum, type Exact } from '../../compiler/values/exact.js';
import { rowsOf, type Row, type RowSource } from '../rows.js';
import type { MemoryReport } from './memory-report.js';

/** A line of the profile: a layer with the activations in its line, a block that is folded, or the heading of one. */
export interface ProfileRow {
  readonly row: Row;
  /** The most bytes that are taken while one of its layers runs; absent for a heading. */
  readonly bytes: Exact | undefined;
  /** Whether the peak lies in it. */
  readonly isPeak: boolean;
}

/** The lines of a profile in the order of the source; without a depth, as many levels of blocks are open as stay readable. */
export function profileRows({ graph, profile }: MemoryReport, depth?: number): readonly ProfileRow[] {
  const source: RowSource = { graph, figures: figuresOf(graph), fields: receptiveFieldsOf(graph) };
  const steps = new Int32Array(graph.nodes.length).fill(-1);
  profile.nodes.forEach(({ id }, step) => {
    steps[id] = step;
  });
  let begin = 0;
  return rowsAt(source, depth).map((row) => {
    if (row.kind === 'heading' || row.result === undefined) return { row, bytes: undefined, isPeak: false };
    const own = steps.subarray(begin, row.result.id + 1).filter((step) => step !== -1);
    begin = row.result.id + 1;
    const bytes = own.reduce<Exact>((most, step) => maximum(most, profile.bytes[step] ?? 0), 0);
    return { row, bytes, isPeak: profile.peakStep !== undefined && own.includes(profile.peakStep) };
  });
}

/** More lines than this are not looked at without scrolling. */
const readable = 60;

function rowsAt(source: RowSource, depth: number | undefined): readonly Row[] {
  if (depth !== undefined) return rowsOf(source, depth);
  let shown = rowsOf(source, 1);
  for (let open = 2; open <= deepest(source.graph); open += 1) {
    const next = rowsOf(source, open);
    if (next.length > readable) break;
    shown = next;
  }
  return shown;
}

/** How many blocks stand within each other at most, and one more: the depth at which nothing is folded. */
function deepest({ scopes }: Graph): number {
  const levels: number[] = [];
  let most = 0;
  for (const [index, { parent }] of scopes.entries()) {
    levels[index] = parent === undefined ? 1 : (levels[parent] ?? 0) + 1;
    most = Math.max(most, levels[index] ?? 0);
  }
  return most;
}
