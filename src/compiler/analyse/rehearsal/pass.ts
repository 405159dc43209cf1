import { inputShapes, nodeAt, type NodeOf } from '../../ir/graph.js';
import type { OpKind } from '../../ops/registry.js';
import { there, type Call } from './call.js';
import { rehearsals } from './layers.js';
import type { Scene } from './scene.js';
import type { Held } from './stage.js';

/** One way forward over some or all layers. */
export interface Pass {
  /** The results that are still to be read, by their nodes. */
  readonly values: Map<number, Held>;
  /** False where the statistics have moved already. */
  readonly movesStatistics: boolean;
}

/** Runs one layer, and ends what it was the last to read. */
export function runNode(scene: Scene, pass: Pass, id: number): void {
  const { graph, stage, needed } = scene;
  if (needed[id] === 0) return;
  const node = nodeAt(graph, id);
  stage.enter(node);
  pass.values.set(id, compute(node, scene, pass));
  endReads(scene, pass, id);
}

/** Ends what a layer was the last to read. */
function endReads({ stage, ends }: Scene, { values }: Pass, id: number): void {
  for (const read of ends.get(id) ?? []) {
    const held = values.get(read);
    if (held !== undefined) stage.end(held);
    values.delete(read);
  }
}

function compute<K extends OpKind>(node: NodeOf<K>, scene: Scene, pass: Pass): Held {
  const { graph, stage, each, once, weightOf, images } = scene;
  const { id, kind, inputs } = node;
  const call: Call<K> = {
    stage,
    node,
    inputs: kind === 'input' ? [there(images.get(id))] : inputs.map((input) => there(pass.values.get(input))),
    shapes: inputShapes(graph, nodeAt(graph, id)),
    weight: (name) => weightOf(nodeAt(graph, id), name),
    each,
    once,
    release() {
      endReads(scene, pass, id);
    },
    update(amount) {
      // It stays until the step is done.
      if (pass.movesStatistics) stage.make(amount);
    },
  };
  return rehearsals[kind](call);
}
