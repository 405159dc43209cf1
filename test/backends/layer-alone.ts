import type { Graph } from '../../src/compiler/ir/graph.js';
import { net } from '../analyse/net.js';
import type { Case } from '../conformance/case.js';
import { randomInputs, randomWeights } from '../conformance/network.js';
import { interpret, type Tensors } from '../interpreter/interpret.js';
import type { Tensor } from '../interpreter/tensor.js';

/** One layer as a model whose output is `result`, with inputs and weights, and what the interpreter gives. */
export interface LayerAlone {
  readonly graph: Graph;
  readonly inputs: Tensors;
  readonly weights: Tensors;
  readonly expected: Tensor | undefined;
}

/** Makes the model of a case. */
export function layerAlone({ kind, given, inputs: shapes, offset = 0 }: Case): LayerAlone {
  const made = net();
  const layer = made.add(
    kind,
    given,
    shapes.map((shape) => made.input(...shape)),
  );
  const graph = made.graph({ name: 'result', node: layer.id, training: false, weight: 1 });
  const inputs = new Map(
    [...randomInputs(graph)].map(([name, { shape, values }]) => [
      name,
      { shape, values: values.map((value) => Math.fround(value + offset)) },
    ]),
  );
  const weights = randomWeights(graph);
  return { graph, inputs, weights, expected: interpret(graph, inputs, weights).values.get(layer.id) };
}
