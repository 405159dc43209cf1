import { tensor as upload, train } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Built } from '../../src/backends/backend.js';
import { tfjsLayers } from '../../src/backends/tfjs-layers/index.js';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { positionOf } from '../../src/diagnostics/source.js';
import { initialWeights } from '../../src/runtime/weights/initial-weights.js';
import { disagreement } from '../conformance/agreement.js';
import { startEngine } from '../conformance/engine.js';
import { randomInputs, randomWeights } from '../conformance/network.js';
import { randomNumbers, randomTensor } from '../conformance/random.js';
import { interpret } from '../interpreter/interpret.js';
import { modelOf } from '../runtime/models.js';
import { buildLayers, predictWith } from './agreement.js';
import { loadBuilt, modelJson, tf } from './load.js';

const twoHeads = `model Two {
  input 8x8x3 as image
  input depth 8x8x1
  concat image
  conv 4 3x3 same relu as trunk
  from trunk { gap -> dense 3 softmax; output side training weight=0.3 }
  flatten -> dense 2 softmax
  output last
}
`;

describe('a model that is built for tfjs-layers', () => {
  beforeAll(() => startEngine('cpu'));

  it('is the same to the byte whenever it is built', () => {
    const graph = modelOf('model M { input 8x8x3; conv 4 3x3 same relu; gap; dense 2 softmax }').graph;
    expect(built(graph)).toEqual(built(graph));
  });

  it('names its weights by the paths of the layers, and has nothing of ours where tfjs-layers has it all', () => {
    const graph = modelOf(
      'model M { input 8x8x3; conv 4 3x3 same relu; bn; flatten; dense 2 softmax }',
    ).graph;
    const { files, notes } = built(graph);
    expect(notes).toEqual([]);
    expect(weightNames(files)).toEqual([
      'conv1/kernel',
      'conv1/bias',
      'bn1/gamma',
      'bn1/beta',
      'bn1/moving_mean',
      'bn1/moving_variance',
      'dense1/kernel',
      'dense1/bias',
    ]);
  });

  it('makes an activation of the same line the layer’s own', async () => {
    const graph = modelOf('model M { input 8x8x3; conv 4 3x3 relu; conv 4 3x3 -> relu }').graph;
    const model = await loadBuilt(built(graph));
    expect(model.layers.map((layer) => layer.getClassName())).toEqual([
      'InputLayer',
      'Conv2D',
      'Conv2D',
      'Activation',
    ]);
    model.dispose();
  });

  it('has its weights in files of 4 MiB, in order', async () => {
    const graph = modelOf('model M { input 1100; dense 1100; dense 2 }').graph;
    const { files } = built(graph);
    expect(
      files.map(({ path, bytes }) => [
        path.replace(/[0-9a-f]{16}/, '#'),
        path.endsWith('.bin') ? bytes.length : 0,
      ]),
    ).toEqual([
      ['weights-#-1of2.bin', 4_194_304],
      ['weights-#-2of2.bin', (1100 * 1100 + 1100 + 1100 * 2 + 2) * 4 - 4_194_304],
      ['model.json', 0],
    ]);
    (await loadBuilt({ files, notes: [] })).dispose();
  });

  it('calls a layer with shared weights twice', async () => {
    const graph = modelOf(`model M {
  input 6x6x2
  share encoder { conv 3 3x3 same relu -> bn }
  add { | encoder<> | relu -> encoder<> }
}`).graph;
    const model = await loadBuilt(await expectAgreement(graph));
    expect(model.layers.filter((layer) => layer.getClassName() === 'Conv2D')).toHaveLength(1);
    model.dispose();
  });

  it('names several inputs and outputs, and leaves out what exists in training only', async () => {
    const graph = modelOf(twoHeads).graph;
    const model = await loadBuilt(await expectAgreement(graph));
    expect(model.inputNames).toEqual(['image', 'depth']);
    expect(model.outputs).toHaveLength(1);
    model.dispose();
    const whole = await loadBuilt(buildLayers(graph, randomWeights(graph), { training: true }));
    expect(whole.outputNames).toEqual(['side', 'last']);
    whole.dispose();
  });

  it.each([
    [
      'convolutions and pools',
      'conv 4 3x3/2 pad=1 relu -> pool max 3x3/2 pad=1 -> pool avg 3x3/2 pad=1 ceil=true',
    ],
    ['groups', 'conv 4 3x3 groups=2 -> groupnorm 2 -> conv 4 1x1 groups=4'],
    ['sizes that grow', 'upsample 2 -> upsample 2 mode=bilinear -> deconv 2 3x3/2 pad=1'],
    ['channels that move', 'conv 6 1x1 -> shuffle 3 -> slice channels 1..5 -> depth_to_space 2'],
    ['pixels that move', 'upsample 2 -> space_to_depth 2 -> crop [1, 0, 0, 2] -> depth_to_space 4'],
    ['joins of what was cut', 'conv 3 3x3 same as a; crop 1 as b; from a { conv 3 3x3 -> concat b }'],
    [
      'features',
      'gap -> dense 4 relu -> shuffle 2 -> slice channels 1..3 -> normalize mean=[1, 2] std=[3, 4]',
    ],
  ])('leaves open sizes open: %s', async (_what, lines) => {
    const text = `model M { input ?x?x4; ${lines} }`;
    const { graph } = modelOf(text);
    const closed = modelOf(text.replace('?x?', '12x16')).graph;
    const weights = randomWeights(closed);
    const inputs = randomInputs(closed);
    const model = await loadBuilt(buildLayers(graph, weights));
    expect(JSON.stringify(model.inputs.map(({ shape }) => shape))).toBe('[[null,null,null,4]]');
    const [given] = predictWith(model, inputs);
    model.dispose();
    const expected = interpret(closed, inputs, weights).values.get(closed.outputs[0]?.node ?? -1);
    expect(given && expected ? disagreement(given, expected) : 'nothing').toBeUndefined();
  });

  it('takes any name that a file may have', async () => {
    const graph = modelOf(`model M {
  input 4
  dense 3 as constructor
  dense 3 as __proto__
  dense 2 as toString
}`).graph;
    const model = await loadBuilt(await expectAgreement(graph));
    model.dispose();
  });

  it('tells at its line what is lowered and what is a layer of ours', () => {
    const graph = modelOf('model M {\n  input 8x8x4\n  lrn 5\n  conv 4 3x3 groups=2\n}').graph;
    const told = built(graph).notes.map(({ code, severity, message, span }) => [
      `${code} ${severity} ${String(positionOf(span.source, span.start).line)}`,
      message,
    ]);
    expect(told).toEqual([
      [
        'target-rewrites-layer warning 3',
        'tfjs-layers has no such `lrn`: it becomes `CnncLocalResponseNormalization` of cnnc/tfjs, which `registerLayers(tf)` makes known',
      ],
      [
        'target-rewrites-layer warning 4',
        'tfjs-layers has no such `conv`: it becomes 2 convolutions side by side',
      ],
    ]);
  });
});

