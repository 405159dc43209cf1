import { tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { heldExamples } from '../../../src/runtime/data/data-set.js';
import { makeGenerator } from '../../../src/runtime/random/generator.js';
import { initialWeights, train, type TrainingOptions } from '../../../src/runtime/index.js';
import { planExecution } from '../../../src/runtime/executor/plan.js';
import { lossAndGradients } from '../../../src/runtime/executor/training-step.js';
import type { OutputLoss } from '../../../src/runtime/executor/types.js';
import { enginesUnderTest, open, usualEngine } from '../engines.js';
import { modelOf } from '../models.js';
import { toyData, toyTraining } from './toy.js';

/** Values of 5 examples and 3 classes, and their classes. */
const generator = makeGenerator(4);
const logits = Array.from({ length: 5 }, () => [0, 1, 2].map(() => 1.5 * generator.normal()));
const labels = [2, 0, 1, 1, 2];

/** The loss of one example in double precision, by its logits or shares. */
type Reference = (values: readonly number[], label: number) => number;

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
const softmax = (values: readonly number[]): readonly number[] => {
  const powers = values.map((value) => Math.exp(value));
  return powers.map((power) => power / powers.reduce((sum, one) => sum + one, 0));
};
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const answer = (place: number, label: number, smoothing: number): number =>
  (place === label ? 1 : 0) * (1 - smoothing) + smoothing / 2;
const binary = (shares: readonly number[], label: number, smoothing: number): number =>
  mean(
    shares.map((share, place) => {
      const wanted = answer(place, label, smoothing);
      return -wanted * Math.log(share) - (1 - wanted) * Math.log(1 - share);
    }),
  );
const entropy = (shares: readonly number[], label: number, smoothing: number): number =>
  shares.reduce((sum, share, place) => {
    const wanted = (place === label ? 1 : 0) * (1 - smoothing) + smoothing / 3;
    return sum - wanted * Math.log(share);
  }, 0);
const squared: Reference = (values, label) =>
  mean(values.map((value, place) => (value - (place === label ? 1 : 0)) ** 2));

const factors = [0.5, 2, 3];

const cases: readonly (readonly [string, string, OutputLoss, Reference])[] = [
  [
    'cross-entropy of logits',
    '',
    { kind: 'crossentropy', smoothing: 0.1, of: 'logits' },
    (z, y) => entropy(softmax(z), y, 0.1),
  ],
  [
    'cross-entropy behind a softmax',
    'softmax',
    { kind: 'crossentropy', smoothing: 0 },
    (z, y) => entropy(softmax(z), y, 0),
  ],
  [
    'cross-entropy of a sigmoid',
    'sigmoid',
    { kind: 'crossentropy', smoothing: 0 },
    (z, y) => entropy(z.map(sigmoid), y, 0),
  ],
  [
    'binary cross-entropy of logits',
    '',
    { kind: 'binary', smoothing: 0.2, of: 'logits' },
    (z, y) => binary(z.map(sigmoid), y, 0.2),
  ],
  [
    'binary cross-entropy behind a sigmoid',
    'sigmoid',
    { kind: 'binary', smoothing: 0 },
    (z, y) => binary(z.map(sigmoid), y, 0),
  ],
  [
    'binary cross-entropy of shares',
    'softmax',
    { kind: 'binary', smoothing: 0 },
    (z, y) => binary(softmax(z), y, 0),
  ],
  ['squared differences', '', { kind: 'squared' }, squared],
];

describe.each(enginesUnderTest)('losses on %s', (engine) => {
  beforeAll(() => open(engine));

  it.each(
    cases.flatMap(([name, ...one]) => [
      { name, one, weights: undefined },
      { name: `${name}, by classes`, one, weights: factors },
    ]),
  )(
    '$name: value and gradient are those of double precision',
    ({ one: [activation, loss, reference], weights }) => {
      const all = weights === undefined ? loss : { ...loss, classWeights: weights };
      const { value, gradient } = measured(activation, all);
      const total = (given: readonly (readonly number[])[]): number =>
        mean(
          given.map(
            (values, row) => (weights?.[labels[row] ?? 0] ?? 1) * reference(values, labels[row] ?? 0),
          ),
        );
      expect(value).toBeCloseTo(total(logits), 4);
      // The kernel is the identity; changed at [from, to] it adds to the logit `to` that much of the input `from`.
      gradient.forEach((slope, at) => {
        const [from, to] = [Math.floor(at / 3), at % 3];
        const moved = (by: number): number =>
          total(
            logits.map((own) => own.map((one, place) => (place === to ? one + by * (own[from] ?? 0) : one))),
          );
        expect(slope).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 4);
      });
    },
  );

  it('binary cross-entropy of a single value tells two classes apart', () => {
    const { graph } = modelOf('model M {\n  input [1]\n  dense 1 bias=false\n}\n');
    const plan = planExecution(graph);
    const inputs = new Map([['input', tensor([[2], [-3], [1]])]]);
    const weights = new Map([['dense1.kernel', tensor([[1]])]]);
    const targets = new Map([['output', tensor([1, 0, 0], [3], 'int32')]]);
    const losses = new Map([['output', { kind: 'binary', smoothing: 0, of: 'logits' } as const]]);
    const { loss, outputs, gradients } = lossAndGradients(plan, {
      inputs,
      weights,
      targets,
      losses,
      seed: 1,
      step: 1,
    });
    const expected = mean([sigmoid(2), 1 - sigmoid(-3), 1 - sigmoid(1)].map((share) => -Math.log(share)));
    expect(loss).toBeCloseTo(expected, 5);
    expect(outputs[0]?.correct).toBe(2);
    const slope = mean([2 * (sigmoid(2) - 1), -3 * sigmoid(-3), sigmoid(1)]);
    expect(gradients.get('dense1.kernel')?.dataSync()[0]).toBeCloseTo(slope, 5);
  });
});

