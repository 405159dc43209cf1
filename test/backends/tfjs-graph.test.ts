import { beforeAll, describe, expect, it } from 'vitest';
import { tfjsGraph } from '../../src/backends/tfjs-graph/index.js';
import type { BuildOptions } from '../../src/backends/backend.js';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { disagreement } from '../conformance/agreement.js';
import { engines, startEngine } from '../conformance/engine.js';
import { randomInputs, randomWeights } from '../conformance/network.js';
import { interpret } from '../interpreter/interpret.js';
import { modelOf } from '../runtime/models.js';
import { buildFrozen, frozenJson, loadFrozen, runFrozen } from './tfjs-graph-model.js';

const twoHeads = `model Two {
  input 8x8x3 as image
  input depth 8x8x1
  concat image
  conv 4 3x3 same bias=false -> bn -> relu as trunk
  from trunk { gap -> dropout 20% -> dense 3 softmax; output side training weight=0.3 }
  flatten -> dense 2 softmax
  output last
}
`;

describe.each(engines)('what is fused for tfjs-graph on %s', (engine) => {
  beforeAll(() => startEngine(engine));

  it('computes what its parts compute', async () => {
    const { graph } = modelOf(`model M {
      input 5x6x3
      concat {
        | conv 4 3x3 same elu -> dwconv 3x3 same relu6
        | conv 3 3x3 same bias=false -> bn -> leaky_relu alpha=0.3 -> dwconv 2x2 same dilation=2 elu
        | dwconv 3x3 same sigmoid -> conv 3 1x1 relu
        | dwconv 3x3 same relu -> conv 3 1x1 sigmoid
        | conv 3 2x2 same relu6 -> deconv 2 3x3 same bias=false -> bn -> tanh
      }
      output image
      flatten -> dense 5 elu -> dense 4 leaky_relu -> dense 3 relu6 -> dense 3 softmax
      output shares
    }`);
    await expectTheSame(graph, graph, ['image', 'shares']);
  });
});

describe('a model that is built for tfjs-graph', () => {
  beforeAll(() => startEngine('cpu'));

  it('is the same to the byte whenever it is built', () => {
    const { graph } = modelOf(twoHeads);
    expect(built(graph)).toEqual(built(graph));
  });

  it('does with one operation what convolution, batch norm and activation do', () => {
    const { graph } = modelOf(`model M {
      input 8x8x3
      conv 4 3x3 bias=false -> bn -> relu6
      dwconv 3x3 -> bn -> relu
      conv 4 1x1 -> leaky_relu alpha=0.1
      dwconv 3x3 -> leaky_relu
      gap -> dense 2 sigmoid
      output last
    }`);
    expect(operationsOf(graph)).toEqual([
      'input = Placeholder',
      'relu61 = _FusedConv2D BiasAdd Relu6',
      'relu1 = FusedDepthwiseConv2dNative BiasAdd Relu',
      'leaky_relu1 = _FusedConv2D BiasAdd LeakyRelu',
      'dwconv2 = FusedDepthwiseConv2dNative BiasAdd',
      'leaky_relu2 = LeakyRelu',
      'gap1 = Mean',
      'dense1.sigmoid = _FusedMatMul BiasAdd Sigmoid',
      'last = Identity',
    ]);
  });

  it('keeps a convolution apart that something else reads', () => {
    const { graph } = modelOf(`model M {
      input 4x4x3
      conv 3 1x1 as first
      relu
      add first
      output last
    }`);
    expect(operationsOf(graph)).toEqual([
      'input = Placeholder',
      'first = _FusedConv2D BiasAdd',
      'relu1 = Relu',
      'add1 = AddV2',
      'last = Identity',
    ]);
  });

  it('names what goes in and out, in a signature with open sizes as -1', async () => {
    const text = (size: string): string => `model M {
      input photo ${size}x3
      conv 2 3x3 same
      output _all
      gap -> dense 2 softmax
      output constructor
    }`;
    const { graph } = modelOf(text('?x?'));
    const { signature } = frozenJson(built(graph));
    expect(signature).toEqual({
      inputs: { photo: { name: 'photo:0', dtype: 'DT_FLOAT', tensorShape: sizes(-1, -1, -1, 3) } },
      outputs: {
        _all: { name: 'x_all:0', dtype: 'DT_FLOAT', tensorShape: sizes(-1, -1, -1, 2) },
        constructor_2: { name: 'constructor_2:0', dtype: 'DT_FLOAT', tensorShape: sizes(-1, 2) },
      },
    });
    await expectTheSame(graph, modelOf(text('6x5')).graph, ['_all']);
  });

  it('leaves out what exists in training only, unless it is wanted', async () => {
    const { graph } = modelOf(twoHeads);
    expect(operationsOf(graph)).not.toContain('side = Identity');
    expect(operationsOf(graph, { training: true })).toContain('side = Identity');
    await expectTheSame(graph, graph, ['last']);
    await expectTheSame(graph, graph, ['side', 'last'], { training: true });
  });

  it('lays weights in files of 4 MB, and hands over all of them', async () => {
    const { graph } = modelOf('model Large { input 600; dense 2000; output last }');
    const { files } = built(graph);
    expect(files.map(({ path, bytes }) => [path, bytes.length])).toEqual([
      [expect.stringMatching(/^weights-[0-9a-f]{16}-1of2\.bin$/), 4 * 1024 * 1024],
      [expect.stringMatching(/-2of2\.bin$/), (600 * 2000 + 2000) * 4 - 4 * 1024 * 1024],
      ['model.json', expect.any(Number)],
    ]);
    await expectTheSame(graph, graph, ['last']);
  });

  it('uses one set of weights where layers share them', async () => {
    const { graph } = modelOf(`model Siamese {
      input left 4x4x2
      input right 4x4x2
      share encoder { conv 4 3x3 same groups=2 -> bn -> relu -> gap }
      from left { encoder<>; output one }
      from right { encoder<>; output other }
    }`);
    await expectTheSame(graph, graph, ['one', 'other']);
  });

  it.each([
    [9, 7],
    [12, 16],
  ])('computes the same with open sizes as with the sizes %i and %i written', async (height, width) => {
    const [open, closed] = ['?x?', `${String(height)}x${String(width)}`].map((size) =>
      modelOf(openLayers(size)),
    );
    if (open === undefined || closed === undefined) throw new Error('two models were made');
    expect(tfjsGraph.check(open.graph)).toEqual([]);
    await expectTheSame(open.graph, closed.graph, ['cells', 'row', 'last']);
  });

  it('tells what becomes something else', () => {
    const { graph } = modelOf(`model M {
      input 9x9x4
      conv 4 3x3 groups=2
      conv 4 3x3/2 dilation=2
      output last
    }`);
    expect(built(graph).notes.map(({ severity, message }) => [severity, message])).toEqual([
      [
        'warning',
        'tfjs-graph has no such `conv`: it becomes 2 convolutions, one for each group, side by side',
      ],
      [
        'warning',
        'tfjs-graph has no such `conv`: it becomes an operation without stride, of which every n-th row and column is kept',
      ],
    ]);
  });
});

