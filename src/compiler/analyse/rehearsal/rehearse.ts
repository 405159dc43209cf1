import type { Graph } from '../../ir/graph.js';
import type { DType } from '../bytes.js';
import { runAgainLater, stretchesOf } from './again.js';
import { none } from './amount.js';
import { takeLoss } from './loss.js';
import { forMoment, needing } from './operations.js';
import { runNode, type Pass } from './pass.js';
import { openScene, type Scene } from './scene.js';
import type { Held, Watch } from './stage.js';
import { wayBack, type Entry } from './tape.js';

/** How a step is rehearsed. */
export interface RehearsalOptions {
  readonly dtype: DType;
  /** Whether only what crosses the borders of blocks is kept, and the inside of each is computed once more on the way back. */
  readonly recompute: boolean;
  readonly watch: Watch;
}

/**
 * Goes through one step of a training as the executor does, and holds memory as it does, without a value: forward, the
 * losses, and back. Weights are there all the time and not part of it.
 */
export function rehearse(graph: Graph, options: RehearsalOptions): void {
  const scene = openScene(graph, options.dtype, options.watch);
  const { stage, tape, weights, images, targets } = scene;
  const entries: Entry[] = [];
  tape.entries = entries;
  const penalties = penalise(scene);
  const pass: Pass = { values: new Map(), movesStatistics: true };
  for (const stretch of stretchesOf(graph, options.recompute)) {
    if (stretch.isComputedAgain) runAgainLater(scene, pass, stretch.nodes);
    else for (const id of stretch.nodes) runNode(scene, pass, id);
  }
  stage.enter(undefined);
  const losses = graph.outputs.map(({ node }) => takeLoss(scene, pass.values, node));
  for (const held of [...pass.values.values(), ...losses.flatMap(({ lying }) => lying)]) stage.end(held);
  const scalars = [...losses.map(({ loss }) => loss), ...penalties];
  const found = new Map(scalars.map(({ id }) => [id, stage.make(none)]));
  wayBack(stage, tape, entries, found);
  stage.enter(undefined);
  for (const { held, isTrained } of weights) {
    // What the loss doesn't depend on has a gradient of zeros.
    if (isTrained && !found.has(held.id)) stage.make(held.data.amount).data.isGradient = true;
  }
  for (const held of [...images.values(), ...targets]) stage.end(held);
}

/** Notes the penalties on weights, each a scalar; as the first on the tape their gradients come last. */
function penalise({ stage, weights }: Scene): readonly Held[] {
  return weights.flatMap(({ held, isPenalised }) => {
    if (!isPenalised) return [];
    const { amount } = held.data;
    forMoment(stage, amount);
    const value = stage.make(none);
    stage.record(value, [needing(stage, held, [held], [amount, amount])]);
    return [value];
  });
}
