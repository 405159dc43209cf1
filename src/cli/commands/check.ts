import type { Target } from '../../backends/backend.js';
import { compile } from '../../compiler/compile.js';
import { mergeDiagnostics } from '../../diagnostics/merge.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { checkJson, type CheckedAssertion, type CheckResult } from '../../report/check-json.js';
import { checkSummary, counted } from '../../report/check-text.js';
import { diagnosticGithub } from '../../report/diagnostics-github.js';
import { writeJson } from '../../report/json.js';
import { readEntry } from '../entry.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { findFiles } from '../find-files.js';
import { diagnosticsShown, type ReadFlags } from '../flags.js';
import type { Io } from '../io.js';
import { diagnosticsText } from '../show-diagnostics.js';
import { writeResult } from '../write-result.js';

/** The flags of `cnnc check`. */
export interface CheckFlags extends ReadFlags {
  readonly format: string;
  readonly maxWarnings?: number;
  readonly outputFile?: string;
  readonly target?: string;
}

/** Checks every model of every file. A check that found no model to check is never well. */
export async function check(io: Io, paths: readonly string[], flags: CheckFlags): Promise<ExitCode> {
  const result = checkAll(paths, flags, await targetOf(flags));
  writeResult(io, flags.outputFile, reportOf(result, io, flags));
  if (result.errors > 0) return exitCodes.problems;
  if (result.models === 0) {
    io.err.write('cnnc: no model was checked: these files declare none\n');
    return exitCodes.usage;
  }
  const { maxWarnings = Number.POSITIVE_INFINITY } = flags;
  if (result.warnings > maxWarnings) {
    io.err.write(
      `cnnc: ${counted(result.warnings, 'warning')}, and --max-warnings allows ${String(maxWarnings)}\n`,
    );
    return exitCodes.problems;
  }
  return exitCodes.well;
}

/** The target that is checked too; loaded only where one is named. */
async function targetOf({ target }: CheckFlags): Promise<Target | undefined> {
  if (target === undefined) return undefined;
  return (await import('../find-target.js')).findTarget(target);
}

function checkAll(paths: readonly string[], flags: CheckFlags, target: Target | undefined): CheckResult {
  const files = findFiles(paths);
  const found: Diagnostic[] = [];
  const assertions: CheckedAssertion[] = [];
  let models = 0;
  for (const file of files) {
    const entry = readEntry(file, flags);
    if (entry.kind === 'unusable') {
      found.push(...entry.diagnostics);
      continue;
    }
    const { source, id, loader, limits } = entry;
    const compilation = compile(source, { entryId: id, loader, limits });
    found.push(...compilation.diagnostics);
    models += compilation.models.length;
    for (const model of compilation.models) {
      if (target !== undefined && model.graph !== undefined) found.push(...target.check(model.graph));
      assertions.push(...model.assertions.map((result) => ({ model: model.name, source, result })));
    }
  }
  const diagnostics = onceEach(found);
  const shown = diagnostics.slice(0, flags.limitDiagnostics ?? diagnosticsShown.default);
  return {
    files: files.length,
    models,
    errors: diagnostics.filter(({ severity }) => severity === 'error').length,
    warnings: diagnostics.filter(({ severity }) => severity === 'warning').length,
    diagnostics: shown,
    omitted: diagnostics.length - shown.length,
    assertions,
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

function reportOf(result: CheckResult, io: Io, flags: CheckFlags): string {
  switch (flags.format) {
    case 'json':
      return writeJson(checkJson(result));
    case 'github':
      return result.diagnostics.map(diagnosticGithub).join('') + checkSummary(result);
    default:
      return diagnosticsText(result, io, flags) + checkSummary(result);
  }
}
