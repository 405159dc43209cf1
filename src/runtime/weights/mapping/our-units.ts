import { inputShapes, nodeAt, type Graph, type Node } from '../../../compiler/ir/graph.js';
import { planExecution } from '../../executor/plan.js';

/** The arrays of one layer of a model. */
export interface OurUnit {
  readonly path: string;
  readonly kind: string;
  /** The shapes by what the arrays are to the layer: `kernel`, `bias`. */
  readonly parts: ReadonlyMap<string, readonly number[]>;
  /** The image that was flattened before a dense layer, `[height, width, channels]`, where the order matters. */
  readonly flattened: readonly number[] | undefined;
}

/** The layers of a model that have weights, in its order. */
export function ourUnitsOf(graph: Graph): readonly OurUnit[] {
  const byPath = new Map(graph.nodes.map((node) => [node.path, node]));
  const units = new Map<string, OurUnit & { readonly parts: Map<string, readonly number[]> }>();
  for (const { name, shape, spec } of planExecution(graph).weights) {
    const path = name.slice(0, -spec.name.length - 1);
    const known = units.get(path);
    if (known !== undefined) known.parts.set(spec.name, shape);
    else {
      const node = byPath.get(path);
      const parts = new Map([[spec.name, shape]]);
      const flattened = node === undefined ? undefined : flattenedBefore(graph, node);
      units.set(path, { path, kind: node?.kind ?? '', parts, flattened });
    }
  }
  return [...units.values()];
}

/** Layers between a flattening and a dense layer that leave every value at its place. */
const stays: ReadonlySet<string> = new Set(['relu', 'dropout', 'identity', 'bn', 'tanh', 'sigmoid', 'relu6']);

function flattenedBefore(graph: Graph, dense: Node): readonly number[] | undefined {
  if (dense.kind !== 'dense') return undefined;
  let [input] = dense.inputs;
  while (input !== undefined) {
    const node = nodeAt(graph, input);
    if (node.kind === 'flatten') {
      const sizes = (inputShapes(graph, node)[0] ?? []).map(Number);
      const [height = 1, width = 1] = sizes;
      return sizes.length === 3 && height * width > 1 ? sizes : undefined;
    }
    if (!stays.has(node.kind)) return undefined;
    [input] = node.inputs;
  }
  return undefined;
}
