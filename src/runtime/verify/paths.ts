import { neededNodes } from '../../compiler/analyse/needed.js';
import { nodeAt, type Graph } from '../../compiler/ir/graph.js';

/** The paths of the nodes that run at inference, in their order, without the inputs. */
export function layerPaths(graph: Graph): readonly string[] {
  const needed = neededNodes(graph);
  return graph.nodes.filter(({ id, kind }) => kind !== 'input' && needed[id] === 1).map(({ path }) => path);
}

/** The paths of the inputs, in their order. */
export function inputPaths(graph: Graph): readonly string[] {
  return graph.inputs.map((id) => nodeAt(graph, id).path);
}