describe('a training step', () => {
  beforeAll(() => open(usualEngine));

  it.each([2, 3, 4, 7])('in %i parts is that of the whole batch', async (parts) => {
    const layers = 'conv 2 3x3 same relu\n  flatten\n  dense 4 tanh l2=0.01\n  dense 2 softmax';
    const said = 'optimizer sgd rate=0.5 momentum=0.9; batch 7; epochs 3; clip 1; class_weights [1, 2]';
    const whole = await kernels(toyTraining(layers, said));
    const divided = await kernels(toyTraining(layers, `${said}; accumulate ${String(parts)}`));
    expect(Math.max(...whole.map((value, place) => Math.abs(value - (divided[place] ?? 0))))).toBeLessThan(
      1e-5,
    );
    expect(divided).not.toEqual(await kernels(toyTraining(layers, said.replace('batch 7', 'batch 4'))));
  });

  it('adds l1 and l2 to the gradient and decay to the step', async () => {
    // The images are black, so that of the gradient of the kernel only the penalties are left.
    const data = toyData();
    const { training } = data;
    const black = { ...data, training: heldExamples(training, new Uint8Array(20 * 16), training.labels) };
    const layers = 'flatten\n  dense 2 softmax l1=0.01 l2=0.1';
    const options = toyTraining(layers, 'optimizer sgd rate=0.5 decay=0.2; batch 20', black);
    const before = initialWeights(options.graph, 7).get('dense1.kernel')?.values ?? new Float32Array();
    const after = await kernels(options, 'dense1.kernel');
    after.forEach((value, place) => {
      const w = before[place] ?? 0;
      expect(value).toBeCloseTo(w - 0.5 * (0.01 * Math.sign(w) + 0.2 * w + 0.2 * w), 6);
    });
  });

  it('makes balanced classes count alike, however many images they have', async () => {
    const data = toyData();
    const { training } = data;
    const labels = training.labels.map((_, index) => (index < 15 ? 0 : 1));
    const uneven = { ...data, training: { ...training, labels } };
    const said = 'optimizer sgd rate=0.5; batch 20';
    const balanced = await kernels(
      toyTraining('flatten\n  dense 2 softmax', `${said}; class_weights balanced`, uneven),
    );
    const given = await kernels(
      toyTraining('flatten\n  dense 2 softmax', `${said}; class_weights [${String(20 / 30)}, 2]`, uneven),
    );
    expect(balanced).toEqual(given);
    expect(balanced).not.toEqual(await kernels(toyTraining('flatten\n  dense 2 softmax', said, uneven)));
  });

  it('refuses factors of another number of classes', async () => {
    const result = await train(toyTraining('flatten\n  dense 2 softmax', 'class_weights [1, 2, 3]'));
    expect(result.ok ? '' : result.problems[0]?.message).toBe(
      '`class_weights` has 3 numbers, but toy has 2 classes',
    );
  });
});

describe('what decides on the way', () => {
  beforeAll(() => open(usualEngine));

  it('is never the test images', async () => {
    const said = 'optimizer adam rate=0.1; batch 8; epochs 6; schedule plateau patience=1; stop 2';
    const data = toyData();
    const other = { ...data, test: { ...data.test, labels: data.test.labels.map((label) => 1 - label) } };
    expect(await kernels(toyTraining('flatten\n  dense 2 softmax', said, data))).toEqual(
      await kernels(toyTraining('flatten\n  dense 2 softmax', said, other)),
    );
  });

  it('ends where the validation loss has stopped falling, with the weights of the best epoch', async () => {
    const options = toyTraining(
      'flatten\n  dense 2 softmax',
      'optimizer sgd rate=1; batch 4; epochs 50; stop 2 least=0.01',
    );
    const result = await train(options);
    if (!result.ok) throw new Error('not trained');
    const { end, epochs, bestEpoch, test } = result.value;
    const losses = epochs.map(({ validation }) => validation?.loss ?? Number.NaN);
    expect(end).toBe('stalled');
    expect(epochs.length).toBeLessThan(50);
    expect(bestEpoch).toBe(1 + losses.indexOf(Math.min(...losses)));
    expect(test?.accuracy).toBe(1);
    expect(epochs.every((epoch) => epoch.test === undefined)).toBe(true);
  });

  it('keeps a tenth of each class apart, by the seed, and refuses where that is none', async () => {
    const few = await train(toyTraining('flatten\n  dense 2 softmax', 'validation 10%', toyData(2)));
    expect(few.ok ? '' : few.problems[0]?.message).toBe(
      '10% of each class of toy for validation is no image: it has 2 to train on',
    );
  });
});

function measured(activation: string, loss: OutputLoss) {
  const { graph } = modelOf(`model M {\n  input [3]\n  dense 3 ${activation} bias=false\n}\n`);
  const plan = planExecution(graph);
  const identity = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  const found = lossAndGradients(plan, {
    inputs: new Map([['input', tensor(logits)]]),
    weights: new Map([['dense1.kernel', tensor(identity)]]),
    targets: new Map([['output', tensor(labels, [5], 'int32')]]),
    losses: new Map([['output', loss]]),
    seed: 1,
    step: 1,
  });
  return { value: found.loss, gradient: [...(found.gradients.get('dense1.kernel')?.dataSync() ?? [])] };
}

async function kernels(options: TrainingOptions, name?: string): Promise<readonly number[]> {
  const result = await train(options);
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return [...result.value.weights].flatMap(([own, { values }]) =>
    name === undefined || own === name ? [...values] : [],
  );
}
