import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { failWith, problem, succeed, type Failure, type Outcome } from '../outcome.js';
import { largestPiece } from './largest-piece.js';

/** Reads a regular file whole, through one descriptor, if it has no more than `limit` bytes. */
export function readBytes(path: string, limit: number): Outcome<Uint8Array> {
  try {
    // Without waiting: opening a pipe would last until someone writes into it.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const status = fstatSync(file);
      if (!status.isFile()) return unreadable(path, 'it is no regular file');
      if (status.size > limit) {
        return unreadable(path, `limit ${String(limit)} bytes, got ${String(status.size)}`);
      }
      return readAll(path, file, status.size);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return unreadable(path, reasonOf(error));
  }
}

/** What a system call reports, in words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code !== undefined) return reasons.get(code) ?? code;
  return error instanceof Error ? error.message : String(error);
}

/** A file or folder that can't be read. */
export function unreadable(path: string, why: string): Failure {
  return failWith(problem('unreadable', `can't read ${path}: ${why}`));
}

function readAll(path: string, file: number, size: number): Outcome<Uint8Array> {
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const length = Math.min(largestPiece, size - filled);
    const read = readSync(file, bytes, { offset: filled, length });
    if (read === 0) return unreadable(path, 'it became shorter while it was read');
    filled += read;
  }
  return succeed(bytes);
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'not permitted'],
  ['ENOENT', 'no such file or folder'],
  ['ENOTDIR', 'a part of the path is not a folder'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'too many symbolic links'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EMFILE', 'too many open files'],
  ['EIO', 'input/output error'],
]);
