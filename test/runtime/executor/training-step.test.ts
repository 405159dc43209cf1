import { memory, mul, ones, sub, tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluate } from '../../../src/runtime/executor/evaluate.js';
import { planExecution } from '../../../src/runtime/executor/plan.js';
import { lossAndGradients } from '../../../src/runtime/executor/training-step.js';
import type {
  ExecutionPlan,
  OutputLoss,
  StepResult,
  Tensors,
  TrainingFeed,
} from '../../../src/runtime/executor/types.js';
import { enginesUnderTest, open } from '../engines.js';
import { mostHeldBytes } from '../held-bytes.js';
import { random } from '../kernels/call.js';
import { modelOf } from '../models.js';

const crossentropy: OutputLoss = { kind: 'crossentropy', smoothing: 0 };

describe.each(enginesUnderTest)('a training step on %s', (engine) => {
  beforeAll(() => open(engine));

  it('gives the loss and the gradients of a softmax of two features', () => {
    const plan = planOf('input [2]; dense 2 softmax');
    // The logits are 0 and ln 3: the shares are 1/4 and 3/4, and the target is the first.
    const feed = feedOf(plan, {
      input: [[Math.log(3), 0]],
      weights: {
        'dense1.kernel': [
          [0, 1],
          [5, 7],
        ],
        'dense1.bias': [0, 0],
      },
      target: classes(0),
    });
    const { loss, outputs, gradients } = step(plan, feed);
    expect(loss).toBeCloseTo(Math.log(4), 5);
    expect(outputs).toEqual([{ name: 'output', loss, count: 1, correct: 0 }]);
    expectValues(gradients, 'dense1.bias', [-0.75, 0.75]);
    expectValues(gradients, 'dense1.kernel', [-0.75 * Math.log(3), 0.75 * Math.log(3), 0, 0]);
    disposeAll(gradients);
  });

  it('takes shares as targets like class numbers', () => {
    const plan = planOf('input [3]; dense 3 softmax');
    const numbers = step(plan, randomFeed(plan, classes(2, 0)));
    const shares = step(
      plan,
      randomFeed(
        plan,
        tensor(
          [
            [0, 0, 1],
            [1, 0, 0],
          ],
          [2, 3],
          'float32',
        ),
      ),
    );
    expect(shares.loss).toBeCloseTo(numbers.loss, 6);
    expect(shares.outputs[0]?.correct).toBe(numbers.outputs[0]?.correct);
    disposeAll(numbers.gradients, shares.gradients);
  });

  it('counts a target for each pixel where each has a class', () => {
    const plan = planOf('input 2x3x2; conv 4 1x1 softmax');
    const target = tensor([0, 1, 2, 3, 0, 1], [1, 2, 3], 'int32');
    const { outputs, gradients } = step(plan, randomFeed(plan, target, 1));
    expect(outputs[0]?.count).toBe(6);
    disposeAll(gradients);
  });

  it('holds of the way forward only what gradients read', () => {
    const plan = planOf(
      'input 16x16x1; conv 4 1x1 bias=false; bn; relu; conv 4 1x1 bias=false; gap; softmax',
    );
    const most = mostHeldBytes(() => {
      disposeAll(step(plan, randomFeed(plan, classes(0, 1))).gradients);
    });
    const [tensorOfOne, image] = [2 * 4 * 16 * 16 * 4, 2 * 4 * 16 * 16];
    // The image, the standardised values and relu's result are kept; in relu's gradient three more tensors are there.
    // TensorFlow's native library computes some gradients by several operations, whose results come on top.
    const tensors = engine === 'node' ? 9 : 5;
    expect(most).toBeGreaterThan(image + 5 * tensorOfOne);
    expect(most).toBeLessThan(image + (tensors + 0.2) * tensorOfOne);
  });

  it('adds the penalties of weights to the loss', () => {
    const plan = planOf('input [1]; dense 1 bias=false l1=0.5 l2=0.25');
    const feed = feedOf(plan, {
      input: [[0]],
      weights: { 'dense1.kernel': [[-2]] },
      target: tensor([[3]]),
      loss: { kind: 'squared' },
    });
    const { loss, outputs, gradients } = step(plan, feed);
    expect(outputs[0]?.loss).toBe(9);
    expect(loss).toBe(9 + 0.5 * 2 + 0.25 * 4);
    expectValues(gradients, 'dense1.kernel', [-0.5 + 2 * 0.25 * -2]);
    disposeAll(gradients);
  });

  it('weighs outputs, and trains only those that have a target', () => {
    const plan = planOf(`input [2]; dense 2 as first; relu
      from first { dense 3 softmax -> output side weight=0.25 training }
      dense 2 softmax -> output main`);
    const main = randomFeed(plan, classes(1, 0), 2, 'main');
    const alone = lossAndGradients(plan, main);
    expect(alone.outputs.map(({ name }) => name)).toEqual(['main']);
    expectValues(alone.gradients, 'dense2.kernel', [0, 0, 0, 0, 0, 0]);

    const side = classes(2, 1);
    const both = lossAndGradients(plan, {
      ...main,
      targets: new Map([...main.targets, ['side', side]]),
      losses: new Map([...main.losses, ['side', crossentropy]]),
    });
    const ofSide = both.outputs.find(({ name }) => name === 'side')?.loss ?? Number.NaN;
    const ofMain = both.outputs.find(({ name }) => name === 'main')?.loss ?? Number.NaN;
    expect(both.loss).toBeCloseTo(ofMain + 0.25 * ofSide, 5);
    expect(ofMain).toBeCloseTo(alone.loss, 6);
    disposeAll(
      alone.gradients,
      both.gradients,
      main.inputs,
      main.weights,
      main.targets,
      new Map([['side', side]]),
    );
  });

  it('gives frozen weights no gradient, and frozen statistics no new values', () => {
    const plan = planOf('input [2]; dense 2; bn; dense 2 softmax');
    const frozen = new Set(['dense1.kernel', 'bn1.moving_mean', 'bn1.moving_variance']);
    const { gradients, updates } = step(plan, { ...randomFeed(plan, classes(1, 0)), frozen });
    expect([...gradients.keys()]).toEqual([
      'dense1.bias',
      'bn1.gamma',
      'bn1.beta',
      'dense2.kernel',
      'dense2.bias',
    ]);
    expect([...updates.keys()]).toEqual([]);
    disposeAll(gradients);
  });

  it('moves the statistics of batch norm by the mean and the biased variance of the batch', () => {
    const plan = planOf('input [1]; bn momentum=0.75; dense 1');
    const feed = feedOf(plan, {
      input: [[1], [3]],
      weights: {
        'bn1.gamma': [1],
        'bn1.beta': [0],
        'bn1.moving_mean': [10],
        'bn1.moving_variance': [5],
        'dense1.kernel': [[1]],
        'dense1.bias': [0],
      },
      target: tensor([[0], [0]]),
      loss: { kind: 'squared' },
    });
    const { updates, gradients } = step(plan, feed);
    expectValues(updates, 'bn1.moving_mean', [0.75 * 10 + 0.25 * 2]);
    expectValues(updates, 'bn1.moving_variance', [0.75 * 5 + 0.25 * 1]);
    disposeAll(updates, gradients);
  });

  it('drops the same values for the same seed and step, and others for another', () => {
    const plan = planOf('input [64]; dropout 50%; dense 1 bias=false');
    const gradientFor = (seed: number, number: number): string => {
      const feed = feedOf(plan, {
        input: [Array<number>(64).fill(1)],
        weights: { 'dense1.kernel': Array.from({ length: 64 }, () => [0]) },
        target: tensor([[1]]),
        loss: { kind: 'squared' },
      });
      const { gradients } = step(plan, { ...feed, seed, step: number });
      const values = [...(gradients.get('dense1.kernel')?.dataSync<'float32'>() ?? [])];
      disposeAll(gradients);
      // What is kept is doubled; the slope of the squared error at 0 is -2.
      expect(values.every((value) => value === 0 || value === -4)).toBe(true);
      return values.join();
    };
    expect(gradientFor(7, 3)).toBe(gradientFor(7, 3));
    const drawn = [gradientFor(7, 3), gradientFor(7, 4), gradientFor(8, 3)];
    expect(new Set(drawn).size).toBe(3);
  });

  it('keeps about as many values as it should, with their sum', () => {
    const plan = planOf('input [10_000]; dropout 30%; dense 1 bias=false');
    const feed = feedOf(plan, {
      input: [Array<number>(10_000).fill(1)],
      weights: { 'dense1.kernel': Array.from({ length: 10_000 }, () => [1]) },
      target: tensor([[0]]),
      loss: { kind: 'squared' },
    });
    const { loss, gradients } = step(plan, feed);
    expect(Math.sqrt(loss) / 10_000).toBeCloseTo(1, 1);
    const kept = (gradients.get('dense1.kernel')?.dataSync<'float32'>() ?? []).filter((value) => value !== 0);
    expect(kept.length / 10_000).toBeCloseTo(0.7, 1);
    disposeAll(gradients);
  });

  it('lowers the loss step by step', () => {
    const plan = planOf('input 6x6x1; conv 4 3x3 relu; bn; pool max 2x2; flatten; dense 3 softmax');
    const feed = randomFeed(plan, classes(0, 1, 2, 0, 1, 2), 6);
    const weights = new Map(feed.weights);
    const losses = Array.from({ length: 30 }, (_, number) => {
      const { loss, gradients, updates } = lossAndGradients(plan, { ...feed, weights, step: number });
      for (const [name, gradient] of gradients) {
        const old = weights.get(name);
        if (old !== undefined)
          weights.set(
            name,
            tidy(() => sub(old, mul(gradient, 0.2))),
          );
      }
      disposeAll(gradients, updates);
      return loss;
    });
    expect(losses.at(-1)).toBeLessThan(0.5 * (losses[0] ?? 0));
    disposeAll(feed.inputs, feed.targets, feed.weights, weights);
  });

  it('leaves nothing over after an error, wherever it comes', () => {
    const plan = planOf('input 4x4x1; conv 2 3x3 relu; bn; flatten; dense 3 softmax');
    const feed = randomFeed(plan, classes(0, 1));
    const before = memory().numTensors;
    const without = (name: string): Tensors => new Map([...feed.weights].filter(([path]) => path !== name));
    expect(() => lossAndGradients(plan, { ...feed, weights: without('dense1.bias') })).toThrow('dense1.bias');
    expect(() => lossAndGradients(plan, { ...feed, weights: without('bn1.moving_mean') })).toThrow(
      'bn1.moving_mean',
    );
    expect(() => lossAndGradients(plan, { ...feed, targets: new Map() })).toThrow('no output has both');
    const misfit = new Map([['output', ones([2, 5])]]);
    expect(() => lossAndGradients(plan, { ...feed, targets: misfit })).toThrow();
    disposeAll(misfit);
    expect(memory().numTensors).toBe(before);
    disposeAll(feed.inputs, feed.targets, feed.weights);
  });

  it('evaluates with the statistics, without dropout, and without penalties', () => {
    const plan = planOf('input [2]; bn; dropout 90%; dense 2 softmax l2=100');
    const feed = feedOf(plan, {
      input: [
        [4, 0],
        [0, 4],
      ],
      weights: {
        'bn1.gamma': [1, 1],
        'bn1.beta': [0, 0],
        'bn1.moving_mean': [0, 0],
        'bn1.moving_variance': [1, 1],
        'dense1.kernel': [
          [1, 0],
          [0, 1],
        ],
        'dense1.bias': [0, 0],
      },
      target: classes(0, 0),
    });
    const before = memory().numTensors;
    const { loss, outputs } = evaluate(plan, feed);
    const scaled = 4 / Math.sqrt(1.001);
    expect(loss).toBeCloseTo((Math.log(1 + Math.exp(-scaled)) + Math.log(1 + Math.exp(scaled))) / 2, 5);
    expect(outputs).toEqual([{ name: 'output', loss, count: 2, correct: 1 }]);
    expect(memory().numTensors).toBe(before);
    disposeAll(feed.inputs, feed.targets, feed.weights);
  });
});

