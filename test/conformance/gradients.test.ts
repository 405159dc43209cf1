import { beforeAll, describe, expect, it } from 'vitest';
import { opNames } from '../../src/compiler/ops/registry.js';
import type { Tensor } from '../interpreter/tensor.js';
import { caseText, type Case } from './case.js';
import { cases } from './cases.js';
import { engines, startEngine } from './engine.js';
import { interpretNetwork, networkOf, valueOf } from './network.js';
import { randomNumbers, randomTensor } from './random.js';
import type { Task } from './task.js';
import { mistakesIn, takeStep, type Step } from './training.js';

describe.each(engines)('a layer that trains on %s', (engine) => {
  beforeAll(() => startEngine(engine));

  it.each(opNames.filter((name) => name !== 'input'))(
    'has the gradients of what `%s` is defined to be',
    (kind) => {
      const wrong = cases
        .filter((each) => each.kind === kind)
        .flatMap((each) => {
          const task = taskOf(each);
          const step = takeStep(task);
          return mistakesIn(step, withMask(task, step)).map((mistake) => `${caseText(each)} ${mistake}`);
        });
      expect(wrong).toEqual([]);
    },
  );
});

/** Brings the layer's output near to a random target. */
function taskOf(each: Case): Task {
  const network = networkOf(each);
  const { graph, inputs, weights, layer } = network;
  const { shape } = valueOf(interpretNetwork(network), layer);
  const target = randomTensor(shape, randomNumbers(918_273_645));
  return {
    graph,
    inputs,
    weights,
    targets: new Map([[layer.path, target]]),
    losses: new Map([[layer.path, { kind: 'squared' }]]),
    options: { training: true },
  };
}

/** What dropout kept is read off the gradient by its input, which is zero exactly where a value was dropped. */
function withMask(task: Task, { gradients }: Step): Task {
  const dropoutMask = (): Tensor => {
    const gradient = gradients.get('dense1.kernel');
    if (gradient === undefined) throw new Error('nothing arrives at the layer');
    return { shape: gradient.shape, values: gradient.values.map((value) => (value === 0 ? 0 : 1)) };
  };
  return { ...task, options: { ...task.options, dropoutMask } };
}
