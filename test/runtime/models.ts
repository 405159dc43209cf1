import { compile, type CompiledModel } from '../../src/compiler/compile.js';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { makeSource } from '../../src/diagnostics/source.js';

/** The first model of a text that has no mistakes. */
export function modelOf(text: string): CompiledModel & { readonly graph: Graph } {
  const { models, diagnostics } = compile(makeSource('test.cnn', text));
  const [model] = models;
  if (model?.graph === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return { ...model, graph: model.graph };
}
