import { nodeAt, type Graph, type Node, type Output } from '../../compiler/ir/graph.js';
import { toNumber } from '../../compiler/values/exact.js';
import type { ExecutionPlan, PlannedStep, PlannedWeight } from './types.js';

/** Plans how a graph runs: which nodes its outputs need, and after which each tensor ends. */
export function planExecution(graph: Graph, outputNames?: readonly string[]): ExecutionPlan {
  const outputs = graph.outputs.filter(({ name }) => outputNames?.includes(name) ?? true);
  const absent = outputNames?.find((name) => !outputs.some((output) => output.name === name));
  if (absent !== undefined) throw new Error(`the model has no output \`${absent}\``);
  const lasting = outputs.filter((output) => !output.training);
  const training = stepsTo(graph, outputs, logitsOf(graph, outputs));
  return {
    graph,
    inference: stepsTo(graph, lasting, []),
    evaluation: stepsTo(graph, lasting, logitsOf(graph, lasting)),
    training,
    outputs,
    weights: weightsOf(graph, training),
  };
}

/** The nodes before a final softmax or sigmoid: cross-entropy reads them rather than the shares, whose logarithms are less exact. */
function logitsOf(graph: Graph, outputs: readonly Output[]): readonly number[] {
  return outputs.flatMap(({ node }) => {
    const { kind, inputs } = nodeAt(graph, node);
    return kind === 'softmax' || kind === 'sigmoid' ? inputs : [];
  });
}

function stepsTo(
  graph: Graph,
  outputs: readonly Output[],
  alsoHeld: readonly number[],
): readonly PlannedStep[] {
  const held = new Set([...outputs.map(({ node }) => node), ...alsoHeld]);
  const needed = ancestorsOf(graph, held);
  const lastReader = new Map<number, number>();
  for (const node of graph.nodes) {
    if (needed[node.id] === 1) for (const input of node.inputs) lastReader.set(input, node.id);
  }
  const ends = new Map<number, number[]>();
  for (const [read, reader] of lastReader) {
    if (held.has(read)) continue;
    const ending = ends.get(reader);
    if (ending === undefined) ends.set(reader, [read]);
    else ending.push(read);
  }
  return graph.nodes
    .filter((node) => needed[node.id] === 1)
    .map((node) => ({
      node: node.id,
      lastReads: ends.get(node.id) ?? [],
      weights: weightNames(graph, node),
    }));
}

/** Marks the nodes that these are computed from, themselves too; inputs have smaller ids, so one pass is enough. */
function ancestorsOf(graph: Graph, ends: ReadonlySet<number>): Uint8Array {
  const needed = new Uint8Array(graph.nodes.length);
  for (const end of ends) needed[end] = 1;
  for (const node of graph.nodes.toReversed()) {
    if (needed[node.id] === 1) for (const input of node.inputs) needed[input] = 1;
  }
  return needed;
}

function weightNames(graph: Graph, node: Node): readonly string[] {
  const owner = node.sharesWith === undefined ? node : nodeAt(graph, node.sharesWith);
  return node.weights.map(({ name }) => `${owner.path}.${name}`);
}

/** Each array of weights once, in the order in which nodes first use them. */
function weightsOf(graph: Graph, steps: readonly PlannedStep[]): readonly PlannedWeight[] {
  const found = new Map<string, PlannedWeight>();
  for (const { node, weights } of steps) {
    nodeAt(graph, node).weights.forEach((spec, place) => {
      const name = weights[place];
      if (name === undefined || found.has(name)) return;
      found.set(name, { name, shape: spec.shape.map((size) => toNumber(size)), spec });
    });
  }
  return [...found.values()];
}
