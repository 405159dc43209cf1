import { nodeAt, type Graph, type Node } from '../../src/compiler/ir/graph.js';
import { toNumber } from '../../src/compiler/values/exact.js';
import { net } from '../analyse/net.js';
import { size } from '../ops/layer.js';
import { interpret, type Interpretation, type Tensors } from '../interpreter/interpret.js';
import { tensor, type Tensor } from '../interpreter/tensor.js';
import type { Case } from './case.js';
import { randomNumbers, randomTensor } from './random.js';

/** How many examples each case is run on. */
export const batch = 3;

/**
 * A case as a network in which the tensors that arrive at the layer are weights, so that gradients by them are gradients of
 * weights: the input is the identity matrix, and row n of a dense kernel is what example n gives.
 */
export interface Network {
  readonly graph: Graph;
  readonly inputs: Tensors;
  readonly weights: Tensors;
  /** The layer that the case is about. */
  readonly layer: Node;
}

/** Makes the network of a case, with weights that are always the same. */
export function networkOf({ kind, given, inputs, offset = 0 }: Case): Network {
  const made = net();
  const examples = made.input(batch);
  const arriving = inputs.map((shape) => {
    const count = shape.reduce((product, each) => product * each, 1);
    const row = made.add('dense', { units: count, bias: false }, [examples]);
    return made.add('reshape', { sizes: size(...shape) }, [row]);
  });
  const layer = made.add(kind, given, arriving);
  const graph = made.graph(layer);
  const next = randomNumbers(graph.nodes.length + inputs.flat().length);
  const weights = new Map<string, Tensor>();
  for (const node of graph.nodes) {
    for (const { name, shape } of node.weights) {
      const sizes = shape.map(toNumber);
      const weight = node === layer ? ownWeight(name, sizes, next) : randomTensor(sizes, next, offset);
      weights.set(`${node.path}.${name}`, weight);
    }
  }
  return { graph, inputs: new Map([[nodeAt(graph, 0).path, identityMatrix()]]), weights, layer };
}

/** What the interpreter gives for a network at inference. */
export function interpretNetwork({ graph, inputs, weights }: Network): Interpretation {
  return interpret(graph, inputs, weights);
}

/** The value of one node. */
export function valueOf({ values }: Interpretation, { id, path }: Node): Tensor {
  const value = values.get(id);
  if (value === undefined) throw new Error(`${path} gave nothing`);
  return value;
}

/** Random values for every input of a graph whose sizes are closed. */
export function randomInputs(graph: Graph): Tensors {
  const next = randomNumbers(31_415);
  const inputs = graph.nodes.filter(({ kind }) => kind === 'input');
  return new Map(
    inputs.map(({ path, shape }) => [path, randomTensor([batch, ...shape.map(toNumber)], next)]),
  );
}

/** Random values for every weight of a graph, those that are shared once. */
export function randomWeights(graph: Graph): Tensors {
  const next = randomNumbers(27_182);
  const owners = graph.nodes.filter(({ sharesWith }) => sharesWith === undefined);
  return new Map(
    owners.flatMap(({ path, weights }) =>
      weights.map(
        ({ name, shape }) => [`${path}.${name}`, ownWeight(name, shape.map(toNumber), next)] as const,
      ),
    ),
  );
}

/** Weights of a size that occurs in trained networks: factors around 1, variances above 0. */
function ownWeight(name: string, shape: readonly number[], next: () => number): Tensor {
  const drawn = randomTensor(shape, next);
  switch (name) {
    case 'gamma':
    case 'factor':
      return { shape, values: drawn.values.map((value) => Math.fround(1 + value / 4)) };
    case 'moving_variance':
      return { shape, values: drawn.values.map((value) => Math.fround(0.5 + Math.abs(value))) };
    default:
      return { shape, values: drawn.values.map((value) => Math.fround(value / 2)) };
  }
}

function identityMatrix(): Tensor {
  const cells = Array.from({ length: batch * batch }, (_, place) => (place % (batch + 1) === 0 ? 1 : 0));
  return tensor([batch, batch], cells);
}
