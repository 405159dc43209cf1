import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { heldExamples } from '../../../src/runtime/data/data-set.js';
import {
  defaultTraining,
  evaluateModel,
  predict,
  type EvaluationOptions,
  type Weights,
} from '../../../src/runtime/index.js';
import { modelOf } from '../models.js';
import { open, usualEngine } from '../engines.js';

const { graph } = modelOf('model Three {\n  input 1x3x1\n  flatten\n  dense 3 softmax\n}\n');

/** Gives class i the share e^x(i) / Σ e^x of an image of three pixels. */
const identity: Weights = new Map([
  ['dense1.kernel', { shape: [3, 3], values: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1) }],
  ['dense1.bias', { shape: [3], values: new Float32Array(3) }],
]);
const settings = {
  ...defaultTraining('Three'),
  preprocess: { scale: 1, mean: undefined, std: undefined, fit: undefined, convention: undefined },
};
const examples = heldExamples(
  { height: 1, width: 3, channels: 1 },
  Uint8Array.of(2, 0, 0, 0, 2, 0, 0, 2, 0, 1, 0, 0, 200, 0, 0),
  Int32Array.of(0, 0, 1, 0, 1),
);
const options: EvaluationOptions = {
  graph,
  weights: identity,
  settings,
  examples,
  data: { name: 'three', classes: ['a', 'b', 'c'] },
};

async function evaluated(changed: Partial<EvaluationOptions> = {}) {
  const result = await evaluateModel({ ...options, ...changed });
  if (!result.ok) throw new Error(result.problems[0]?.message);
  return result.value;
}

beforeAll(() => open(usualEngine));

describe('evaluateModel', () => {
  it('counts what was read as what, class by class', async () => {
    const { accuracy, count, perClass, confusion } = await evaluated();
    expect(confusion).toEqual([
      [2, 1, 0],
      [1, 1, 0],
      [0, 0, 0],
    ]);
    expect(perClass).toEqual([
      { name: 'a', count: 3, correct: 2, accuracy: 2 / 3 },
      { name: 'b', count: 2, correct: 1, accuracy: 1 / 2 },
      { name: 'c', count: 0, correct: 0, accuracy: undefined },
    ]);
    expect([accuracy, count]).toEqual([3 / 5, 5]);
  });

  it('takes the mean of minus the logarithms of the right shares, finite also where a share is 0', async () => {
    const entropy = (values: readonly number[], label: number): number =>
      Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0)) - (values[label] ?? 0);
    const sum = entropy([2, 0, 0], 0) + entropy([0, 2, 0], 0) + entropy([0, 2, 0], 1) + entropy([1, 0, 0], 0);
    const { loss } = await evaluated();
    expect(loss).toBeCloseTo((sum - Math.log(2 ** -149)) / 5, 4);
  });

  it('takes the mean of the squared differences where the model was trained on them', async () => {
    const { loss } = await evaluated({
      settings: { ...settings, loss: { kind: 'mse' } },
      examples: { ...examples, count: 1 },
    });
    const whole = Math.exp(2) + 2;
    expect(loss).toBeCloseTo(((1 - Math.exp(2) / whole) ** 2 + 2 / whole ** 2) / 3, 6);
  });

  it('is the same whatever the batch, and tells how far it is', async () => {
    const seen: number[] = [];
    const whole = await evaluated();
    const parts = await evaluated({
      settings: { ...settings, batch: 2 },
      onProgress: (count) => seen.push(count),
    });
    expect(parts).toEqual(whole);
    expect(seen).toEqual([2, 4, 5]);
  });

  it('ends early at a signal, with what was read by then', async () => {
    const controller = new AbortController();
    const { count } = await evaluated({
      settings: { ...settings, batch: 2 },
      signal: controller.signal,
      onProgress: () => {
        controller.abort();
      },
    });
    expect(count).toBe(2);
  });

  it('leaves no tensor over, also after an error', async () => {
    const before = memory().numTensors;
    await evaluated();
    await expect(evaluateModel({ ...options, weights: new Map() })).rejects.toThrow('dense1.kernel');
    expect(memory().numTensors).toBe(before);
  });
});

describe('predict', () => {
  const picture = { height: 1, width: 3, channels: 1, pixels: Uint8Array.of(0, 1, 3) } as const;

  it('gives the likeliest classes with their shares, the likeliest first', () => {
    const guesses = predict({
      graph,
      weights: identity,
      preprocess: settings.preprocess,
      pictures: [picture],
      classes: ['a', 'b', 'c'],
      top: 2,
    });
    const whole = 1 + Math.E + Math.E ** 3;
    expect(guesses.ok && guesses.value[0]?.map(({ name }) => name)).toEqual(['c', 'b']);
    expect(guesses.ok && guesses.value[0]?.[0]?.share).toBeCloseTo(Math.E ** 3 / whole, 5);
    expect(guesses.ok && guesses.value[0]?.[1]?.share).toBeCloseTo(Math.E / whole, 5);
  });

  it('names classes by their numbers where they have no names, and fits other images', () => {
    const colours = {
      height: 2,
      width: 3,
      channels: 3,
      pixels: new Uint8Array(18).fill(9, 0, 3).fill(9, 9, 12),
    } as const;
    const guesses = predict({
      graph,
      weights: identity,
      preprocess: settings.preprocess,
      pictures: [picture, colours],
    });
    expect(guesses.ok && guesses.value.map(([first]) => first?.name)).toEqual(['2', '0']);
    expect(guesses.ok && guesses.value[0]).toHaveLength(3);
  });

  it('leaves no tensor over', () => {
    const before = memory().numTensors;
    predict({ graph, weights: identity, preprocess: settings.preprocess, pictures: [picture] });
    expect(memory().numTensors).toBe(before);
  });
});
