import { beforeAll, describe, expect, it } from 'vitest';
import { net } from '../analyse/net.js';
import { tensor } from '../interpreter/tensor.js';
import { disagreement } from './agreement.js';
import { startEngine } from './engine.js';
import { randomInputs, randomWeights } from './network.js';
import { randomNumbers, randomTensor } from './random.js';
import type { Task } from './task.js';
import { mistakesIn, takeStep, type Step } from './training.js';

describe('the comparison of tensors', () => {
  const expected = tensor([2, 2], [1, -200, 3, 0]);

  it('lets pass what float32 rounds', () => {
    expect(disagreement(tensor([2, 2], [1.001, -200.001, 3, 0.0001]), expected)).toBeUndefined();
  });

  it.each([
    [[1, -200, 3.01, 0], 'has 3.01 at 2, expected 3 (largest 200)'],
    [[1, 200, 3, 0], 'has 200 at 1, expected -200 (largest 200)'],
    [[1, -200, 3, Number.NaN], 'has NaN at 3, expected 0 (largest 200)'],
  ])('reports a value that is wrong: %o', (values, mistake) => {
    expect(disagreement(tensor([2, 2], values), expected)).toBe(mistake);
  });

  it('reports another shape', () => {
    expect(disagreement(tensor([4], expected.values), expected)).toBe('is [4], expected [2, 2]');
  });
});

describe('the comparison of training steps', () => {
  let task: Task;
  let step: Step;

  beforeAll(async () => {
    await startEngine('cpu');
    const made = net();
    const convolved = made.add('conv', { filters: 2, kernel: 2 }, [made.input(3, 3, 2)]);
    const graph = made.graph(made.add('scale', {}, [made.add('bn', {}, [convolved])]));
    task = {
      graph,
      inputs: randomInputs(graph),
      weights: randomWeights(graph),
      targets: new Map([['scale1', randomTensor([3, 2, 2, 2], randomNumbers(5))]]),
      losses: new Map([['scale1', { kind: 'squared' }]]),
      options: { training: true },
    };
    step = takeStep(task);
  });

  it('lets pass a step that is right', () => {
    expect(mistakesIn(step, task)).toEqual([]);
  });

  it('reports a loss that is off by a ten-thousandth', () => {
    expect(mistakesIn({ ...step, loss: step.loss * 1.0001 }, task)).toEqual([
      expect.stringContaining('has the loss'),
    ]);
  });

  it.each(['conv1.kernel', 'scale1.factor', 'bn1.gamma'])(
    'reports a gradient of %s that is off by a thousandth',
    (name) => {
      const wrong = new Map(step.gradients);
      const { shape = [], values = [] } = step.gradients.get(name) ?? {};
      wrong.set(
        name,
        tensor(
          shape,
          Array.from(values, (value) => value * 1.001),
        ),
      );
      expect(mistakesIn({ ...step, gradients: wrong }, task)).toContainEqual(
        expect.stringContaining(`along ${name}`),
      );
    },
  );

  it('reports gradients that are missing or too many', () => {
    const fewer = new Map([...step.gradients].filter(([name]) => name !== 'bn1.beta'));
    const more = new Map([...step.gradients, ['x', tensor([1], [0])]]);
    const names = 'bn1.beta, bn1.gamma, conv1.bias, conv1.kernel, scale1.factor';
    expect(mistakesIn({ ...step, gradients: fewer }, task)).toEqual([
      `has gradients of bn1.gamma, conv1.bias, conv1.kernel, scale1.factor, expected ${names}`,
    ]);
    expect(mistakesIn({ ...step, gradients: more }, task)).toEqual([
      `has gradients of ${names}, x, expected ${names}`,
    ]);
  });

  it('reports statistics that were not moved, or that should not have been', () => {
    expect(mistakesIn({ ...step, updates: new Map() }, task)).toEqual([
      'bn1.moving_mean was not updated',
      'bn1.moving_variance was not updated',
    ]);
    const more = new Map([...step.updates, ['conv1.kernel', tensor([1], [0])]]);
    expect(mistakesIn({ ...step, updates: more }, task)).toEqual(['updates conv1.kernel']);
  });

  it('reports tensors that are left over', () => {
    expect(mistakesIn({ ...step, left: 2 }, task)).toEqual(['left 2 tensors over']);
  });
});
