/**
 * The compiler of the .cnn language: text in, models with known shapes and exact figures out. Nothing here touches a
 * file system or runs a model; `cnnc/runtime` does.
 */
export { compile, type Compilation, type CompiledModel, type CompileOptions } from './compiler/compile.js';
export type { AssertionResult } from './compiler/elaborate/assertions.js';
export {
  figuresOf,
  tallyOfNode,
  tallyOfScope,
  totalOf,
  type Figures,
  type Tally,
} from './compiler/analyse/figures.js';
export { inferencePeak, type MemoryPeak } from './compiler/analyse/memory.js';
export {
  receptiveFieldsOf,
  type ReceptiveField,
  type ReceptiveFields,
} from './compiler/analyse/receptive-field.js';
export type { Graph, Node, Output, Scope } from './compiler/ir/graph.js';
export { defaultLimits, hardLimits, type Limits } from './compiler/limits.js';
export type { Loaded, Loader } from './compiler/resolve/loader.js';
export { substitute } from './compiler/values/formula.js';
export { toDigits, toGrouped, toNumber, toText, type Exact } from './compiler/values/exact.js';
export type { Diagnostic, Related, Severity, TextEdit, TrailStep } from './diagnostics/diagnostic.js';
export { explainProblem } from './diagnostics/explain.js';
export { renderDiagnostics, type RenderOptions } from './diagnostics/render.js';
export { makeSource, positionOf, type Position, type Source, type Span } from './diagnostics/source.js';
export { diagnosticToJson, type JsonDiagnostic } from './diagnostics/to-json.js';
export { parse, type Parsed } from './parser/parse.js';
export { print } from './parser/print.js';
