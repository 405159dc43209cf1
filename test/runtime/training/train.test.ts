import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  defaultTraining,
  evaluateModel,
  firstExamples,
  initialWeights,
  loadDataSet,
  predict,
  train,
  type EpochResult,
  type Progress,
  type Trained,
  type TrainingOptions,
} from '../../../src/runtime/index.js';
import { open, usualEngine } from '../engines.js';
import { modelOf } from '../models.js';
import { expectSameWeights, largestDifference } from './same-weights.js';
import { pictureIn, toyData, toyTraining } from './toy.js';

const dense = 'flatten\n  dense 2 softmax';
const wide = 'conv 2 3x3 same relu\n  bn\n  dropout 20%\n  flatten\n  dense 4 relu\n  dense 2 softmax';

async function trained(options: TrainingOptions): Promise<Trained> {
  const result = await train(options);
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'));
  return result.value;
}

async function problemsOf(options: TrainingOptions): Promise<readonly string[]> {
  const result = await train(options);
  return result.ok ? [] : result.problems.map(({ code, message }) => `${code}: ${message}`);
}

beforeAll(() => open(usualEngine));

describe('train', () => {
  it('learns to read real digits in a few seconds', async () => {
    const model = modelOf(
      'model Digits {\n  input 28x28x1\n  conv 8 5x5 relu\n  pool max 2x2\n  conv 16 5x5 relu\n  pool max 2x2\n  flatten\n  dense 10 softmax\n}\n',
    );
    const settings = { ...defaultTraining('Digits'), batch: 32, epochs: 4 };
    const loaded = loadDataSet('mnist', { shape: { height: 28, width: 28, channels: 1 }, fit: undefined });
    if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
    const data = {
      ...loaded.value,
      training: firstExamples(loaded.value.training, 2_000),
      test: firstExamples(loaded.value.test, 1_000),
    };
    const before = memory().numTensors;
    const { weights, epochs } = await trained({
      graph: model.graph,
      settings: { ...settings, optimizer: { ...settings.optimizer, rate: 3e-3 } },
      data,
      seed: 1,
    });
    const evaluation = await evaluateModel({
      graph: model.graph,
      weights,
      settings,
      examples: data.test,
      data,
    });
    if (!evaluation.ok) throw new Error('not evaluated');
    expect(evaluation.value.accuracy).toBeGreaterThan(0.9);
    expect(evaluation.value.accuracy).toBe(epochs.at(-1)?.test?.accuracy);
    expect(evaluation.value.loss).toBe(epochs.at(-1)?.test?.loss);
    expect(evaluation.value.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(1_000);
    const guesses = predict({
      graph: model.graph,
      weights,
      preprocess: settings.preprocess,
      pictures: [pictureIn(data.test, 0)],
      classes: data.classes,
      top: 3,
    });
    expect(guesses.ok && guesses.value[0]?.map(({ name }) => name)[0]).toBe('7');
    expect(guesses.ok && guesses.value[0]).toHaveLength(3);
    expect(memory().numTensors).toBe(before);
  });

  it('gives the same weights for the same seed, and others for another', async () => {
    const options = toyTraining(wide, 'batch 8; epochs 2; augment { shift 25%; brightness 10% }');
    const one = (await trained(options)).weights;
    expectSameWeights((await trained(options)).weights, one);
    expect(largestDifference((await trained({ ...options, seed: 8 })).weights, one)).toBeGreaterThan(0.01);
  });

  it('takes the step that the gradient of one batch asks for', async () => {
    const options = toyTraining(dense, 'optimizer sgd rate=0.5; batch 20; epochs 1');
    const before = initialWeights(options.graph, 7).get('dense1.kernel')?.values ?? new Float32Array();
    const { weights } = await trained(options);
    const { training } = options.data;
    const { labels, count } = training;
    const gradient = new Float64Array(32);
    for (let index = 0; index < count; index += 1) {
      const image = Array.from(pictureIn(training, index).pixels, (value) => value / 255);
      const logits = [0, 1].map((column) =>
        image.reduce((sum, value, row) => sum + value * (before[2 * row + column] ?? 0), 0),
      );
      const share = 1 / (1 + Math.exp((logits[0] ?? 0) - (logits[1] ?? 0)));
      const error = [1 - share - (labels[index] === 0 ? 1 : 0), share - (labels[index] === 1 ? 1 : 0)];
      image.forEach((value, row) => {
        error.forEach((one, column) => {
          gradient[2 * row + column] = (gradient[2 * row + column] ?? 0) + (value * one) / count;
        });
      });
    }
    weights.get('dense1.kernel')?.values.forEach((value, place) => {
      expect(value).toBeCloseTo((before[place] ?? 0) - 0.5 * (gradient[place] ?? 0), 5);
    });
  });

  it('tells after each step and each epoch how it goes, the last batch smaller', async () => {
    const progress: Progress[] = [];
    const epochs: EpochResult[] = [];
    const options = toyTraining(
      dense,
      'batch 8; epochs 2; schedule step every=1 factor=0.1; optimizer sgd rate=0.1',
    );
    const result = await trained({
      ...options,
      onProgress: (now) => progress.push(now),
      onEpoch: (epoch) => epochs.push(epoch),
    });
    expect(progress.map(({ epoch, seen }) => [epoch, seen])).toEqual([
      [1, 8],
      [1, 16],
      [1, 20],
      [2, 8],
      [2, 16],
      [2, 20],
    ]);
    expect(progress[0]?.rate).toBeCloseTo(0.1, 9);
    expect(progress[5]?.rate).toBeCloseTo(0.01, 9);
    expect(progress[5]?.secondsLeft).toBe(0);
    expect(result.steps).toBe(6);
    expect(epochs).toEqual(result.epochs);
    expect(epochs.map(({ epoch, test }) => [epoch, test !== undefined])).toEqual([
      [1, true],
      [2, true],
    ]);
  });

  it('reads the test images only where it is to', async () => {
    const { epochs } = await trained({ ...toyTraining(dense, 'batch 8'), tests: false });
    expect(epochs[0]?.test).toBeUndefined();
  });

  it('goes on from given weights', async () => {
    const options = toyTraining(dense, 'optimizer sgd rate=1e-12');
    const weights = initialWeights(options.graph, 99);
    const result = await trained({ ...options, weights });
    expect(result.weights.get('dense1.kernel')?.values[0]).toBeCloseTo(
      weights.get('dense1.kernel')?.values[0] ?? 0,
      6,
    );
  });

  it('moves the statistics of batch normalisation, and leaves what is frozen as it is', async () => {
    const options = toyTraining(wide, 'batch 10; epochs 1');
    const before = initialWeights(options.graph, 7);
    const free = await trained(options);
    expect(free.weights.get('bn1.moving_mean')).not.toEqual(before.get('bn1.moving_mean'));
    const frozen = await trained(toyTraining(wide, 'batch 10; epochs 1; freeze "conv1", "bn1"'));
    for (const name of [
      'conv1.kernel',
      'conv1.bias',
      'bn1.gamma',
      'bn1.moving_mean',
      'bn1.moving_variance',
    ]) {
      expect(frozen.weights.get(name)).toEqual(before.get(name));
    }
    expect(frozen.weights.get('dense1.kernel')).not.toEqual(before.get('dense1.kernel'));
  });

  it('trains outputs that exist in training only, by their weight', async () => {
    const layers = (weight: string): string =>
      `flatten as features\n  dense 2 softmax\n  from features {\n    dense 2 softmax\n    output aux weight=${weight} training\n  }`;
    const counted = await trained(toyTraining(layers('0.3'), 'optimizer sgd rate=0.1'));
    const ignored = await trained(toyTraining(layers('0'), 'optimizer sgd rate=0.1'));
    const [first] = counted.epochs;
    const [second] = ignored.epochs;
    expect(first?.loss).toBeGreaterThan(second?.loss ?? 0);
    expect(counted.weights.get('dense2.kernel')).not.toEqual(ignored.weights.get('dense2.kernel'));
    expect(counted.weights.get('dense1.kernel')).toEqual(ignored.weights.get('dense1.kernel'));
  });

  it('learns by squared differences and by clipped gradients too', async () => {
    for (const settings of ['loss mse', 'clip 0.1', 'loss crossentropy smoothing=0.1']) {
      const { epochs } = await trained(
        toyTraining(dense, `optimizer adam rate=0.05; batch 10; epochs 20; ${settings}`),
      );
      expect(epochs.at(-1)?.test?.accuracy).toBe(1);
    }
  });

  it('keeps what was learnt when it is ended early, and says so', async () => {
    const controller = new AbortController();
    const options = toyTraining(dense, 'batch 4; epochs 100');
    const before = memory().numTensors;
    const result = await trained({
      ...options,
      signal: controller.signal,
      onProgress: ({ epoch, seen }) => {
        if (epoch === 3 && seen === 8) controller.abort();
      },
    });
    expect(result).toMatchObject({ end: 'interrupted', steps: 12 });
    expect(result.epochs).toHaveLength(2);
    expect(result.weights.get('dense1.kernel')).not.toEqual(
      initialWeights(options.graph, 7).get('dense1.kernel'),
    );
    expect(memory().numTensors).toBe(before);
  });

  it('stops where the loss is no number, and frees its tensors', async () => {
    const before = memory().numTensors;
    const layers = 'flatten\n  dense 4\n  dense 2 softmax';
    const [message = ''] = await problemsOf(
      toyTraining(layers, 'optimizer sgd rate=1e30; batch 4; epochs 9'),
    );
    expect(message).toMatch(
      /^loss-not-finite: in step \d+, epoch 1, the loss is (not a number any more|infinite)$/,
    );
    expect(memory().numTensors).toBe(before);
  });

  it('keeps and gives nothing where the very last step overflows, and frees its tensors', async () => {
    const before = memory().numTensors;
    const kept: unknown[] = [];
    const keeper = { isDue: () => true, keep: (state: unknown) => void kept.push(state) };
    const options = toyTraining(dense, 'optimizer sgd rate=1e300; batch 20; epochs 1');
    expect(await problemsOf({ ...options, keeper })).toEqual([
      'loss-not-finite: in step 1, epoch 1, `dense1.kernel` has a value that is not finite any more',
    ]);
    expect(kept).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });

  it('reads outputs without a softmax as logits, in training and later', async () => {
    const said = 'optimizer sgd rate=0.5; batch 10; epochs 5';
    const logits = await trained(toyTraining('flatten\n  dense 2', said));
    const shares = await trained(toyTraining('flatten\n  dense 2 softmax', said));
    const difference = (logits.epochs.at(-1)?.test?.loss ?? 0) - (shares.epochs.at(-1)?.test?.loss ?? 1);
    expect(Math.abs(difference)).toBeLessThan(1e-6);
    expect(logits.test?.accuracy).toBe(shares.test?.accuracy);
  });

  it('tells two classes apart by a single value', async () => {
    for (const end of ['dense 1 sigmoid', 'dense 1']) {
      const options = toyTraining(
        `flatten\n  ${end}`,
        'loss binary; optimizer adam rate=0.05; batch 10; epochs 20',
      );
      const { weights, test } = await trained(options);
      expect(test?.accuracy).toBe(1);
      const guesses = predict({
        graph: options.graph,
        weights,
        preprocess: options.settings.preprocess,
        loss: options.settings.loss,
        pictures: [pictureIn(options.data.test, 1)],
        classes: options.data.classes,
      });
      expect(guesses.ok && guesses.value[0]?.map(({ name }) => name)).toEqual(['right', 'left']);
      expect(guesses.ok && guesses.value[0]?.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 6);
    }
  });

  it('frees its tensors where a listener throws', async () => {
    const before = memory().numTensors;
    const options = toyTraining(dense, 'batch 4');
    const listener = (): never => {
      throw new Error('the listener’s own');
    };
    await expect(train({ ...options, onProgress: listener })).rejects.toThrow('the listener’s own');
    expect(memory().numTensors).toBe(before);
  });

  it.each([
    [
      'a path without weights',
      dense,
      'freeze "dense2"',
      'nothing-frozen: nothing in `Toy` has weights under `dense2`',
    ],
    [
      'a path that is the beginning of a name only',
      dense,
      'freeze "dens"',
      'nothing-frozen: nothing in `Toy` has weights under `dens`',
    ],
    [
      'nothing left to train',
      dense,
      'freeze "dense1"',
      'nothing-to-train: all weights of `Toy` are frozen, or it has none',
    ],
    [
      'another number of classes',
      'flatten\n  dense 3 softmax',
      '',
      'classes-mismatch: `Toy` tells 3 classes apart, but toy has 2',
    ],
    [
      'an output without shares',
      'flatten\n  dense 2 relu',
      '',
      'output-without-shares: cross-entropy needs shares or logits, but the output `output` of `Toy` is the result of `relu`',
    ],
    [
      'an image as output',
      'conv 2 3x3',
      '',
      'not-a-classifier: the output `output` of `Toy` is 2×2×2, not one value for each class',
    ],
    [
      'colours of grey images',
      dense,
      'augment { hue 10deg }',
      'colours-of-grey: `augment { hue }` changes colours, but the model’s images are grey',
    ],
    [
      'means of too many channels',
      dense,
      'preprocess mean=[0.1, 0.2, 0.3]',
      'channels-mismatch: `mean` of `preprocess` has 3 numbers, but the model’s images have 1 channel',
    ],
  ])('refuses %s', async (_, layers, settings, expected) => {
    expect(await problemsOf(toyTraining(layers, settings))).toEqual([expected]);
  });

  it('refuses a data set without images', async () => {
    expect(await problemsOf(toyTraining(dense, '', toyData(0)))).toEqual([
      'no-examples: toy has no images to train on',
    ]);
  });
});
