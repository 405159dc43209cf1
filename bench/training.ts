import { mul, setBackend, sub, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { compile } from '../src/compiler/compile.js';
import type { Graph } from '../src/compiler/ir/graph.js';
import { makeSource } from '../src/diagnostics/source.js';
import { planExecution } from '../src/runtime/executor/plan.js';
import { lossAndGradients } from '../src/runtime/executor/training-step.js';
import { openEngineInNode } from '../src/runtime/node/open-engine.js';
import { initialWeights } from '../src/runtime/weights/initial-weights.js';
import { medianMilliseconds, medianRatio, type Effort, type Row } from './measure.js';

/** How fast models train on WebAssembly, one thread: against tfjs-layers on plain JavaScript, and in images a second. */
export async function training({ smoke }: Effort): Promise<readonly Row[]> {
  const sizes: Sizes = smoke ? { image: 12, first: 4, second: 8 } : { image: 28, first: 64, second: 128 };
  const batch = smoke ? 2 : 32;
  for (const name of ['cpu', 'wasm'] as const) {
    const opened = await openEngineInNode(name);
    if (!opened.ok) throw new Error(opened.problems.map(({ message }) => message).join('\n'));
  }
  const ours = stepper(graphOf(twoConvolutions(sizes)), batch);
  await medianMilliseconds(ours, 1, smoke ? 1 : 5);
  await setBackend('cpu');
  const theirs = stepperInLayers(sizes, batch);
  const ratio = await medianRatio(
    async () => {
      await setBackend('cpu');
      await theirs();
    },
    async () => {
      await setBackend('wasm');
      ours();
    },
    // One pair: a step on plain JavaScript takes a minute.
    1,
  );
  await setBackend('wasm');
  const lenet = stepper(graphOf(lenet5), 64);
  const milliseconds = await medianMilliseconds(lenet, smoke ? 1 : 100, smoke ? 0 : 20);
  return [
    {
      what: `a step of two convolutions, batch ${String(batch)}, against tfjs-layers on cpu`,
      value: `${ratio.toFixed(0)}x faster`,
      ...(smoke ? {} : { target: '400x' }),
    },
    { what: 'a step of LeNet-5, batch 64', value: `${milliseconds.toFixed(1)} ms` },
  ];
}

/** The sizes of the network of two convolutions. */
interface Sizes {
  readonly image: number;
  readonly first: number;
  readonly second: number;
}

function twoConvolutions({ image, first, second }: Sizes): string {
  return `model M {
    input ${String(image)}x${String(image)}x1
    conv ${String(first)} 7x7 same relu -> pool max 2x2
    conv ${String(second)} 3x3 same relu -> pool max 2x2
    flatten -> dense 10 softmax
  }`;
}

const lenet5 = `model M {
  input 32x32x1
  conv 6 5x5 tanh -> pool avg 2x2
  conv 16 5x5 tanh -> pool avg 2x2
  conv 120 5x5 tanh -> flatten
  dense 84 tanh -> dense 10 softmax
}`;

function graphOf(text: string): Graph {
  const { models, diagnostics } = compile(makeSource('bench.cnn', text));
  const graph = models[0]?.graph;
  if (graph === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return graph;
}

/** A function that takes a step of gradient descent with our executor, on the engine in use. */
function stepper(graph: Graph, batch: number): () => void {
  const plan = planExecution(graph);
  const weights = new Map(
    [...initialWeights(graph, 1)].map(([name, { values, shape }]) => [name, tensor(values, [...shape])]),
  );
  const shape = [batch, ...(graph.nodes[0]?.shape.map(Number) ?? [])];
  const feed = {
    inputs: new Map([['input', tensor(pixels(shape), shape)]]),
    targets: new Map([['output', tensor(classes(batch), [batch], 'int32')]]),
    losses: new Map([['output', { kind: 'crossentropy', smoothing: 0 } as const]]),
    seed: 1,
    step: 1,
  };
  return () => {
    const { gradients } = lossAndGradients(plan, { ...feed, weights });
    for (const [name, gradient] of gradients) {
      const before = weights.get(name);
      if (before !== undefined) weights.set(name, moved(before, gradient));
      before?.dispose();
      gradient.dispose();
    }
  };
}

function moved(weight: Tensor, gradient: Tensor): Tensor {
  return tidy(() => sub(weight, mul(gradient, 0.01)));
}

/** The same with tfjs-layers, as one would write it there. */
function stepperInLayers(sizes: Sizes, batch: number): () => Promise<void> {
  const model = layersModel(sizes);
  model.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
  const shape = [batch, sizes.image, sizes.image, 1];
  const images = tensor(pixels(shape), shape);
  const targets = tensor(classes(batch), [batch, 1], 'float32');
  return async () => {
    await model.trainOnBatch(images, targets);
  };
}

function layersModel({ image, first, second }: Sizes): Sequential {
  const { conv2d, maxPooling2d, flatten, dense } = layers;
  const same = { padding: 'same', activation: 'relu' } as const;
  return sequential({
    layers: [
      conv2d({ filters: first, kernelSize: 7, inputShape: [image, image, 1], ...same }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ filters: second, kernelSize: 3, ...same }),
      maxPooling2d({ poolSize: 2 }),
      flatten(),
      dense({ units: 10, activation: 'softmax' }),
    ],
  });
}

function pixels(shape: readonly number[]): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1);
  return Float32Array.from({ length: count }, (_, place) => ((place * 37) % 101) / 101);
}

function classes(batch: number): number[] {
  return Array.from({ length: batch }, (_, place) => place % 10);
}
