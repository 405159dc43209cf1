import type { Target } from '../backends/backend.js';
import { compile, type CompiledModel } from '../compiler/compile.js';
import type { Ignore } from '../compiler/ignores/ignore.js';
import { silence } from '../compiler/ignores/silence.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { mergeDiagnostics } from '../diagnostics/merge.js';
import { sortDiagnostics } from '../diagnostics/sort.js';
import type { CheckedFile, CheckedModel, CheckResult } from '../report/checked.js';
import type { Policy } from './config/policy.js';
import { readEntry } from './entry.js';
import { findFiles, type Found } from './find-files.js';
import { hasErrors } from './show-diagnostics.js';
import { diagnosticsShown, type ReadFlags } from './flags.js';

/** What is checked besides what the files say themselves. */
export interface Checks {
  readonly flags: ReadFlags;
  readonly target: Target | undefined;
  readonly policy: Policy;
}

/** Checks every model of every file that the paths name. */
export function checkFiles(paths: readonly string[], checks: Checks): CheckResult {
  const { policy } = checks;
  const checked = findFiles(paths).map((found) => ({
    found,
    file: underPolicy(checkFile(found, checks), policy),
  }));
  const files = checked.map(({ file }) => file);
  const wrong = checked.flatMap(({ found, file }) =>
    found.kind === 'file' && hasErrors(file.diagnostics) ? [found.path] : [],
  );
  const elsewhere = policy.unmatched(paths, wrong).flatMap((found) => withSeverity(found, policy));
  return {
    files,
    elsewhere,
    diagnostics: onceEach([...files.flatMap(({ diagnostics }) => diagnostics), ...elsewhere]),
    limit: checks.flags.limitDiagnostics ?? diagnosticsShown.default,
  };
}

function checkFile(found: Found, { flags, target, policy }: Checks): CheckedFile {
  const root = flags.root ?? policy.root;
  const entry = readEntry(found, { ...flags, ...(root === undefined ? {} : { root }) });
  if (entry.kind === 'unusable') {
    const { diagnostics } = entry;
    return { name: diagnostics[0]?.span.source.name ?? '', models: [], diagnostics };
  }
  const { source, id, loader, limits } = entry;
  const compilation = compile(source, {
    entryId: id,
    loader,
    limits,
    variants: true,
    budgets: (model) => policy.budgetsOf(id, model),
    listed: (model) => policy.variantsOf(id, model),
  });
  const variants = compilation.variants.map((model) => ({
    ...checkedModel(model, target, compilation.ignores),
    variant: { text: model.variant, choice: model.choice },
  }));
  const models = [
    ...compilation.models.map((model) => checkedModel(model, target, compilation.ignores)),
    ...variants,
  ];
  const ofTarget = models.flatMap(({ foundForTarget }) => foundForTarget);
  return {
    name: source.name,
    models,
    diagnostics: [...compilation.diagnostics, ...mergeDiagnostics(ofTarget)],
  };
}

function checkedModel(
  { name, graph, assertions, budgets, diagnostics }: CompiledModel,
  target: Target | undefined,
  ignores: readonly Ignore[],
): CheckedModel & { readonly foundForTarget: readonly Diagnostic[] } {
  const ofTarget = target === undefined || graph === undefined ? [] : target.check(graph);
  const foundForTarget = silence(ofTarget, ignores);
  return {
    name,
    isWhole: graph !== undefined,
    assertions: [...assertions, ...budgets],
    diagnostics: [...diagnostics, ...foundForTarget],
    foundForTarget,
  };
}

/** The file with its warnings as the configuration wants them. */
function underPolicy(file: CheckedFile, policy: Policy): CheckedFile {
  const known = new Map(file.diagnostics.map((found) => [found, withSeverity(found, policy)]));
  const changed = (found: Diagnostic): readonly Diagnostic[] =>
    known.get(found) ?? withSeverity(found, policy);
  return {
    ...file,
    diagnostics: file.diagnostics.flatMap(changed),
    models: file.models.map((model) => ({ ...model, diagnostics: model.diagnostics.flatMap(changed) })),
  };
}

function withSeverity(found: Diagnostic, policy: Policy): readonly Diagnostic[] {
  const severity = policy.severityOf(found);
  if (severity === 'off') return [];
  return [severity === found.severity ? found : { ...found, severity }];
}

/** A file that several import is read for each of them, and what is wrong with it is one message all the same. */
function onceEach(found: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return sortDiagnostics(found).filter(({ code, span, message }) => {
    const key = JSON.stringify([span.source.name, span.start, span.end, code, message]);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
