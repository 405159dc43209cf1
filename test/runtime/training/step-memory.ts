import { tensor, zeros, type Tensor } from '@tensorflow/tfjs-core';
import { nodeAt, type Graph, type Output } from '../../../src/compiler/ir/graph.js';
import { toNumber } from '../../../src/compiler/values/exact.js';
import { planExecution } from '../../../src/runtime/executor/plan.js';
import { lossAndGradients } from '../../../src/runtime/executor/training-step.js';
import type { OutputLoss } from '../../../src/runtime/executor/types.js';
import { outputForm } from '../../../src/runtime/training/output-form.js';
import { mostHeldBytes } from '../held-bytes.js';

/** The most bytes that a step of a training holds on the engine in use, its weights and its batch included. */
export function heldByStep(graph: Graph, batch: number): number {
  const plan = planExecution(graph);
  return mostHeldBytes(() => {
    const weights = new Map(plan.weights.map(({ name, shape }) => [name, filled(shape)]));
    const inputs = new Map(
      graph.inputs.map((id) => [nodeAt(graph, id).path, filled([batch, ...sizesOf(graph, id)])]),
    );
    const targets = targetsOf(graph, batch);
    const { gradients, updates } = lossAndGradients(plan, {
      inputs,
      weights,
      targets,
      losses: new Map(graph.outputs.map((output) => [output.name, lossOf(graph, output)])),
      seed: 1,
      step: 1,
    });
    const all = [weights, inputs, targets, gradients, updates];
    for (const tensors of all) for (const each of tensors.values()) each.dispose();
  });
}

function lossOf(graph: Graph, output: Output): OutputLoss {
  const { kind } = nodeAt(graph, output.node);
  if (kind === 'sigmoid') return { kind: 'binary', smoothing: 0 };
  const form = outputForm(graph, output);
  if (form === 'activation') return { kind: 'squared' };
  return { kind: 'crossentropy', smoothing: 0, of: form };
}

/** A target for each output; those that are alike share one. */
function targetsOf(graph: Graph, batch: number): ReadonlyMap<string, Tensor> {
  const made = new Map<string, Tensor>();
  return new Map(
    graph.outputs.map((output) => {
      const key = `${lossOf(graph, output).kind} ${sizesOf(graph, output.node).join()}`;
      const target = made.get(key) ?? targetOf(graph, output, batch);
      made.set(key, target);
      return [output.name, target];
    }),
  );
}

/** Classes, or values where the loss is that of squared differences. */
function targetOf(graph: Graph, output: Output, batch: number): Tensor {
  const shape = [batch, ...sizesOf(graph, output.node)];
  if (lossOf(graph, output).kind === 'squared') return filled(shape);
  return zeros(shape.slice(0, -1), 'int32');
}

function sizesOf(graph: Graph, id: number): readonly number[] {
  return nodeAt(graph, id).shape.map(toNumber);
}

function filled(shape: readonly number[]): Tensor {
  const size = shape.reduce((product, each) => product * each, 1);
  return tensor(new Float32Array(size), [...shape], 'float32');
}
