import type { Node } from '../../ir/graph.js';
import type { Held, Source, Stage } from './stage.js';

/** The gradients that are there, by the tensor that they are of. */
export type Gradients = Map<number, Held>;

/** One step of the way back: an operation, or a stretch of layers that is computed once more. */
export type Entry =
  | {
      readonly kind: 'operation';
      readonly node: Node | undefined;
      readonly output: number;
      readonly sources: readonly Source[];
    }
  | { readonly kind: 'again'; readonly goBack: (found: Gradients) => void };

/** The executor's tape with memory in place of values. */
export interface RehearsedTape {
  /** Gradients flow to these. */
  readonly leaves: Set<number>;
  /** What gradients flow through so far; a tensor on the way from a leaf. */
  readonly followed: Set<number>;
  /** Where operations are noted; nowhere where they are to be computed once more. */
  entries: Entry[] | undefined;
}

/** Notes an operation where gradients flow to one of its sources, and holds what the way back to these reads. */
export function note(stage: Stage, tape: RehearsedTape, output: Held, sources: readonly Source[]): void {
  const kept = sources.filter(({ of }) => tape.followed.has(of.id));
  if (kept.length === 0) return;
  tape.followed.add(output.id);
  tape.entries?.push({
    kind: 'operation',
    node: stage.here(),
    output: output.id,
    sources: kept.map((source) => ({ ...source, needs: source.needs.map((one) => keep(stage, one)) })),
  });
}

/** Goes back over the entries, from the last to the first. */
export function wayBack(stage: Stage, tape: RehearsedTape, entries: Entry[], found: Gradients): void {
  for (let entry = entries.pop(); entry !== undefined; entry = entries.pop()) {
    if (entry.kind === 'again') entry.goBack(found);
    else goBack(stage, tape, entry, found);
  }
}

/** Holds a tensor for the way back. */
export function keep(stage: Stage, x: Held): Held {
  x.data.kept += 1;
  x.data.keeps += 1;
  return stage.alias(x);
}

/** Ends what was held for the way back. */
export function release(stage: Stage, x: Held): void {
  x.data.kept -= 1;
  stage.end(x);
}

function goBack(
  stage: Stage,
  { leaves }: RehearsedTape,
  { node, output, sources }: Extract<Entry, { kind: 'operation' }>,
  found: Gradients,
): void {
  stage.enter(node);
  const dy = found.get(output);
  for (const { of, needs, gradient } of sources) {
    const taken = dy && gradient(dy);
    for (const one of needs) release(stage, one);
    if (taken !== undefined) found.set(of.id, together(taken, found.get(of.id)));
    const sum = found.get(of.id);
    if (sum !== undefined && leaves.has(of.id)) sum.data.isGradient = true;
  }
  if (dy === undefined || leaves.has(output)) return;
  found.delete(output);
  stage.end(dy);

  function together(taken: Held, before: Held | undefined): Held {
    if (before === undefined) return taken;
    const sum = stage.make(taken.data.amount);
    stage.end(before);
    stage.end(taken);
    return sum;
  }
}
