import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { receptiveFieldsOf, type ReceptiveField } from '../analyse/receptive-field.js';
import type { Graph, Node } from '../ir/graph.js';

/** What the rules look at: a graph, and who reads what in it. */
export interface Scene {
  readonly graph: Graph;
  /** What one place of every node's tensor sees of the image, by node id. */
  readonly fields: readonly ReceptiveField[];
  /** The nodes that read a node's tensor, in the order of the source; one that reads it twice stands there twice. */
  readonly readersOf: (node: Node) => readonly Node[];
  /** Whether the tensor is one that the model gives. */
  readonly isOutput: (node: Node) => boolean;
}

/** One piece of advice: looks for what experts would ask about, and reports it where it was written. */
export type Rule = (scene: Scene, tell: (advice: Diagnostic) => void) => void;

/** Looks over a graph once, for all rules. */
export function sceneOf(graph: Graph): Scene {
  const readers: Node[][] = graph.nodes.map(() => []);
  for (const node of graph.nodes) {
    for (const input of node.inputs) readers[input]?.push(node);
  }
  const outputs = new Set(graph.outputs.map(({ node }) => node));
  return {
    graph,
    fields: receptiveFieldsOf(graph).ofNode,
    readersOf: ({ id }) => readers[id] ?? [],
    isOutput: ({ id }) => outputs.has(id),
  };
}