const decidedBySizes = `block decided { larger<> -> cut<> -> turned<> }
block larger { resize [2 * in.height, in.width + 1] mode=bilinear }
block cut { slice height 1..in.height }
block turned { reshape [in.width, in.height, 4] }`;

describe('a model that tfjs-layers trains further', () => {
  beforeAll(() => startEngine('cpu'));

  it.each([
    [
      'stock layers',
      'conv 4 3x3 same relu -> bn -> pool max 2x2 -> dropout 10% -> flatten -> dense 2 softmax',
    ],
    [
      'a depthwise convolution with a dilation',
      'dwconv 3x3 dilation=2 multiplier=4 relu -> gap -> dense 2 softmax',
    ],
    ['a grouped convolution', 'conv 4 1x1 -> conv 4 3x3 groups=2 relu -> gap -> dense 2 softmax'],
    ['local responses', 'conv 4 3x3 -> lrn 3 alpha=0.1 -> gap -> dense 2 softmax'],
    ['group norm', 'conv 4 3x3 -> groupnorm 2 -> relu -> gap -> dense 2 softmax'],
    [
      'pools with counted cells',
      'conv 4 3x3 -> pool max 3x3/2 pad=1 -> pool avg 3x3/2 pad=1 -> gap -> dense 2 softmax',
    ],
    ['a resize', 'conv 4 3x3 -> upsample 2 mode=bilinear -> scale -> gap -> dense 2 softmax'],
    [
      'what open sizes decide',
      'conv 4 3x3 -> pool avg 3x3/2 same count_padding=true -> decided<> -> gap -> dense 2 softmax',
      '?x?',
    ],
  ])('learns with %s', async (_what, layers, size = '8x8') => {
    const graph = modelOf(`model M { input ${size}x2; ${layers} }\n${decidedBySizes}`).graph;
    const model = await loadBuilt(built(graph));
    model.compile({ optimizer: train.adam(0.05), loss: 'categoricalCrossentropy' });
    const next = randomNumbers(5);
    const { values } = randomTensor([12, 8, 8, 2], next);
    // The two classes differ in the brightness of one channel.
    const shown = values.map(
      (value, place) => value + (Math.floor(place / 128) % 2 === 0 && place % 2 === 0 ? 2 : 0),
    );
    const images = upload(Float32Array.from(shown), [12, 8, 8, 2]);
    const shares = Array.from({ length: 24 }, (_, place) =>
      Math.floor(place / 2) % 2 === place % 2 ? 1 : 0,
    );
    const targets = upload(shares, [12, 2], 'float32');
    const before = model.layers.flatMap((layer) => layer.trainableWeights).length;
    const { history } = await model.fit(images, targets, { epochs: 8, batchSize: 12 });
    const losses = (history['loss'] ?? []).map(Number);
    expect(before).toBeGreaterThan(0);
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? Number.NaN) * 0.9);
    for (const tensor of [images, targets]) tensor.dispose();
    model.dispose();
  });

  it.each([
    'model M { input 8x8x4; lrn 3; pool max 3x3/2 pad=1; dwconv 3x3 dilation=2 pad=2 }',
    `model M { input ?x?x4; pool avg 3x3/2 same count_padding=true; decided<> }\n${decidedBySizes}`,
  ])('saves a model with layers of ours, and loads it again: %s', async (source) => {
    const graph = modelOf(source).graph;
    const model = await loadBuilt(built(graph));
    const saved = await new Promise<Parameters<typeof tf.io.fromMemory>[0]>((resolve, reject) => {
      const save = (artifacts: Parameters<typeof tf.io.fromMemory>[0]) => {
        resolve(artifacts);
        return Promise.resolve({
          modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' as const },
        });
      };
      model.save({ save }).catch(reject);
    });
    const again = await tf.loadLayersModel(tf.io.fromMemory(saved));
    const inputs = randomInputs(modelOf(source.replace('?x?', '8x8')).graph);
    expect(predictWith(again, inputs)).toEqual(predictWith(model, inputs));
    again.dispose();
    model.dispose();
  });
});

function built(graph: Graph): Built {
  return tfjsLayers.build(graph, initialWeights(graph, 3));
}

/** Holds what tfjs-layers gives against the interpreter, output by output. */
async function expectAgreement(graph: Graph): Promise<Built> {
  const weights = randomWeights(graph);
  const inputs = randomInputs(graph);
  const { values } = interpret(graph, inputs, weights);
  const result = buildLayers(graph, weights);
  const model = await loadBuilt(result);
  const outputs = predictWith(model, inputs);
  model.dispose();
  const wanted = graph.outputs.filter(({ training }) => !training);
  expect(outputs).toHaveLength(wanted.length);
  for (const [place, { node }] of wanted.entries()) {
    const [given, expected] = [outputs[place], values.get(node)];
    expect(given && expected ? disagreement(given, expected) : 'nothing').toBeUndefined();
  }
  return result;
}

function weightNames(files: Built['files']): readonly string[] {
  const json = modelJson(files.find(({ path }) => path === 'model.json')?.bytes);
  return json.weightsManifest.flatMap(({ weights }) => weights.map(({ name }) => name));
}
