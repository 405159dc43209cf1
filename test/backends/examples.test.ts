import { tensor as upload } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { tfjsLayers } from '../../src/backends/tfjs-layers/index.js';
import { compile } from '../../src/compiler/compile.js';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { toNumber } from '../../src/compiler/values/exact.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { planExecution } from '../../src/runtime/executor/plan.js';
import { run } from '../../src/runtime/executor/run.js';
import { initialWeights } from '../../src/runtime/weights/initial-weights.js';
import { download, startEngine, uploadAll } from '../conformance/engine.js';
import { randomNumbers, randomTensor } from '../conformance/random.js';
import { examples, type CnnFile } from '../examples/files.js';
import type { Tensors } from '../interpreter/interpret.js';
import { predictWith } from './agreement.js';
import { loadBuilt } from './load.js';

/** How far two ways through a whole network may differ, relative to the largest value. */
const tolerance = 1e-4;

/** A size that is quick to compute, where the example's own isn't. */
const smaller: Readonly<Record<string, string | undefined>> = {
  'examples/lenet5.cnn': undefined,
  'examples/mnist.cnn': undefined,
  'examples/convolution.cnn': '15x10x3',
  'examples/googlenet.cnn': '80x80x3',
  'examples/inception_v4.cnn': '75x75x3',
  'examples/xception.cnn': '71x71x3',
  'examples/alexnet.cnn': '67x67x3',
  'examples/alexnet_torchvision.cnn': '63x63x3',
};

describe('an example that is built for tfjs-layers', () => {
  beforeAll(() => startEngine('wasm'));

  it.each(examples)('gives what the executor gives: $path', async (file) => {
    const graph = graphOf(file);
    expect(tfjsLayers.check(graph).filter(({ severity }) => severity === 'error')).toEqual([]);
    const weights = initialWeights(graph, 1);
    const next = randomNumbers(7);
    const inputs = new Map(
      graph.inputs.flatMap((id) => {
        const node = graph.nodes[id];
        return node === undefined ? [] : [[node.path, randomTensor([1, ...node.shape.map(toNumber)], next)]];
      }),
    );
    const expected = executed(graph, weights, inputs);
    const model = await loadBuilt(tfjsLayers.build(graph, weights));
    const [given] = predictWith(model, inputs);
    model.dispose();
    const largest = Math.max(...expected.values.map(Math.abs));
    const differences = expected.values.map((value, place) =>
      Math.abs(value - (given?.values[place] ?? Number.NaN)),
    );
    expect(given?.shape).toEqual(expected.shape);
    expect(largest).toBeGreaterThan(0);
    expect(Math.max(...differences)).toBeLessThanOrEqual(tolerance * largest);
  });
});

/** The first model of an example, at a size that is quick to compute. */
function graphOf({ path, text }: CnnFile): Graph {
  const input = path in smaller ? smaller[path] : '32x32x3';
  const { models } = compile(makeSource(path, text), input === undefined ? {} : { input });
  const [model] = models;
  if (model?.graph === undefined) throw new Error(`${path} has no model of ${String(input)}`);
  return model.graph;
}

/** What the executor gives, with batch norm and all else as the language defines it. */
function executed(graph: Graph, weights: ReturnType<typeof initialWeights>, inputs: Tensors) {
  const given = uploadAll(inputs);
  const own = new Map([...weights].map(([name, { shape, values }]) => [name, upload(values, [...shape])]));
  const [output] = run(planExecution(graph), { inputs: given, weights: own }).values();
  for (const each of [...given.values(), ...own.values()]) each.dispose();
  if (output === undefined) throw new Error('the executor gave nothing');
  return download(output);
}
