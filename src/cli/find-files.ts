import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { ioFailure, systemCode, systemReason, usageFailure } from './failure.js';

/** What the command line was given to work on: files, and standard input as `-`. */
export type Found = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'stdin' };

/**
 * The `.cnn` files that paths name: files as they are, folders searched to the bottom in the order of names. Folders
 * named `node_modules` or with a dot are skipped, and no link is followed that leads out of the searched folder. Each
 * file stands there once. Nothing found is wrong usage.
 */
export function findFiles(paths: readonly string[]): readonly Found[] {
  const found: Found[] = [];
  const seen = new Set<string>();
  for (const path of paths) {
    if (path === '-') {
      if (!seen.has(path)) found.push({ kind: 'stdin' });
      seen.add(path);
      continue;
    }
    for (const file of filesAt(path)) {
      const real = realpathSync(file);
      if (seen.has(real)) continue;
      seen.add(real);
      found.push({ kind: 'file', path: file });
    }
  }
  if (found.length === 0) {
    throw usageFailure(`no .cnn file in ${paths.map((path) => `"${path}"`).join(', ')}`);
  }
  return found;
}

/** The `.cnn` files of one path: the file itself, or what a folder holds, which may be nothing. */
export function filesAt(path: string): readonly string[] {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return filesIn(path);
    if (stats.isFile()) return [path];
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw usageFailure(`no such file or folder: "${path}"`);
    throw ioFailure(`can't read "${path}": ${systemReason(error)}`);
  }
  throw ioFailure(`"${path}" is not a regular file`, 'standard input is read with `-`');
}

function filesIn(top: string): readonly string[] {
  const inside = `${realpathSync(top)}${sep}`;
  const files: string[] = [];
  const open = [top];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    const folders: string[] = [];
    for (const name of namesIn(folder)) {
      const path = join(folder, name);
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats === undefined) continue;
      if (stats.isDirectory() && name !== 'node_modules' && !name.startsWith('.')) folders.push(path);
      else if (name.endsWith('.cnn') && (stats.isFile() || isLinkInside(path, inside))) files.push(path);
    }
    open.push(...folders.reverse());
  }
  return files;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw ioFailure(`can't read the folder "${folder}": ${systemReason(error)}`);
  }
}

/** A link to a regular file of the searched folder; one that leads nowhere or out of it is skipped. */
function isLinkInside(path: string, inside: string): boolean {
  try {
    return realpathSync(path).startsWith(inside) && statSync(path).isFile();
  } catch {
    return false;
  }
}
