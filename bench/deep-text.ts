import type { Compilation } from '../src/compiler/compile.js';
import type { Graph } from '../src/compiler/ir/graph.js';

/** The text of a model of so many layers, with a join for every five of them. */
export function deepText(layers: number): string {
  return `model Deep {\n  input 8x8x16\n  repeat ${String(layers / 5)} {\n    conv 16 3x3 same bias=false -> bn -> relu\n    add { | identity | conv 16 1x1 }\n  }\n}\n`;
}

/** The graph of the first model, which has no mistake. */
export function graphOf({ models }: Pick<Compilation, 'models'>): Graph {
  const graph = models[0]?.graph;
  if (graph === undefined) throw new Error('the model has a mistake');
  return graph;
}
