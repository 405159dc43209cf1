import { tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { Call, Training } from '../../backends/tfjs-core/lowering.js';
import { lowerings } from '../../backends/tfjs-core/lowerings.js';
import type { Tape } from '../../backends/tfjs-core/tape.js';
import { nodeAt, type Graph, type Node, type NodeOf } from '../../compiler/ir/graph.js';
import type { OpKind } from '../../compiler/ops/registry.js';
import { sizesFrom, type SizeOf } from './sizes.js';
import type { Feed, PlannedStep, Tensors } from './types.js';

/** What a pass in training has beyond the feed. */
export interface TrainingPass {
  readonly tape: Tape;
  /** Weights that the pass has moved already: a layer that shares them goes on from there. */
  readonly updates: Tensors;
  trainingOf(node: Pick<Node, 'path' | 'weights'>, names: PlannedStep['weights']): Training;
}

/**
 * Computes the steps in order and gives the tensors that are left, by their nodes' ids. To be called within a tidy, which
 * frees them also after an error.
 */
export function forward(
  graph: Graph,
  steps: readonly PlannedStep[],
  feed: Feed,
  pass?: TrainingPass,
): ReadonlyMap<number, Tensor> {
  const sizeOf = sizesFrom(graph, feed.inputs);
  const values = new Map<number, Tensor>();
  for (const step of steps) {
    const node = nodeAt(graph, step.node);
    values.set(
      node.id,
      tidy(() => compute(node, step, { values, feed, sizeOf, pass })),
    );
    for (const id of step.lastReads) {
      values.get(id)?.dispose();
      values.delete(id);
    }
  }
  return values;
}

interface Surroundings {
  readonly values: ReadonlyMap<number, Tensor>;
  readonly feed: Feed;
  readonly sizeOf: SizeOf;
  readonly pass: TrainingPass | undefined;
}

function compute<K extends OpKind>(
  node: NodeOf<K>,
  { weights, lastReads }: PlannedStep,
  { values, feed, sizeOf, pass }: Surroundings,
): Tensor {
  const find = (name: string): Tensor | undefined => {
    const place = node.weights.findIndex((weight) => weight.name === name);
    const fullName = weights[place];
    if (fullName === undefined) return undefined;
    return pass?.updates.get(fullName) ?? tensorOf(fullName, feed.weights, 'weights');
  };
  const call: Call<K> = {
    args: node.args,
    inputs:
      node.kind === 'input'
        ? [tensorOf(node.path, feed.inputs, 'inputs')]
        : node.inputs.map((id) => valueOf(id, values)),
    release: () => {
      for (const id of lastReads) values.get(id)?.dispose();
      if (node.kind === 'input' && feed.handsInputsOver === true) feed.inputs.get(node.path)?.dispose();
    },
    shape: node.shape.map(sizeOf),
    weight(name) {
      const weight = find(name);
      if (weight === undefined) throw new Error(`\`${node.path}\` has no weight \`${name}\``);
      return weight;
    },
    optionalWeight: find,
    size: sizeOf,
    tape: pass?.tape,
    training: pass?.trainingOf(node, weights),
  };
  return lowerings[node.kind](call);
}

function valueOf(id: number, values: ReadonlyMap<number, Tensor>): Tensor {
  const value = values.get(id);
  if (value === undefined) throw new Error(`node ${String(id)} was read before it ran or after it ended`);
  return value;
}

function tensorOf(name: string, tensors: Tensors, what: 'weights' | 'inputs'): Tensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new Error(`\`${name}\` is not among the ${what}`);
  return tensor;
}
