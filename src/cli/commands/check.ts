import type { Target } from '../../backends/backend.js';
import { countsOf, shownOf, type CheckResult } from '../../report/checked.js';
import { checkJson } from '../../report/check-json.js';
import { checkSummary, counted } from '../../report/check-text.js';
import { writeJson } from '../../report/json.js';
import { checkFiles } from '../check-files.js';
import { readPolicy, type PolicyFlags } from '../config/policy.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import type { ReadFlags } from '../flags.js';
import type { Io } from '../io.js';
import { diagnosticsText, showDiagnostics } from '../show-diagnostics.js';
import { writeResult } from '../write-result.js';

/** The flags of `cnnc check`. */
export interface CheckFlags extends ReadFlags, PolicyFlags {
  readonly format: string;
  readonly linkBase?: string;
  readonly maxWarnings?: number;
  readonly outputFile?: string;
  readonly target?: string;
}

/** Checks every model of every file. A check that found no model to check is never well. */
export async function check(io: Io, paths: readonly string[], flags: CheckFlags): Promise<ExitCode> {
  const read = readPolicy(flags);
  if (read.kind === 'wrong') {
    showDiagnostics(io, read.diagnostics, flags);
    return exitCodes.usage;
  }
  const result = checkFiles(paths, { flags, target: await targetOf(flags), policy: read.policy });
  writeResult(io, flags.outputFile, await reportOf(result, io, flags), [...paths, ...read.policy.files]);
  const { errors, warnings, models, variants } = countsOf(result);
  if (errors > 0) return exitCodes.problems;
  if (models + variants === 0) {
    io.err.write('cnnc: no model was checked: these files declare none\n');
    return exitCodes.usage;
  }
  const { maxWarnings = Number.POSITIVE_INFINITY } = flags;
  if (warnings > maxWarnings) {
    io.err.write(`cnnc: ${counted(warnings, 'warning')}, and --max-warnings allows ${String(maxWarnings)}\n`);
    return exitCodes.problems;
  }
  return exitCodes.well;
}

/** The target that is checked too; loaded only where one is named. */
async function targetOf({ target }: CheckFlags): Promise<Target | undefined> {
  if (target === undefined) return undefined;
  return (await import('../find-target.js')).findTarget(target);
}

/** The report in the format that was asked for; what only some need is loaded for those. */
async function reportOf(result: CheckResult, io: Io, flags: CheckFlags): Promise<string> {
  switch (flags.format) {
    case 'json':
      return writeJson(checkJson(result));
    case 'sarif':
      return (await import('../sarif.js')).sarifText(result);
    case 'github':
      return (await import('../../report/check-github.js')).checkGithub(result);
    case 'junit':
      return (await import('../../report/check-junit.js')).checkJunit(result);
    case 'markdown':
      return (await import('../../report/check-markdown.js')).checkMarkdown(result, flags.linkBase);
    default:
      return diagnosticsText(shownOf(result), io, flags) + checkSummary(result);
  }
}
