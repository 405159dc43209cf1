import { compile, type Compilation, type CompileOptions } from '../../src/compiler/compile.js';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { shapeText } from '../../src/compiler/values/shape-text.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { makeSource } from '../../src/diagnostics/source.js';

/** Compiles a text under the name `test.cnn`. */
export function compileText(text: string, options: CompileOptions = {}): Compilation {
  return compile(makeSource('test.cnn', text), options);
}

/** The codes of all that is found in a text, in their order. */
export function codesIn(text: string, options: CompileOptions = {}): readonly string[] {
  return compileText(text, options).diagnostics.map(({ code }) => code);
}

/** The graph of the only model, or the model of this name, of a text without errors. */
export function graphOf(text: string, options: CompileOptions & { readonly model?: string } = {}): Graph {
  const { models, diagnostics } = compileText(text, options);
  if (diagnostics.some(({ severity }) => severity === 'error'))
    throw new Error(renderDiagnostics(diagnostics));
  const found = models.find(({ name }) => options.model === undefined || name === options.model);
  if (found?.graph === undefined) throw new Error(`no graph of ${options.model ?? 'any model'}`);
  return found.graph;
}

/** The body of a model with an input, compiled. */
export function graphOfBody(body: string, input = '8x8x4'): Graph {
  return graphOf(`model Test {\n  input ${input}\n${body}\n}\n`);
}

/** The shape of the node with this path, or of the last one, as messages show it. */
export function shapeAt(graph: Graph, path?: string): string {
  const node = path === undefined ? graph.nodes.at(-1) : graph.nodes.find((other) => other.path === path);
  if (node === undefined) throw new Error(`no node ${path ?? 'at all'}: ${pathsOf(graph).join(', ')}`);
  return shapeText(node.shape);
}

/** The paths of all nodes, in order. */
export function pathsOf(graph: Graph): readonly string[] {
  return graph.nodes.map(({ path }) => path);
}
