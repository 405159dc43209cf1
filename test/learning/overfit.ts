import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tensor, type Tensor } from '@tensorflow/tfjs-core';
import { compile } from '../../src/compiler/compile.js';
import { nodeAt, type Graph } from '../../src/compiler/ir/graph.js';
import type { OptimizerSettings } from '../../src/compiler/training/settings.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { evaluate } from '../../src/runtime/executor/evaluate.js';
import { planExecution } from '../../src/runtime/executor/plan.js';
import { run } from '../../src/runtime/executor/run.js';
import { makeGenerator } from '../../src/runtime/random/generator.js';
import { lossOf } from '../../src/runtime/training/output-loss.js';
import { followerOf } from '../../src/runtime/training/optimizers/follower.js';
import { takeStep, type Stepper } from '../../src/runtime/training/take-step.js';
import { openStore } from '../../src/runtime/training/weight-store.js';
import { initialWeights } from '../../src/runtime/weights/initial-weights.js';

/** A model that learns one batch by heart, and what was made smaller for it. */
export interface Task {
  readonly file: string;
  readonly model: string;
  /** The size of its input, where it isn't the model's own. */
  readonly input?: string;
  readonly classes?: number;
  readonly batch: number;
  readonly optimizer: OptimizerSettings;
  readonly clip?: number;
  /** The pictures lie between plus and minus this; 2 where nothing is said. */
  readonly contrast?: number;
  readonly most: number;
}

/** The losses after each step, up to the first below the goal. */
export function overfit(task: Task, goal: number): readonly number[] {
  const graph = graphOf(task);
  const plan = planExecution(graph);
  const shapes = graph.inputs.map((id) => [task.batch, ...nodeAt(graph, id).shape.map(Number)]);
  const path = nodeAt(graph, graph.inputs[0] ?? 0).path;
  const store = openStore(initialWeights(graph, 1));
  const trained = plan.weights.filter(({ spec }) => spec.trainable);
  const isClassifier = graph.outputs.every(({ node }) => nodeAt(graph, node).shape.length === 1);
  const loss = isClassifier ? ({ kind: 'crossentropy', smoothing: 0 } as const) : ({ kind: 'mse' } as const);
  const stepper: Stepper = {
    plan,
    store,
    losses: new Map(graph.outputs.map((output) => [output.name, lossOf(loss, graph, output, undefined)])),
    frozen: new Set(),
    seed: 1,
    clip: task.clip,
    followers: new Map(
      trained.map(({ name }) => [name, followerOf(task.optimizer, store.values(name).length)]),
    ),
  };
  const inputs = new Map([[path, pictures(shapes[0] ?? [], task.contrast ?? 2)]]);
  const targets = isClassifier ? classNumbers(graph, task.batch) : ofAnother(graph, inputs);
  const losses: number[] = [];
  try {
    for (let step = 1; step <= task.most; step += 1) {
      const { loss: found } = takeStep(stepper, {
        parts: 1,
        withPart: (_place, read) => read({ inputs, targets, share: 1 }),
        step,
        rate: task.optimizer.rate,
      });
      // Without dropout, as the model is used; what batch normalisation counts slowly is not there yet by then.
      const used = evaluate(plan, { inputs, targets, losses: stepper.losses, weights: store.tensors }).loss;
      losses.push(Math.min(found, used));
      if (!(found >= goal && used >= goal)) break;
    }
  } finally {
    store.dispose();
    for (const one of [...inputs.values(), ...targets.values()]) one.dispose();
  }
  return losses;
}

function graphOf({ file, model, input, classes }: Task): Graph {
  const path = join(import.meta.dirname, '../../examples', file);
  const { models, diagnostics } = compile(makeSource(file, readFileSync(path, 'utf8')), {
    models: [model],
    ...(input === undefined ? {} : { input }),
    ...(classes === undefined ? {} : { set: new Map([['classes', String(classes)]]) }),
  });
  const graph = models[0]?.graph;
  if (graph === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return graph;
}

/** Each in a colour of its own around 0, with soft patches: 4×4 random values an image, interpolated in between. */
function pictures(
  [batch = 1, height = 1, width = 1, channels = 1]: readonly number[],
  contrast: number,
): Tensor {
  const generator = makeGenerator(2);
  const values = new Float32Array(batch * height * width * channels);
  for (let image = 0; image < batch; image += 1) {
    const colour = Array.from({ length: channels }, () => contrast * (2 * generator.uniform() - 1));
    const grid = Array.from({ length: 25 * channels }, () => contrast * (2 * generator.uniform() - 1));
    for (let place = 0; place < height * width * channels; place += 1) {
      const channel = place % channels;
      const column = (4 * (Math.floor(place / channels) % width)) / width;
      const row = (4 * Math.floor(place / channels / width)) / height;
      const at = (r: number, c: number): number => grid[(5 * r + c) * channels + channel] ?? 0;
      const [r, c] = [Math.floor(row), Math.floor(column)];
      const upper = at(r, c) * (1 - (column - c)) + at(r, c + 1) * (column - c);
      const lower = at(r + 1, c) * (1 - (column - c)) + at(r + 1, c + 1) * (column - c);
      values[image * height * width * channels + place] =
        (colour[channel] ?? 0) + (upper * (1 - (row - r)) + lower * (row - r)) / 2;
    }
  }
  return tensor(values, [batch, height, width, channels]);
}

function classNumbers(graph: Graph, batch: number): ReadonlyMap<string, Tensor> {
  const labels = Int32Array.from({ length: batch }, (_, image) => image);
  return new Map(graph.outputs.map(({ name }) => [name, tensor(labels, [batch], 'int32')]));
}

/** What the same model gives with other weights. */
function ofAnother(graph: Graph, inputs: ReadonlyMap<string, Tensor>): ReadonlyMap<string, Tensor> {
  const store = openStore(initialWeights(graph, 3));
  try {
    return run(planExecution(graph), { inputs, weights: store.tensors });
  } finally {
    store.dispose();
  }
}
