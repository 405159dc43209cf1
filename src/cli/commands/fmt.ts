import { realpathSync, statSync } from 'node:fs';
import { parse } from '../../parser/parse.js';
import { print } from '../../parser/print.js';
import { pathAtLineStart } from '../../report/line-start.js';
import { readEntry } from '../entry.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { findFiles, type Found } from '../find-files.js';
import type { ReadFlags } from '../flags.js';
import type { Io } from '../io.js';
import { hasErrors, showDiagnostics } from '../show-diagnostics.js';
import { writeFileAtomically } from '../write-file.js';

/** The flags of `cnnc fmt`. */
export interface FmtFlags extends ReadFlags {
  readonly check?: boolean;
  readonly stdout?: boolean;
}

/** Lays files out canonically. Those with a syntax error are left alone, and make the exit code 1. */
export function fmt(io: Io, paths: readonly string[], flags: FmtFlags): Promise<ExitCode> {
  const outcomes = findFiles(paths).map((found) => formatFile(io, found, flags));
  const changed = outcomes.filter((outcome) => outcome === 'changed').length;
  const bad = outcomes.filter((outcome) => outcome === 'unreadable').length;
  if (flags.stdout !== true) io.note(summaryOf(outcomes.length, changed, bad, flags));
  const isWell = bad === 0 && (changed === 0 || flags.check !== true);
  return Promise.resolve(isWell ? exitCodes.well : exitCodes.problems);
}

type Outcome = 'same' | 'changed' | 'unreadable';

function formatFile(io: Io, found: Found, flags: FmtFlags): Outcome {
  const entry = readEntry(found, flags);
  if (entry.kind === 'unusable') {
    showDiagnostics(io, entry.diagnostics, flags);
    return 'unreadable';
  }
  const { source, limits, bytes } = entry;
  const { tree, diagnostics } = parse(source, limits);
  if (hasErrors(diagnostics)) {
    showDiagnostics(io, diagnostics, flags);
    return 'unreadable';
  }
  const text = print(tree);
  // Bytes are compared, since a byte order mark is no part of the text.
  const isSame = Buffer.from(text, 'utf8').equals(bytes);
  if (flags.check === true) {
    if (!isSame) io.out.write(`${pathAtLineStart(source.name)}\n`);
  } else if (flags.stdout === true || found.kind === 'stdin') {
    io.out.write(text);
  } else if (!isSame) {
    const path = realpathSync(found.path);
    writeFileAtomically(path, text, statSync(path).mode);
    io.out.write(`${pathAtLineStart(source.name)}\n`);
  }
  return isSame ? 'same' : 'changed';
}

function summaryOf(files: number, changed: number, bad: number, { check }: FmtFlags): string {
  const left = bad === 0 ? '' : `, ${String(bad)} left alone`;
  const verb = check === true ? 'would change' : 'changed';
  return `${String(files)} ${files === 1 ? 'file' : 'files'}, ${String(changed)} ${verb}${left}\n`;
}
