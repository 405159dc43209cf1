import { nodeAt, type Graph } from '../../ir/graph.js';
import { runNode, type Pass } from './pass.js';
import type { Scene } from './scene.js';
import type { Held } from './stage.js';
import { keep, release, wayBack, type Entry, type Gradients } from './tape.js';

/** Layers one after the other, by their ids. */
export interface Stretch {
  readonly nodes: readonly number[];
  /** Whether nothing of its inside is kept, and it is computed once more on the way back. */
  readonly isComputedAgain: boolean;
}

/** The layers in their order; where blocks are to be computed once more, each call in the model's own lines by itself. */
export function stretchesOf({ nodes, scopes }: Graph, recompute: boolean): readonly Stretch[] {
  const ids = nodes.map(({ id }) => id);
  if (!recompute) return [{ nodes: ids, isComputedAgain: false }];
  const stretches: Stretch[] = [];
  let done = 0;
  for (const { parent, first, end } of scopes) {
    if (parent !== 0 || first === end) continue;
    stretches.push({ nodes: ids.slice(done, first), isComputedAgain: false });
    stretches.push({ nodes: ids.slice(first, end), isComputedAgain: true });
    done = end;
  }
  return [...stretches, { nodes: ids.slice(done), isComputedAgain: false }];
}

/** Runs layers without keeping anything but what they read from outside, from which the way back computes them again. */
export function runAgainLater(scene: Scene, pass: Pass, nodes: readonly number[]): void {
  const { graph, stage, tape } = scene;
  const inside = new Set(nodes);
  const read = new Set(nodes.flatMap((id) => nodeAt(graph, id).inputs.filter((input) => !inside.has(input))));
  const outer = new Map<number, Held>();
  for (const id of read) {
    const held = pass.values.get(id);
    if (held !== undefined) outer.set(id, held);
  }
  const kept = [...outer.values()].map((held) => keep(stage, held));
  const { entries } = tape;
  tape.entries = undefined;
  for (const id of nodes) runNode(scene, pass, id);
  tape.entries = entries;
  const results = nodes.flatMap((id): (readonly [number, Held])[] => {
    const held = pass.values.get(id);
    return held === undefined ? [] : [[id, held]];
  });
  if (!results.some(([, { id }]) => tape.followed.has(id))) {
    for (const held of kept) release(stage, held);
    return;
  }
  entries?.push({
    kind: 'again',
    goBack(found) {
      computeAgain(scene, { nodes, outer, results }, found);
      for (const held of kept) release(stage, held);
    },
  });
}

interface Again {
  readonly nodes: readonly number[];
  /** What is read from outside, under the handles of the way forward. */
  readonly outer: ReadonlyMap<number, Held>;
  /** What is read outside, by the handles of the way forward. */
  readonly results: readonly (readonly [number, Held])[];
}

function computeAgain(scene: Scene, { nodes, outer, results }: Again, found: Gradients): void {
  const { stage, tape } = scene;
  const inner: Entry[] = [];
  const { entries } = tape;
  tape.entries = inner;
  // A handle of its own for each, so that ending it leaves what is kept alone; gradients find it by its old number.
  const values = new Map([...outer].map(([id, held]) => [id, { ...stage.alias(held), id: held.id }]));
  const again: Pass = { values, movesStatistics: false };
  for (const id of nodes) runNode(scene, again, id);
  tape.entries = entries;
  for (const [id, before] of results) {
    const gradient = found.get(before.id);
    const now = values.get(id);
    found.delete(before.id);
    if (gradient !== undefined && now !== undefined) found.set(now.id, gradient);
  }
  for (const held of values.values()) stage.end(held);
  wayBack(stage, tape, inner, found);
}
