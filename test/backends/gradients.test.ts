import { tensor as upload, train, zeros } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { tfjsLayers } from '../../src/backends/tfjs-layers/index.js';
import { opNames } from '../../src/compiler/ops/registry.js';
import { toNumber } from '../../src/compiler/values/exact.js';
import { caseText, type Case } from '../conformance/case.js';
import { cases } from '../conformance/cases.js';
import { startEngine } from '../conformance/engine.js';
import { batch, networkOf, type Network } from '../conformance/network.js';
import { takeStep } from '../conformance/training.js';
import { tensor, valueAt, type Tensor } from '../interpreter/tensor.js';
import { buildLayers } from './agreement.js';
import { loadBuilt } from './load.js';

/** A step of size 1 rounds off as much as the weights do, which lie around 1. */
const tolerance = 2e-5;

describe('a layer that tfjs-layers trains further', () => {
  beforeAll(() => startEngine('cpu'));

  // Dropout draws at random, and nothing else of it could go wrong.
  const kinds = opNames.filter((name) => name !== 'input' && name !== 'dropout');
  it.each(kinds)('has the gradients of `%s`, or says that it has not', async (kind) => {
    const wrong: string[] = [];
    for (const each of cases.filter((one) => one.kind === kind)) {
      const mistake = await mistakeIn(each);
      if (mistake !== undefined) wrong.push(`${caseText(each)} ${mistake}`);
    }
    expect(wrong).toEqual([]);
  });
});

/** What is wrong with training a case further, where the build says nothing; and what the build says without need. */
async function mistakeIn(each: Case): Promise<string | undefined> {
  const network = networkOf(each);
  const isToldOf = tfjsLayers.check(network.graph).some(({ code }) => code === 'target-lacks-gradient');
  const mistake = await gradientMistakeIn(network);
  if (!isToldOf) return mistake;
  return mistake === undefined ? 'is trained rightly, against what the build says' : undefined;
}

/** Takes one step with tfjs-layers' own `fit`, and holds what it moves the weights by against our gradients. */
async function gradientMistakeIn(network: Network): Promise<string | undefined> {
  const { graph, layer, weights } = network;
  const model = await loadBuilt(buildLayers(graph, weights));
  try {
    const moved = await stepOf(model, network);
    const shape = [batch, ...layer.shape.map(toNumber)];
    const count = shape.reduce((product, size) => product * size, 1);
    const { gradients } = takeStep({
      ...network,
      targets: new Map([[layer.path, tensor(shape, new Float64Array(count))]]),
      losses: new Map([[layer.path, { kind: 'squared' }]]),
      options: { training: true },
    });
    const sizes = [...gradients.values()].flatMap(({ values }) => [...values].map(Math.abs));
    const largest = Math.max(...sizes, 1);
    const mistakes = [...gradients].flatMap(([name, expected]) => {
      const by = moved.get(name);
      const mistake = by === undefined ? undefined : difference(by, expected, largest);
      return mistake === undefined ? [] : [`moves ${name} wrongly: ${mistake}`];
    });
    return mistakes[0];
  } catch (error) {
    return `was refused: ${String(error)}`;
  } finally {
    model.dispose();
  }
}

/** What one step of size 1 takes from each weight, by our names for it. */
async function stepOf(model: LayersModel, { inputs, layer }: Network): Promise<ReadonlyMap<string, Tensor>> {
  const before = weightsOf(model);
  model.compile({ optimizer: train.sgd(1), loss: 'meanSquaredError' });
  const [given] = inputs.values();
  if (given === undefined) throw new Error('a network without an input');
  const images = upload(Float32Array.from(given.values), [...given.shape], 'float32');
  const targets = zeros([batch, ...layer.shape.map(toNumber)]);
  await model.fit(images, targets, { epochs: 1, batchSize: batch });
  const after = weightsOf(model);
  images.dispose();
  targets.dispose();
  return new Map(
    [...before].map(([name, { shape, values }]) => {
      const left = after.get(name);
      const moved = values.map(
        (value, place) => value - (left === undefined ? Number.NaN : valueAt(left, place)),
      );
      return [name, tensor(shape, moved)];
    }),
  );
}

function weightsOf(model: LayersModel): ReadonlyMap<string, Tensor> {
  const variables = model.layers.flatMap((layer) => layer.trainableWeights);
  return new Map(
    variables.map((variable) => {
      const value = variable.read();
      return [variable.originalName.replace('/', '.'), tensor(value.shape, value.dataSync<'float32'>())];
    }),
  );
}

function difference(moved: Tensor, expected: Tensor, largest: number): string | undefined {
  const place = [...expected.values].findIndex(
    // Written so that NaN differs.
    (value, at) => !(Math.abs(valueAt(moved, at) - value) <= tolerance * largest),
  );
  if (place < 0) return undefined;
  return `by ${String(valueAt(moved, place))} at ${String(place)}, expected ${String(valueAt(expected, place))}`;
}
