import { assertionFailed } from '../../compiler/elaborate/problems.js';
import { diffModels, isSameReport, type DiffFile, type DiffReport } from '../../report/diff.js';
import { diffFailures, type FailCondition } from '../../report/diff-failures.js';
import { diffText } from '../../report/diff-text.js';
import { plain } from '../../report/emphasis.js';
import { writeJson } from '../../report/json.js';
import { textAtLineStart } from '../../report/line-start.js';
import { summarise, type Summary } from '../../report/summary.js';
import { compileRead, lacksModel } from '../compile-entry.js';
import { readEntry, type Entry } from '../entry.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import { findVersions } from '../find-versions.js';
import type { ModelFlags } from '../flags.js';
import { openRevision } from '../git-revision.js';
import type { Io } from '../io.js';
import { shownName } from '../loader.js';
import { readRevisionEntry } from '../revision-entry.js';
import { hasErrors, showDiagnostics } from '../show-diagnostics.js';
import { writeResult } from '../write-result.js';

/** The flags of `cnnc diff`. */
export interface DiffFlags extends ModelFlags {
  readonly format: string;
  readonly against?: string;
  readonly model?: string;
  readonly failOn?: readonly FailCondition[];
  readonly exitCode?: boolean;
  readonly outputFile?: string;
}

/** Tells what differs between two files, or between the files of now and of a revision of git. */
export async function diff(io: Io, paths: readonly string[], flags: DiffFlags): Promise<ExitCode> {
  const { report, areWhole } =
    flags.against === undefined
      ? compareFiles(io, paths, flags)
      : compareWithRevision(io, paths, flags.against, flags);
  // Of files that could not be compared nothing is claimed.
  if (report.files.length > 0) writeResult(io, flags.outputFile, await written(report, io, flags), paths);
  if (!areWhole) return exitCodes.problems;
  if (report.files.every(({ models }) => models.length === 0)) {
    const named = flags.model === undefined ? '' : ` of the name that \`--model ${flags.model}\` wants`;
    throw usageFailure(`no model was compared: these files declare none${named}`);
  }
  const reasons = diffFailures(report, flags.failOn ?? []);
  for (const reason of reasons) io.err.write(`cnnc: ${textAtLineStart(reason)}\n`);
  if (reasons.length > 0) return exitCodes.problems;
  return flags.exitCode === true && !isSameReport(report) ? exitCodes.problems : exitCodes.well;
}

/** A comparison, and whether everything could be compared. */
interface Compared {
  readonly report: DiffReport;
  readonly areWhole: boolean;
}

function compareFiles(io: Io, paths: readonly string[], flags: DiffFlags): Compared {
  const [before, after, ...others] = paths;
  if (before === undefined || after === undefined || others.length > 0) {
    const help = 'write `cnnc diff A.cnn B.cnn`, or `cnnc diff --against REVISION [PATHS]`';
    throw usageFailure(`two files are compared, not ${String(paths.length)}`, help);
  }
  if (before === '-' && after === '-') throw usageFailure('only one of the files can be standard input');
  const [old, now] = modelNames(flags);
  const read = (path: string): Entry =>
    readEntry(path === '-' ? { kind: 'stdin' } : { kind: 'file', path }, flags);
  const [first, second] = [
    summariesOf(io, read(before), old, flags),
    summariesOf(io, read(after), now, flags),
  ];
  const files = [first, second].every((side) => side !== undefined)
    ? [
        {
          before: shownPath(before, flags),
          after: shownPath(after, flags),
          models: diffModels(first ?? [], second ?? []),
        },
      ]
    : [];
  return { report: { against: undefined, files }, areWhole: files.length > 0 };
}

function compareWithRevision(io: Io, paths: readonly string[], name: string, flags: DiffFlags): Compared {
  const revision = openRevision(name);
  const versions = findVersions(revision, paths.length === 0 ? ['.'] : paths);
  const files: DiffFile[] = [];
  let areWhole = true;
  for (const { path, before, isThere } of versions) {
    const shown = shownName(path, process.cwd());
    const old = before === undefined ? undefined : readRevisionEntry(revision, before, flags);
    const now = isThere ? readEntry({ kind: 'file', path }, flags) : undefined;
    const [oldName, newName] = modelNames(flags);
    const first = versionOf(io, old, oldName, flags);
    const second = versionOf(io, now, newName, flags);
    if (first === undefined || second === undefined) {
      areWhole = false;
      continue;
    }
    // Where one model is asked for, files without it are beside the point.
    if (flags.model !== undefined && first.length + second.length === 0) continue;
    files.push({
      before: old === undefined ? undefined : shown,
      after: now === undefined ? undefined : shown,
      models: diffModels(first, second),
    });
  }
  return { report: { against: name, files }, areWhole };
}

function shownPath(path: string, { stdinFilepath }: DiffFlags): string {
  return path === '-' ? (stdinFilepath ?? '<stdin>') : path;
}

/** What `--model` names on both sides: `Net`, or `Old:New`. */
function modelNames({ model }: DiffFlags): readonly [string | undefined, string | undefined] {
  if (model === undefined) return [undefined, undefined];
  const [old = '', now = old, ...others] = model.split(':');
  if (old === '' || now === '' || others.length > 0)
    throw usageFailure(`\`--model ${model}\` names no model`, 'it is `NAME`, or `OLD:NEW`');
  return [old, now];
}

/** The models of a version: none where the file is not there, or has none of the name that was asked for. */
function versionOf(
  io: Io,
  entry: Entry | undefined,
  model: string | undefined,
  flags: DiffFlags,
): readonly Summary[] | undefined {
  if (entry === undefined) return [];
  if (model !== undefined && entry.kind === 'entry' && lacksModel(entry, model)) return [];
  return summariesOf(io, entry, model, flags);
}

/**
 * The figures of the models of a file; nothing where it has a mistake, which is shown. Warnings and assertions are for
 * `check`: what they say of either version is no difference between them.
 */
function summariesOf(
  io: Io,
  entry: Entry,
  model: string | undefined,
  flags: DiffFlags,
): readonly Summary[] | undefined {
  const compilation =
    entry.kind === 'entry'
      ? compileRead(entry, model, flags)
      : { models: [], diagnostics: entry.diagnostics };
  const mistakes = compilation.diagnostics.filter(
    ({ code, severity }) => severity === 'error' && code !== assertionFailed.code,
  );
  showDiagnostics(io, mistakes, flags);
  if (hasErrors(mistakes)) return undefined;
  return compilation.models.flatMap(({ graph, doc }) => (graph === undefined ? [] : [summarise(graph, doc)]));
}

async function written(report: DiffReport, io: Io, { format, outputFile }: DiffFlags): Promise<string> {
  switch (format) {
    case 'json':
      return writeJson((await import('../../report/diff-json.js')).diffJson(report));
    case 'markdown':
      return (await import('../../report/diff-markdown.js')).diffMarkdown(report);
    default: {
      const { bold, dim } = outputFile === undefined ? io.out.colors : plain;
      return diffText(report, { bold, dim });
    }
  }
}