function planOf(layers: string): ExecutionPlan {
  return planExecution(modelOf(`model M { ${layers} }`).graph);
}

function classes(...numbers: readonly number[]): Tensor {
  return tensor([...numbers], [numbers.length], 'int32');
}

/** What a test says of a step, with one input and one output. */
interface Given {
  readonly input: number[][];
  readonly weights: Readonly<Record<string, number[] | number[][]>>;
  readonly target: Tensor;
  readonly loss?: OutputLoss;
}

function feedOf(plan: ExecutionPlan, { input, weights, target, loss = crossentropy }: Given): TrainingFeed {
  const [output] = plan.outputs;
  return {
    inputs: new Map([['input', tensor(input)]]),
    weights: new Map(Object.entries(weights).map(([name, values]) => [name, tensor(values)])),
    targets: new Map([[output?.name ?? '', target]]),
    losses: new Map([[output?.name ?? '', loss]]),
    seed: 1,
    step: 1,
  };
}

/** A feed of random numbers; variances are positive. */
function randomFeed(plan: ExecutionPlan, target: Tensor, batch = 2, output = 'output'): TrainingFeed {
  const [input] = plan.graph.nodes;
  const shape = [batch, ...(input?.shape.map(Number) ?? [])];
  const weights = plan.weights.map(({ name, shape: sizes }, place): [string, Tensor] => [
    name,
    tensor(random(sizes, place + 5, name.endsWith('moving_variance') ? 2 : 0).values, [...sizes]),
  ]);
  return {
    inputs: new Map([['input', tensor(random(shape, 3).values, shape)]]),
    weights: new Map(weights),
    targets: new Map([[output, target]]),
    losses: new Map([[output, crossentropy]]),
    seed: 1,
    step: 1,
  };
}

/** Takes a step and ends what it was fed with; only what it gives may be left over. */
function step(plan: ExecutionPlan, feed: TrainingFeed): StepResult {
  const before = memory().numTensors;
  const result = lossAndGradients(plan, feed);
  expect(memory().numTensors - before).toBe(result.gradients.size + result.updates.size);
  disposeAll(feed.inputs, feed.weights, feed.targets);
  return result;
}

function expectValues(tensors: Tensors, name: string, expected: readonly number[]): void {
  const values = [...(tensors.get(name)?.dataSync<'float32'>() ?? [])];
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, place) => {
    expect(values[place]).toBeCloseTo(value, 5);
  });
}

function disposeAll(...maps: readonly Tensors[]): void {
  for (const tensors of maps) for (const each of tensors.values()) each.dispose();
}
