import { compile, type Compilation, type CompiledModel } from '../compiler/compile.js';
import { assertionFailed, needsSize } from '../compiler/elaborate/problems.js';
import type { Graph } from '../compiler/ir/graph.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { Source, Span } from '../diagnostics/source.js';
import type { FileTree } from '../parser/ast.js';
import { parse } from '../parser/parse.js';
import { readEntry, type ReadEntry } from './entry.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { usageFailure } from './failure.js';
import type { ModelFlags } from './flags.js';
import type { Io } from './io.js';
import { hasErrors, showDiagnostics } from './show-diagnostics.js';

/** Compiles the file of a command that works on its models; what is wrong with it is shown. */
export function compileEntry(
  io: Io,
  file: string,
  model: string | undefined,
  flags: ModelFlags,
): Compilation & { readonly exitCode: ExitCode; readonly source: Source | undefined } {
  const entry = readEntry(file === '-' ? { kind: 'stdin' } : { kind: 'file', path: file }, flags);
  if (entry.kind === 'unusable') {
    showDiagnostics(io, entry.diagnostics, flags);
    return {
      models: [],
      variants: [],
      diagnostics: entry.diagnostics,
      ignores: [],
      source: undefined,
      exitCode: exitCodes.problems,
    };
  }
  const compilation = compileRead(entry, model, flags);
  const isChanged = flags.set !== undefined || flags.input !== undefined;
  const diagnostics = isChanged ? softened(compilation) : compilation.diagnostics;
  showDiagnostics(io, diagnostics, flags);
  return {
    ...compilation,
    diagnostics,
    source: entry.source,
    exitCode: hasErrors(diagnostics) ? exitCodes.problems : exitCodes.well,
  };
}

/** Compiles a file that was read, one model or all of it, as the flags want it. */
export function compileRead(
  { source, id, loader, limits }: ReadEntry,
  model: string | undefined,
  flags: ModelFlags,
): Compilation {
  return compile(source, {
    entryId: id,
    loader,
    limits,
    ...(model === undefined ? {} : { models: [model] }),
    ...(flags.set === undefined ? {} : { set: flags.set }),
    ...(flags.setTrain === undefined ? {} : { setTrain: flags.setTrain }),
    ...(flags.input === undefined ? {} : { input: flags.input }),
  });
}

/**
 * What the author asserts of the model as it is written is no mistake of one that was asked for otherwise: neither that it
 * doesn't hold, nor that the sizes it depends on are open.
 */
function softened({ diagnostics, models }: Compilation): readonly Diagnostic[] {
  const asserted = models.flatMap(({ assertions }) => assertions.map(({ span }) => span));
  const isOfAssertion = ({ code, span }: Diagnostic): boolean =>
    code === assertionFailed.code ||
    (code === needsSize.code && asserted.some((whole) => isWithin(span, whole)));
  const help = 'it is said of the model as it is written; `--set` or `--input` changed it';
  return diagnostics.map((found) =>
    isOfAssertion(found) ? { ...found, severity: 'warning', related: [], help } : found,
  );
}

function isWithin(part: Span, whole: Span): boolean {
  return part.source === whole.source && part.start >= whole.start && part.end <= whole.end;
}

/** True where a mistake stands in the way of the figures: an assertion that fails says nothing against them. */
export function hasMistakes(diagnostics: readonly Diagnostic[]): boolean {
  return hasErrors(diagnostics.filter(({ code }) => code !== assertionFailed.code));
}

/** True where a file declares a model or an instance of this name, told from its text alone. */
export function declaresModel(file: string, name: string, flags: ModelFlags): boolean {
  if (file === '-') return false;
  const entry = readEntry({ kind: 'file', path: file }, flags);
  return entry.kind === 'entry' && declares(parse(entry.source, entry.limits).tree, name);
}

/** True where a text without a syntax error declares no model or instance of this name. */
export function lacksModel({ source, limits }: ReadEntry, name: string): boolean {
  const { tree, diagnostics } = parse(source, limits);
  return !hasErrors(diagnostics) && !declares(tree, name);
}

function declares({ items }: FileTree, name: string): boolean {
  return items.some((item) => (item.kind === 'model' || item.kind === 'alias') && item.name.text === name);
}

/** A model whose graph is whole. */
export interface WholeModel extends CompiledModel {
  readonly graph: Graph;
}

/** Tells models that could be expanded whole. */
export function isWhole(model: CompiledModel): model is WholeModel {
  return model.graph !== undefined;
}

/** The one model that a command runs; several, and none named, is wrong usage. */
export function oneModel(models: readonly CompiledModel[], file: string): CompiledModel {
  const [only, ...others] = models;
  if (only === undefined) throw usageFailure(`"${file}" declares no model`);
  if (others.length > 0) {
    const names = models.map(({ name }) => name).join(', ');
    throw usageFailure(`"${file}" declares several models, and none is named`, `name one of ${names}`);
  }
  return only;
}
