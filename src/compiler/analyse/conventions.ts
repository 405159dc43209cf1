import { inputShapes, type Graph, type Node } from '../ir/graph.js';
import type { Shape } from '../ops/op.js';
import { add, divide, multiply, product, subtract, sum, type Exact } from '../values/exact.js';
import type { Costs } from './costs.js';

/** How a tool or a paper counts parameters and work; the graph is the same. */
export interface Convention {
  /** What its `params` count. */
  readonly params: string;
  /** What its `macs` count, under whatever name it gives them. */
  readonly macs: string;
  /** What its `flops` count. */
  readonly flops: string;
  /** Where it is written down. */
  readonly source: string;
  /** What it makes of a node's costs. */
  readonly recount: (costs: Costs, node: Node, graph: Graph) => Costs;
}

/** The names of the conventions. */
export type ConventionName = 'cnnc' | 'torchvision' | 'keras' | 'paper' | 'thop' | 'netscope';

/** Every convention that reports can follow. */
export const conventions: Readonly<Record<ConventionName, Convention>> = {
  cnnc: {
    params: 'every weight the model stores, once where layers share it',
    macs: 'multiply-accumulates of convolutions and dense layers for one image; biases and elementwise work are not counted',
    flops: '2 × macs + elementwise work',
    source: 'docs/language.md',
    recount: (costs) => costs,
  },
  torchvision: {
    params: 'weights that are trained; the moving statistics of batch norm are not counted',
    macs: 'multiply-accumulates of convolutions and dense layers for one image, which its tables call GFLOPS',
    flops: 'the same as macs',
    source: 'torchvision, the columns Params and GFLOPS of its models',
    recount: (costs) => trainedOnly(workIs(costs.macs, costs)),
  },
  keras: {
    params: 'every weight the model stores, moving statistics too: “Total params” of model.summary()',
    macs: 'as cnnc: Keras counts no work',
    flops: 'as cnnc: Keras counts no work',
    source: 'Keras, Model.count_params',
    recount: (costs) => costs,
  },
  paper: {
    params: 'weights that are trained',
    macs: 'multiply-adds of convolutions and dense layers for one image, which papers call FLOPs',
    flops: 'the same as macs',
    source: 'He et al. 2015, table 1: “FLOPs (multiply-adds)”',
    recount: (costs) => trainedOnly(workIs(costs.macs, costs)),
  },
  thop: {
    params: 'weights that are trained',
    macs: 'convolutions and dense layers, 4 a value of a batch or layer norm (2 without gamma and beta), 1 a value of an average pool, of prelu and of nearest upsampling (11 of bilinear), cells + 1 a channel of a global average, 3n - 1 of a softmax inside the model; transposed convolutions as if their output were a convolution’s',
    flops: 'the same as macs',
    source: 'pytorch-OpCounter 0.1.1, thop/vision/calc_func.py and basic_hooks.py',
    recount: (costs, node, graph) => trainedOnly(workIs(thopWork(costs, node, graph), costs)),
  },
  netscope: {
    params: 'kernels without biases, as if groups were 1; mean and variance of a batch norm; 2 of an LRN',
    macs: 'convolutions as if groups were 1, dense layers, 1 a value of a batch norm’s gamma and beta, of a learned scale and of a product, `size` a value of an LRN',
    flops: 'the same as macs',
    source: 'Netscope CNN Analyzer (dgschwend), analyzer.coffee',
    recount(costs, node, graph) {
      const params = netscopeParams(node, graph);
      return { ...workIs(netscopeWork(costs, node, graph), costs), params, trainable: params };
    },
  },
};

/** All names, the one of cnnc first. */
export const conventionNames: readonly ConventionName[] = [
  'cnnc',
  'torchvision',
  'keras',
  'paper',
  'thop',
  'netscope',
];

function workIs(work: Exact, costs: Costs): Costs {
  return { ...costs, macs: work, flops: work };
}

function trainedOnly(costs: Costs): Costs {
  return { ...costs, params: costs.trainable };
}

function thopWork({ macs }: Costs, node: Node, graph: Graph): Exact {
  const [arriving = []] = inputShapes(graph, node);
  const values = product(node.shape);
  switch (node.kind) {
    case 'deconv':
      return product([...node.shape, ...node.args.kernel, arriving.at(-1) ?? 1]);
    case 'bn':
    case 'layernorm':
      return multiply(node.weights.some(({ trainable }) => trainable) ? 4 : 2, values);
    case 'pool':
      return node.args.mode === 'avg' ? values : 0;
    case 'gap':
      return multiply(add(cells(arriving), 1), values);
    case 'prelu':
      return values;
    case 'upsample':
      return multiply(node.args.mode === 'bilinear' ? 11 : 1, values);
    case 'softmax':
      return isOutput(graph, node) ? 0 : softmaxWork(node.shape);
    default:
      return macs;
  }
}

/** Exponentials, additions and divisions of every softmax of a tensor. */
function softmaxWork(shape: Shape): Exact {
  const each = shape.at(-1) ?? 1;
  const rows = divide(product(shape), each) ?? 1;
  return multiply(rows, subtract(multiply(3, each), 1));
}

/** PyTorch's classifiers end in what softmax is taken of. */
function isOutput({ outputs }: Graph, { id }: Node): boolean {
  return outputs.some(({ node }) => node === id);
}

function netscopeWork({ macs }: Costs, node: Node, graph: Graph): Exact {
  const values = product(node.shape);
  switch (node.kind) {
    case 'conv':
      return multiply(node.args.groups, macs);
    case 'dwconv':
      return multiply(channelsArriving(graph, node), macs);
    case 'bn':
      return node.weights.some(({ trainable }) => trainable) ? values : 0;
    case 'scale':
    case 'mul':
      return values;
    case 'lrn':
      return multiply(node.args.size, values);
    default:
      return macs;
  }
}

function netscopeParams(node: Node, graph: Graph): Exact {
  const weights = node.weights.filter(({ name }) => name !== 'bias');
  switch (node.kind) {
    case 'conv':
      return multiply(node.args.groups, sum(weights.map(({ shape }) => product(shape))));
    case 'dwconv':
      return multiply(channelsArriving(graph, node), sum(weights.map(({ shape }) => product(shape))));
    case 'bn':
      return sum(weights.filter(({ trainable }) => !trainable).map(({ shape }) => product(shape)));
    case 'lrn':
      return 2;
    case 'scale':
      return 0;
    default:
      return sum(weights.map(({ shape }) => product(shape)));
  }
}

function channelsArriving(graph: Graph, node: Node): Exact {
  return inputShapes(graph, node)[0]?.at(-1) ?? 1;
}

/** Rows times columns of an image. */
function cells(shape: Shape): Exact {
  return product(shape.slice(0, -1));
}
