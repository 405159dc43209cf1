import { realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import { makeSource, spanOf, type Source } from '../diagnostics/source.js';
import type { Limits } from '../compiler/limits.js';
import type { Loader } from '../compiler/resolve/loader.js';
import { ioFailure, systemReason, usageFailure } from './failure.js';
import type { Found } from './find-files.js';
import { limitsOf, type ReadFlags } from './flags.js';
import { fileLoader, isInside, shownName } from './loader.js';
import { readRegularFile } from './read-file.js';
import { readStandardInput } from './standard-input.js';
import { decode } from '../parser/decode.js';
import { tooLarge } from '../parser/problems.js';

/** A file that a command was given, read; or what is wrong with its text. */
export type Entry =
  | (ReadEntry & {
      readonly kind: 'entry';
      /** As they were read, with a byte order mark where there is one. */
      readonly bytes: Uint8Array;
    })
  | { readonly kind: 'unusable'; readonly diagnostics: readonly Diagnostic[] };

/** A text with all that it takes to compile it. */
export interface ReadEntry {
  readonly source: Source;
  /** What the loader knows it by: its real path. */
  readonly id: string;
  readonly loader: Loader;
  readonly limits: Limits;
}

/** Reads a file or standard input. What can't be read ends the command; what isn't text is a problem of the input. */
export function readEntry(found: Found, flags: ReadFlags): Entry {
  const limits = limitsOf(flags);
  const from = process.cwd();
  const { bytes, name, id } =
    found.kind === 'stdin' ? standardInput(flags, limits) : file(found.path, limits);
  if (typeof bytes === 'number')
    return { kind: 'unusable', diagnostics: [tooLargeFile(name, limits, bytes)] };
  const decoded = decode(bytes, name);
  if (decoded.kind === 'not-text') return { kind: 'unusable', diagnostics: [decoded.diagnostic] };
  const { source } = decoded;
  const loader = fileLoader({ root: rootOf(id, flags, from), from, limits });
  return { kind: 'entry', source, id, loader, limits, bytes };
}

/** What was read, or how many bytes there are where those are too many. */
interface Read {
  readonly bytes: Uint8Array | number;
  readonly name: string;
  readonly id: string;
}

function standardInput({ stdinFilepath }: ReadFlags, { fileBytes }: Limits): Read {
  const name = stdinFilepath ?? '<stdin>';
  return { bytes: readStandardInput(fileBytes), name, id: resolve(name) };
}

function file(path: string, { fileBytes }: Limits): Read {
  const read = readRegularFile(path, fileBytes);
  const name = shownName(resolve(path), process.cwd());
  switch (read.kind) {
    case 'read':
      return { bytes: read.bytes, name, id: read.realPath };
    case 'too-large':
      return { bytes: read.size, name, id: path };
    case 'missing':
      throw usageFailure(`no such file: "${path}"`);
    case 'folder':
      throw usageFailure(`"${path}" is a folder, and a file is expected`);
    case 'refused':
    case 'not-a-file':
      throw ioFailure(`"${path}" is not a regular file`, 'standard input is read with `-`');
    case 'unreadable':
      throw ioFailure(`can't read "${path}": ${systemReason(read.error)}`);
  }
}

/** What is said of a file that has more bytes than are allowed. */
export function tooLargeFile(name: string, { fileBytes }: Limits, got: number): Diagnostic {
  const facts = {
    what: `${name} is too large`,
    limit: fileBytes,
    got: String(got),
    flag: '--limit-file-bytes',
  };
  return report(tooLarge, spanOf(makeSource(name, ''), 0, 0), facts);
}

/** Imports stay in the folder that `--root` names; else in the working folder, or the entry's own where that lies elsewhere. */
export function rootOf(entry: string, flags: ReadFlags, from: string): string {
  if (flags.root === undefined) return isInside(entry, from) ? from : dirname(entry);
  try {
    return realpathSync(flags.root);
  } catch (error) {
    throw usageFailure(`can't use --root "${flags.root}": ${systemReason(error)}`);
  }
}
