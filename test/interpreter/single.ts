import type { Graph } from '../../src/compiler/ir/graph.js';
import type { OpKind } from '../../src/compiler/ops/registry.js';
import { net } from '../analyse/net.js';
import type { Given } from '../ops/layer.js';
import { interpret, type Interpretation, type Options } from './interpret.js';
import type { Tensor } from './tensor.js';

/** A graph of one layer; the inputs are `input1`, `input2`, … and the weights `conv1.kernel` and so on. */
function singleLayer(kind: OpKind, given: Given, shapes: readonly (readonly number[])[]): Graph {
  const graph = net();
  const inputs = shapes.map((shape) => graph.input(...shape));
  return graph.graph(graph.add(kind, given, inputs));
}

/** Computes one layer on given inputs with given weights, both with the batch and without names. */
export function compute(
  kind: OpKind,
  given: Given,
  inputs: readonly Tensor[],
  { weights = {}, ...options }: Options & { readonly weights?: Readonly<Record<string, Tensor>> } = {},
): { readonly graph: Graph; readonly output: Tensor; readonly interpretation: Interpretation } {
  const graph = singleLayer(
    kind,
    given,
    inputs.map(({ shape }) => shape.slice(1)),
  );
  const named = inputs.map((input, place) => [`input${String(place + 1)}`, input] as const);
  const ownWeights = Object.entries(weights).map(([name, weight]) => [`${kind}1.${name}`, weight] as const);
  const interpretation = interpret(graph, new Map(named), new Map(ownWeights), options);
  const output = interpretation.values.get(inputs.length);
  if (output === undefined) throw new Error('the layer gave nothing');
  return { graph, output, interpretation };
}
