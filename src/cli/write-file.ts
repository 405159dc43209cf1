import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ioFailure, systemReason } from './failure.js';

/**
 * Writes a file whole or not at all: to a temporary name in the same folder, flushed to the device, then renamed, and the
 * folder flushed too. `permissions` are those of the file that it replaces, where it replaces one.
 */
export function writeFileAtomically(path: string, content: string | Uint8Array, permissions?: number): void {
  const temporary = join(dirname(path), `.${basename(path)}.${String(process.pid)}.tmp`);
  try {
    writeNew(temporary, typeof content === 'string' ? Buffer.from(content, 'utf8') : content, permissions);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw ioFailure(`can't write ${path}: ${systemReason(error)}`);
  }
  flushFolder(dirname(path));
}

function writeNew(path: string, bytes: Uint8Array, permissions: number | undefined): void {
  // `wx`: a file or a link that stands at the temporary name is not ours to follow.
  const file = openSync(path, 'wx', 0o666);
  try {
    if (permissions !== undefined) fchmodSync(file, permissions & 0o777);
    let written = 0;
    while (written < bytes.length) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function flushFolder(path: string): void {
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