/** Layers whose sizes round up and down, are cut, added to, exchanged and counted. */
function openLayers(size: string): string {
  return `model M {
    input ${size}x3
    conv 4 3x3/2 same
    lrn 3
    pool avg 3x3/2 pad=1 ceil=true
    deconv 4 4x4/2 pad=1
    pool avg 2x2/2 pad=[0, 1] ceil=true count_padding=true
    pad [1, 0, 2, 1] value=2
    crop [0, 1, 0, 0]
    pool max 2x2/2 pad=1 ceil=true
    upsample 4
    space_to_depth 2
    groupnorm 2
    shuffle 2
    upsample 2 mode=bilinear
    layernorm
    dense 4 gelu
    mul { | identity | gap -> dense 4 sigmoid }
    as_large<>
    slice channels 0..2
    permute [1, 0, 2]
    output cells
    conv 2 3x3/2 pad=[2, 1, 0, 3] -> mish
    concat axis=height { | identity | hardswish }
    gmp
    output row
    dense 3 softmax
    output last
  }

  block as_large { conv 4 3x3/2 same -> resize [in.height, in.width] -> slice height 1..in.height }`;
}

function built(graph: Graph, options: BuildOptions = {}) {
  return buildFrozen(graph, randomWeights(graph), options);
}

/** Expects of the first graph, built and loaded, what the interpreter gives for the second, whose sizes are known. */
async function expectTheSame(
  graph: Graph,
  closed: Graph,
  outputs: readonly string[],
  options: BuildOptions = {},
): Promise<void> {
  const [inputs, weights] = [randomInputs(closed), randomWeights(closed)];
  const { values } = interpret(closed, inputs, weights);
  const model = await loadFrozen(buildFrozen(graph, weights, options));
  const given = runFrozen(model, inputs, outputs);
  model.dispose();
  const wrong = outputs.map((name) => {
    const expected = values.get(closed.outputs.find((output) => output.name === name)?.node ?? -1);
    const output = given.get(name);
    return output === undefined || expected === undefined ? 'gave nothing' : disagreement(output, expected);
  });
  expect(wrong).toEqual(outputs.map(() => undefined));
}

/** The operations without constants, each with what is fused into it. */
function operationsOf(graph: Graph, options: BuildOptions = {}): readonly string[] {
  const { modelTopology } = frozenJson(built(graph, options));
  if (!hasNodes(modelTopology)) throw new Error('no nodes');
  return modelTopology.node
    .filter(({ op }) => op !== 'Const')
    .map(({ name, op, attr }) => {
      const fused = (attr['fused_ops']?.list?.s ?? []).map((text) => atob(text));
      return [name, '=', op, ...fused].join(' ');
    });
}

interface Nodes {
  readonly node: readonly {
    readonly name: string;
    readonly op: string;
    readonly attr: Readonly<Record<string, { readonly list?: { readonly s?: readonly string[] } }>>;
  }[];
}

function hasNodes(value: unknown): value is Nodes {
  return typeof value === 'object' && value !== null && 'node' in value && Array.isArray(value.node);
}

function sizes(...values: readonly number[]) {
  return { dim: values.map((size) => ({ size: String(size) })) };
}
