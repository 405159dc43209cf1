import fc from 'fast-check';
import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../../src/compiler/compile.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { opNames } from '../../../src/compiler/ops/registry.js';
import { toDigits } from '../../../src/compiler/values/exact.js';
import { makeSource } from '../../../src/diagnostics/source.js';
import { executionPeak } from '../../../src/runtime/executor/peak.js';
import { caseText } from '../../conformance/case.js';
import { cases } from '../../conformance/cases.js';
import { networkOf } from '../../conformance/network.js';
import { examples } from '../../examples/files.js';
import { open } from '../engines.js';
import { modelOf } from '../models.js';
import { heldAtPeak } from './held.js';
import { randomNetworks } from './random-networks.js';

describe.each(['cpu', 'wasm'] as const)('what an inference holds at its peak on %s', (engine) => {
  beforeAll(() => open(engine));

  it.each(opNames.filter((name) => name !== 'input'))('is predicted to the byte for `%s`', (kind) => {
    const before = memory().numTensors;
    const wrong = cases
      .filter((each) => each.kind === kind)
      .flatMap((each) => {
        const { graph } = networkOf(each);
        return differencesOf(graph, 2).map((text) => `${caseText(each)}: ${text}`);
      });
    expect(wrong).toEqual([]);
    expect(memory().numTensors).toBe(before);
  });

  it('is predicted to the byte for 400 random networks', () => {
    fc.assert(
      fc.property(randomNetworks(), fc.integer({ min: 1, max: 2 }), (text, batch) => {
        expect(differencesOf(modelOf(text).graph, batch)).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

describe('what an inference of an example holds at its peak', () => {
  beforeAll(() => open('wasm'));

  const models = examples.flatMap(({ path, text }) => {
    const input = inputFor(path);
    const { models: found } = compile(makeSource(path, text), input === undefined ? {} : { input });
    return found.flatMap(({ name, graph }) => (graph === undefined ? [] : [{ name, graph }]));
  });

  it.each(models)('is predicted to the byte for $name', ({ graph }) => {
    expect(differencesOf(graph, 1)).toEqual([]);
  });
});

/** The sides of images that are smaller than what the examples take, but give each layer something. */
const leastSides = [
  ['alexnet', 67],
  ['inception', 75],
  ['xception', 71],
  ['super_resolution', 9],
  ...['googlenet', 'resnet', 'vgg', 'age_gender'].map((part) => [part, 64] as const),
  ['convolution', 15],
] as const;

/** An input that takes a moment rather than seconds; LeNet-5 and its like have one. */
function inputFor(path: string): string | undefined {
  const [, side] = leastSides.find(([part]) => path.includes(part)) ?? [];
  return side === undefined ? undefined : `${String(side)}x${String(side)}x3`;
}

/** What is held beside what was predicted, where they differ. */
function differencesOf(graph: Graph, batch: number): readonly string[] {
  const held = heldAtPeak(graph, batch);
  const predicted = executionPeak(graph, batch).bytes;
  return held === predicted
    ? []
    : [`held ${String(held)}, predicted ${toDigits(predicted)}, batch ${String(batch)}`];
}
