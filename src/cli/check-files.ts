import type { Target } from '../backends/backend.js';
import { compile, type CompiledModel } from '../compiler/compile.js';
import { mergeDiagnostics } from '../diagnostics/merge.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import type { CheckedFile, CheckedModel, CheckResult } from '../report/checked.js';
import { readEntry } from './entry.js';
import { findFiles, type Found } from './find-files.js';
import { diagnosticsShown, type ReadFlags } from './flags.js';

/** What is checked besides what the files say themselves. */
export interface Checks {
  readonly flags: ReadFlags;
  readonly target: Target | undefined;
}

/** Checks every model of every file that the paths name. */
export function checkFiles(paths: readonly string[], checks: Checks): CheckResult {
  const files = findFiles(paths).map((found) => checkFile(found, checks));
  return {
    files,
    diagnostics: onceEach(files.flatMap(({ diagnostics }) => diagnostics)),
    limit: checks.flags.limitDiagnostics ?? diagnosticsShown.default,
  };
}

function checkFile(found: Found, { flags, target }: Checks): CheckedFile {
  const entry = readEntry(found, flags);
  if (entry.kind === 'unusable') {
    const { diagnostics } = entry;
    return { name: diagnostics[0]?.span.source.name ?? '', models: [], diagnostics };
  }
  const { source, id, loader, limits } = entry;
  const compilation = compile(source, { entryId: id, loader, limits });
  const models = compilation.models.map((model) => checkedModel(model, target));
  const ofTarget = models.flatMap(({ foundForTarget }) => foundForTarget);
  return { name: source.name, models, diagnostics: [...compilation.diagnostics, ...ofTarget] };
}

function checkedModel(
  { name, graph, assertions, diagnostics }: CompiledModel,
  target: Target | undefined,
): CheckedModel & { readonly foundForTarget: readonly Diagnostic[] } {
  const foundForTarget = target === undefined || graph === undefined ? [] : target.check(graph);
  return {
    name,
    isWhole: graph !== undefined,
    assertions,
    diagnostics: [...diagnostics, ...foundForTarget],
    foundForTarget,
  };
}

/** A file that several import is read for each of them, and what is wrong with it is one message all the same. */
function onceEach(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return mergeDiagnostics(found).filter(({ code, span, message }) => {
    const key = JSON.stringify([span.source.name, span.start, span.end, code, message]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
