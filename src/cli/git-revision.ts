import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { escapeForTerminal } from '../diagnostics/escape.js';
import { ioFailure, systemCode, usageFailure } from './failure.js';

/** A file of a revision. */
export interface RevisionFile {
  /** Where it would lie in the working tree, absolute. */
  readonly path: string;
  readonly bytes: number;
  read(): Uint8Array;
}

/** The files of one commit, as git holds them; nothing is checked out. */
export interface Revision {
  /** As it was asked for: `main`, `HEAD~1`. */
  readonly name: string;
  /** The real path of the repository's folder. */
  readonly top: string;
  /** All regular `.cnn` files, and links to such, by where they would lie. */
  readonly files: ReadonlyMap<string, RevisionFile>;
}

/** Opens a revision of the repository that the working folder lies in. */
export function openRevision(name: string): Revision {
  const top = realpathSync(
    text(git(['rev-parse', '--show-toplevel'], notInRepository)).replace(/\r?\n$/, ''),
  );
  const commit = text(
    git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], () =>
      usageFailure(
        `git knows no commit "${name}"`,
        'a shallow clone may lack it: fetch it first, or clone with `fetch-depth: 0`',
      ),
    ),
  ).trim();
  const listed = listFiles(commit);
  const files = new Map<string, RevisionFile>();
  for (const path of listed.keys()) {
    if (!path.endsWith('.cnn')) continue;
    const blob = followLinks(path, listed);
    const place = join(top, path.replaceAll('/', sep));
    if (blob !== undefined)
      files.set(place, { path: place, bytes: blob.bytes, read: () => readBlob(blob.hash) });
  }
  return { name, top, files };
}

/** True for paths in the repository's folder, itself included; told from the text alone. */
export function isInRepository({ top }: Pick<Revision, 'top'>, path: string): boolean {
  const from = relative(top, path);
  return from === '' || (!from.startsWith(`..${sep}`) && from !== '..');
}

interface Blob {
  readonly hash: string;
  readonly bytes: number;
  readonly isLink: boolean;
}

/** Every file and link of a commit, submodules aside, by its path from the top. */
function listFiles(commit: string): ReadonlyMap<string, Blob> {
  const output = text(git(['ls-tree', '-r', '-l', '-z', '--full-tree', commit], gitFailed));
  const files = new Map<string, Blob>();
  for (const line of output.split('\0')) {
    const tab = line.indexOf('\t');
    const [mode = '', type, hash = '', bytes = ''] = line.slice(0, Math.max(0, tab)).split(/ +/);
    if (type === 'blob')
      files.set(line.slice(tab + 1), { hash, bytes: Number(bytes), isLink: mode === '120000' });
  }
  return files;
}

const mostLinks = 8;

/** The regular file that a path leads to within the commit. */
function followLinks(path: string, files: ReadonlyMap<string, Blob>): Blob | undefined {
  let place = path;
  for (let links = 0; links <= mostLinks; links++) {
    const file = files.get(place);
    if (file?.isLink !== true) return file;
    place = posix.join(posix.dirname(place), text(readBlob(file.hash)));
  }
  return undefined;
}

function readBlob(hash: string): Uint8Array {
  return git(['cat-file', 'blob', hash], gitFailed);
}

const mostBytes = 1 << 28;

/** Runs git and gives what it prints; `onFailure` makes the error out of what it says. */
function git(args: readonly string[], onFailure: (said: string) => Error): Uint8Array {
  const { status, stdout, stderr, error } = spawnSync('git', args, { maxBuffer: mostBytes });
  if (systemCode(error) === 'ENOENT')
    throw ioFailure('`--against` needs git, and no program of this name is found');
  if (error !== undefined) throw ioFailure(`git can't be run: ${error.message}`);
  if (status !== 0) throw onFailure(escapeForTerminal(text(stderr).trim().split('\n').join(' ')));
  return stdout;
}

function notInRepository(said: string): Error {
  return usageFailure(
    `\`--against\` compares with a revision of git: ${said}`,
    'run it inside of the repository',
  );
}

function gitFailed(said: string): Error {
  return ioFailure(`git can't read the revision: ${said}`);
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
