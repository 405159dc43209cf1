import { tensor as upload } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { tfjsGraph } from '../../src/backends/tfjs-graph/index.js';
import { compile } from '../../src/compiler/compile.js';
import { nodeAt, type Graph } from '../../src/compiler/ir/graph.js';
import { toNumber } from '../../src/compiler/values/exact.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { planExecution } from '../../src/runtime/executor/plan.js';
import { run } from '../../src/runtime/executor/run.js';
import { initialWeights } from '../../src/runtime/weights/initial-weights.js';
import { download, startEngine, uploadAll } from '../conformance/engine.js';
import { randomNumbers, randomTensor } from '../conformance/random.js';
import { examples, type CnnFile } from '../examples/files.js';
import type { Tensors } from '../interpreter/interpret.js';
import { loadFrozen, runFrozen } from './tfjs-graph-model.js';

/** How far two ways through a whole network may differ, relative to the largest value. */
const tolerance = 1e-4;

/** The sizes that are tried one after the other, until one suits the example; last its own. */
const sizes = ['32x32x3', '64x64x3', '80x80x3', undefined];

describe('an example that is built for tfjs-graph', () => {
  beforeAll(() => startEngine('wasm'));

  it.each(examples)('gives what the executor gives: $path', async (file) => {
    const graph = graphOf(file);
    expect(tfjsGraph.check(graph).filter(({ severity }) => severity === 'error')).toEqual([]);
    const weights = initialWeights(graph, 1);
    const next = randomNumbers(7);
    const inputs = new Map(
      graph.inputs.map((id) => {
        const { path, shape } = nodeAt(graph, id);
        return [path, randomTensor([1, ...shape.map(toNumber)], next)];
      }),
    );
    const expected = executed(graph, weights, inputs);
    const model = await loadFrozen(tfjsGraph.build(graph, weights));
    const given = runFrozen(model, inputs, [...expected.keys()]);
    model.dispose();
    expect(given.size).toBeGreaterThan(0);
    for (const [name, { shape, values }] of expected) {
      const output = given.get(name);
      const largest = largestOf(values);
      const differences = values.map((value, place) => value - (output?.values[place] ?? Number.NaN));
      expect(output?.shape).toEqual(shape);
      expect(largest).toBeGreaterThan(0);
      expect(largestOf(differences)).toBeLessThanOrEqual(tolerance * largest);
    }
  });
});

/** The largest distance from zero; NaN where one is. */
function largestOf(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** The first model of an example, at a size that is quick to compute. */
function graphOf({ path, text }: CnnFile): Graph {
  for (const input of sizes) {
    const { models } = compile(makeSource(path, text), input === undefined ? {} : { input });
    const graph = models[0]?.graph;
    if (graph !== undefined) return graph;
  }
  throw new Error(`${path} has no model`);
}

/** What the executor gives for the outputs at inference, with batch norm and all else as the language defines it. */
function executed(graph: Graph, weights: ReturnType<typeof initialWeights>, inputs: Tensors): Tensors {
  const given = uploadAll(inputs);
  const own = new Map([...weights].map(([name, { shape, values }]) => [name, upload(values, [...shape])]));
  const outputs = run(planExecution(graph), { inputs: given, weights: own });
  for (const each of [...given.values(), ...own.values()]) each.dispose();
  return new Map([...outputs].map(([name, output]) => [name, download(output)]));
}
