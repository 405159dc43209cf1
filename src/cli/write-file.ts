import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { largestPiece } from '../runtime/node/largest-piece.js';
import { ioFailure, systemReason } from './failure.js';
import { finishWrites } from './journal.js';
import { temporaryName } from './temporary-name.js';

/**
 * Writes a file whole or not at all: to a temporary name in the same folder, flushed to the device, then renamed, and the
 * folder flushed too. `permissions` are those of the file that it replaces, where it replaces one. Files that belong together
 * are written with `writeFilesTogether`: renamed one after the other they could be old and new side by side.
 */
export function writeFileAtomically(path: string, content: string | Uint8Array, permissions?: number): void {
  const folder = dirname(path);
  finishWrites(folder);
  const temporary = join(folder, temporaryName('tmp'));
  try {
    writeNew(temporary, content, permissions);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw ioFailure(`can't write ${path}: ${systemReason(error)}`);
  }
  flushFolder(folder);
}

/** Writes a file that must not be there yet, and flushes it to the device. */
export function writeNew(path: string, content: string | Uint8Array, permissions?: number): void {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  // `wx`: a file or a link that stands at the temporary name is not ours to follow.
  const file = openSync(path, 'wx', 0o666);
  try {
    if (permissions !== undefined) fchmodSync(file, permissions & 0o777);
    let written = 0;
    while (written < bytes.length)
      written += writeSync(file, bytes, written, Math.min(largestPiece, bytes.length - written));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes the names in a folder last, where its file system can. */
export function flushFolder(path: string): void {
  try {
    const folder = openSync(path, 'r');
    try {
      fsyncSync(folder);
    } finally {
      closeSync(folder);
    }
  } catch {
    // Not every file system can flush a folder; the file itself is safe by then.
  }
}
