import { nodeAt, type Graph } from '../compiler/ir/graph.js';
import { openSize } from '../compiler/values/formula.js';
import { equals } from '../compiler/values/exact.js';

/** Where an open size can be read when a model runs. */
export interface SizeSource {
  /** The id of an input. */
  readonly node: number;
  /** Which of its dimensions, counted from 0 without the batch. */
  readonly place: number;
}

/** The input and the dimension that a name of an open size stands for. */
export function sizeSource(graph: Graph, name: string): SizeSource {
  const size = openSize(name);
  for (const node of graph.inputs) {
    const place = nodeAt(graph, node).shape.findIndex((each) => equals(each, size) === true);
    if (place >= 0) return { node, place };
  }
  throw new Error(`no input has the open size ${name}`);
}
