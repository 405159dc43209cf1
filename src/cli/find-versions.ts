import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { usageFailure } from './failure.js';
import { filesAt } from './find-files.js';
import { isInRepository, type Revision, type RevisionFile } from './git-revision.js';
import { isInside } from './loader.js';
import { statFile } from './stat-file.js';

/** A file that is there now, or was there at a revision, or both. */
export interface Versions {
  /** Absolute, where it lies or lay. */
  readonly path: string;
  readonly before: RevisionFile | undefined;
  readonly isThere: boolean;
}

/**
 * The `.cnn` files that paths name, now or at a revision: files, and folders that are searched as everywhere (without dotted
 * folders and `node_modules`), sorted by path. Nothing found is wrong usage.
 */
export function findVersions(revision: Revision, paths: readonly string[]): readonly Versions[] {
  const found = new Map<string, Versions>();
  for (const path of paths) {
    if (path === '-') throw usageFailure('`--against` compares files, and `-` is standard input');
    const place = placeOf(path);
    if (!isInRepository(revision, place))
      throw usageFailure(`"${path}" lies outside of the repository, which is ${revision.top}`);
    const isThere = statFile(path) !== undefined;
    for (const file of isThere ? filesAt(path) : []) add(found, revision, placeOf(file), true);
    const old = [...revision.files.keys()].filter((file) => file === place || isFoundIn(place, file));
    for (const file of old) if (!found.has(file)) add(found, revision, file, false);
    if (!isThere && old.length === 0)
      throw usageFailure(`no such file or folder: "${path}", neither now nor at ${revision.name}`);
  }
  if (found.size === 0) {
    const where = paths.map((path) => `"${path}"`).join(', ');
    throw usageFailure(`no .cnn file in ${where}, neither now nor at ${revision.name}`);
  }
  return [...found.values()].sort((one, other) => (one.path < other.path ? -1 : 1));
}

function add(found: Map<string, Versions>, { files }: Revision, path: string, isThere: boolean): void {
  found.set(path, { path, before: files.get(path), isThere });
}

/** A real path but for its last part, which may be a link: git knows it by that name. */
function placeOf(path: string): string {
  const whole = resolve(path);
  const stats = statFile(whole);
  if (stats === undefined) return whole;
  return stats.isDirectory() ? realpathSync(whole) : join(realpathSync(dirname(whole)), basename(whole));
}

function isFoundIn(folder: string, file: string): boolean {
  if (!isInside(file, folder)) return false;
  const folders = file.slice(folder.length).split(sep).slice(0, -1);
  return folders.every((name) => name !== 'node_modules' && !name.startsWith('.'));
}
