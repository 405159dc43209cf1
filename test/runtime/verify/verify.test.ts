import { readFileSync } from 'node:fs';
import { memory } from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { tooSlow } from '../../../src/runtime/engine/predicted-seconds.js';
import { findLoaders } from '../../../src/runtime/node/find-loaders.js';
import { openEngineInNode } from '../../../src/runtime/node/open-engine.js';
import { failWith, problem } from '../../../src/runtime/outcome.js';
import { randomInputs } from '../../../src/runtime/verify/inputs.js';
import { targetRunners } from '../../../src/runtime/verify/target-runners.js';
import { verify, type VerifyOptions } from '../../../src/runtime/verify/verify.js';
import { initialWeights } from '../../../src/runtime/weights/initial-weights.js';
import type { Weights } from '../../../src/runtime/weights/weights.js';
import { modelOf } from '../models.js';

const lenet = modelOf(readFileSync('examples/lenet5.cnn', 'utf8')).graph;

/** Batch norms that are folded, layers that are dropped, and a sum. */
const residual = modelOf(`model Small {
  input 8x8x3
  default conv same bias=false
  conv 4 3x3 -> bn -> relu
  add {
    | conv 4 3x3 -> bn -> dropout 0.5
    | identity
  }
  relu
  gap
  dense 5 softmax
}
`).graph;

/** One layer is called twice, and each call has a tensor of its own. */
const shared = modelOf(`model Twins {
  input left 8x8x1
  share encoder { conv 4 3x3 relu -> gap }
  encoder<> as a
  input right 8x8x1
  encoder<> as b
  concat a
  dense 2
}
`).graph;

describe('a verification', () => {
  it.each([
    ['LeNet-5', lenet],
    ['a residual net', residual],
    ['a net with shared weights and two inputs', shared],
  ])('of %s finds that every engine and target agrees, and leaves nothing behind', async (_, graph) => {
    await openEngineInNode('wasm');
    const before = memory().numTensors;
    const found = await verified(graph);
    expect(found.reference).toBe('wasm');
    expect(found.runners.map(({ name }) => name)).toEqual(['tfjs-layers', 'tfjs-graph', 'cpu']);
    for (const { departs, layers } of found.runners) {
      expect(departs).toBeUndefined();
      expect(layers.at(-1)?.path).toBe(found.layers.at(-1)?.path);
    }
    expect(found.runners.at(-1)?.layers).toHaveLength(found.layers.length);
    expect(memory().numTensors).toBe(before);
  });

  it('compares a fused run of layers where it ends', async () => {
    const { runners } = await verified(residual);
    const graph = runners.find(({ name }) => name === 'tfjs-graph');
    // Convolution, batch norm and activation are one operation, as are the second one, its batch norm and the dropout.
    expect(graph?.layers.map(({ path }) => path)).toEqual([
      'relu1',
      'dropout1',
      'add1',
      'relu2',
      'gap1',
      'dense1',
      'dense1.softmax',
    ]);
  });

  it.each(['tfjs-layers', 'tfjs-graph'])('names the first layer that departs in %s', async (target) => {
    const weights = statistics(initialWeights(residual, 1));
    const altered = changed(weights, 'conv2.kernel');
    const inner = targetRunners(residual, altered, findLoaders()).filter(({ name }) => name === target);
    const { runners } = await verified(residual, { weights, engines: ['wasm'], targets: inner });
    const paths = runners.map(({ departs }) => departs?.path);
    expect(paths).toEqual([target === 'tfjs-layers' ? 'conv2' : 'dropout1']);
  });

  it('holds against the first engine that opens, and says why another did not', async () => {
    const found = await verified(residual, {
      engines: ['node', 'cpu', 'wasm'],
      targets: [{ name: 'tfjs-layers', why: 'it is not installed' }],
      openEngine: (name) =>
        name === 'node'
          ? Promise.resolve(failWith(problem('engine-unavailable', 'no library', 'build it')))
          : openEngineInNode(name),
    });
    expect(found.reference).toBe('cpu');
    expect(found.runners.map(({ name }) => name)).toEqual(['wasm']);
    expect(found.skipped).toEqual([
      { name: 'node', why: 'no library (build it)' },
      { name: 'tfjs-layers', why: 'it is not installed' },
    ]);
  });

  it('says which packages would load the targets where they are not there', () => {
    const runners = targetRunners(residual, initialWeights(residual, 0), findLoaders([]));
    expect(runners.map((runner) => ('why' in runner ? runner.why : ''))).toEqual([
      'the package @tensorflow/tfjs-layers is not installed (`npm install @tensorflow/tfjs-layers@4.22.0` where cnnc is installed)',
      'the package @tensorflow/tfjs-converter is not installed (`npm install @tensorflow/tfjs-converter@4.22.0` where cnnc is installed)',
    ]);
  });

  it('leaves plain JavaScript aside where it would take minutes', () => {
    const large = modelOf(
      'model Large {\n  input 224x224x64\n  conv 64 3x3 same\n  conv 64 3x3 same\n}\n',
    ).graph;
    expect(tooSlow(large, 'cpu', 2)).toBeUndefined();
    expect(tooSlow(large, 'cpu', 16)).toBe('it is predicted to take about 5 min');
    expect(tooSlow(large, 'wasm', 16)).toBeUndefined();
  });
});

function verified(graph: Graph, options: Partial<VerifyOptions> = {}) {
  const weights = options.weights ?? statistics(initialWeights(graph, 1));
  const inputs = randomInputs(graph, 2, 1);
  if (!inputs.ok) throw new Error('the input has no size');
  return verify({
    graph,
    weights,
    inputs: inputs.value,
    engines: ['wasm', 'cpu'],
    isPatient: true,
    openEngine: openEngineInNode,
    targets: targetRunners(graph, weights, findLoaders()),
    tolerance: 1e-4,
    ...options,
  });
}

/** Fresh statistics are 0 and 1, which would hide a mistake in what is made of them. */
function statistics(weights: Weights): Weights {
  return new Map(
    [...weights].map(([name, { shape, values }]) => [
      name,
      {
        shape,
        values: name.includes('bn') ? values.map((value, place) => value + 0.1 * (place + 1)) : values,
      },
    ]),
  );
}

function changed(weights: Weights, name: string): Weights {
  const array = weights.get(name);
  if (array === undefined) throw new Error(`no ${name}`);
  const values = array.values.slice();
  values[0] = (values[0] ?? 0) + 0.5;
  return new Map([...weights, [name, { ...array, values }]]);
}
