import { nodeAt, type Graph, type Node, type NodeOf } from '../../src/compiler/ir/graph.js';
import type { OpKind } from '../../src/compiler/ops/registry.js';
import { toNumber } from '../../src/compiler/values/exact.js';
import * as activations from './activation.js';
import * as convolutions from './convolution.js';
import * as joins from './join.js';
import type { Layer, Surroundings } from './layer.js';
import * as normalisations from './normalisation.js';
import * as pools from './pooling.js';
import * as regularisations from './regularisation.js';
import * as shapes from './shape.js';
import type { Tensor } from './tensor.js';

/** Tensors by name: the paths of `input` nodes, or `conv1.kernel` for weights. */
export type Tensors = ReadonlyMap<string, Tensor>;

/** What an interpretation gives: the tensor of each node by its id, and the new moving statistics by their names. */
export interface Interpretation {
  readonly values: ReadonlyMap<number, Tensor>;
  readonly updates: Tensors;
}

/** How a graph is interpreted. */
export interface Options {
  readonly training?: boolean;
  /** Weights that don't follow the data: batch norm whose statistics are among them normalises with these. */
  readonly frozen?: ReadonlySet<string>;
  /** Ones and zeros in the shape of a dropout node's output; asked for in training only. */
  readonly dropoutMask?: (node: Node) => Tensor;
}

/**
 * Computes every node of a graph in float64, straight from the definitions of the layers, and checks that each shape is
 * the one that the graph declares.
 */
export function interpret(
  graph: Graph,
  inputs: Tensors,
  weights: Tensors,
  options: Options = {},
): Interpretation {
  const values = new Map<number, Tensor>();
  const updates = new Map<string, Tensor>();
  for (const node of graph.nodes) {
    const arriving = node.inputs.map((id) => found(values, id));
    const surroundings = surroundingsOf(graph, node, { weights, options, updates });
    const value = node.kind === 'input' ? found(inputs, node.path) : apply(node, arriving, surroundings);
    expectShape(node.path, value.shape.slice(1), node.shape.map(toNumber));
    values.set(node.id, value);
  }
  return { values, updates };
}

/** What an interpretation hands to each node. */
interface Given {
  readonly weights: Tensors;
  readonly options: Options;
  readonly updates: Map<string, Tensor>;
}

/** Every layer; `input` computes nothing. */
const layers: { readonly [K in OpKind]: Layer<K> } = {
  input: () => {
    throw new Error('an input is given');
  },
  ...convolutions,
  ...pools,
  ...normalisations,
  ...regularisations,
  ...joins,
  relu: activations.relu,
  relu6: activations.relu6,
  leaky_relu: activations.leakyRelu,
  prelu: activations.prelu,
  elu: activations.elu,
  selu: activations.selu,
  gelu: activations.gelu,
  silu: activations.silu,
  mish: activations.mish,
  hardswish: activations.hardswish,
  hardsigmoid: activations.hardsigmoid,
  sigmoid: activations.sigmoid,
  tanh: activations.tanh,
  softplus: activations.softplus,
  softmax: activations.softmax,
  flatten: shapes.flatten,
  reshape: shapes.reshape,
  permute: shapes.permute,
  pad: shapes.pad,
  crop: shapes.crop,
  upsample: shapes.upsample,
  resize: shapes.resize,
  slice: shapes.slice,
  shuffle: shapes.shuffle,
  depth_to_space: shapes.depthToSpace,
  space_to_depth: shapes.spaceToDepth,
  identity: shapes.identity,
};

function apply<K extends OpKind>(
  node: NodeOf<K>,
  inputs: readonly Tensor[],
  surroundings: Surroundings,
): Tensor {
  return layers[node.kind](node.args, inputs, surroundings);
}

/** Finds weights under the name of the node that owns them, and checks that they have the shape that it declares. */
function surroundingsOf(graph: Graph, node: Node, given: Given): Surroundings {
  const owner = node.sharesWith === undefined ? node : nodeAt(graph, node.sharesWith);
  const { training = false, frozen, dropoutMask } = given.options;
  const keepsStatistics = frozen?.has(`${owner.path}.moving_mean`) ?? false;
  return {
    weight(name) {
      const spec = owner.weights.find((each) => each.name === name);
      if (spec === undefined) throw new Error(`${owner.path} declares no ${name}`);
      const fullName = `${owner.path}.${name}`;
      // Layers that share moving statistics move them one after the other.
      const weight = given.updates.get(fullName) ?? found(given.weights, fullName);
      expectShape(fullName, weight.shape, spec.shape.map(toNumber));
      return weight;
    },
    training: training && !(node.kind === 'bn' && keepsStatistics),
    mask() {
      if (dropoutMask === undefined) throw new Error(`${node.path} needs a mask`);
      return dropoutMask(node);
    },
    update: (name, value) => given.updates.set(`${owner.path}.${name}`, value),
  };
}

function expectShape(name: string, actual: readonly number[], declared: readonly number[]): void {
  const agree = actual.length === declared.length && actual.every((size, place) => size === declared[place]);
  if (!agree) throw new Error(`${name} is [${actual.join(', ')}], declared as [${declared.join(', ')}]`);
}

function found<Key>(tensors: ReadonlyMap<Key, Tensor>, key: Key): Tensor {
  const tensor = tensors.get(key);
  if (tensor === undefined) throw new Error(`nothing is known of ${String(key)}`);
  return tensor;
}
