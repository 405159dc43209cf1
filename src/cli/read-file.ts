import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { systemCode } from './failure.js';

/** The bytes of a regular file, or why there are none. */
export type FileBytes =
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly realPath: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'not-a-file' }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'unreadable'; readonly error: unknown };

/**
 * Reads a regular file whole. It is opened once, without waiting for a pipe's other end, and everything (what it is, its
 * size, its bytes) is read from that descriptor; `mayOpen` is asked with its real path before. A file that is replaced between the
 * two looks is refused.
 */
export function readRegularFile(
  path: string,
  largest: number,
  mayOpen: (realPath: string) => boolean = () => true,
): FileBytes {
  try {
    const realPath = realpathSync(path);
    if (!mayOpen(realPath)) return { kind: 'refused' };
    const before = statSync(realPath);
    if (before.isDirectory()) return { kind: 'folder' };
    if (!before.isFile()) return { kind: 'not-a-file' };
    const file = openSync(realPath, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    try {
      const opened = fstatSync(file);
      const isSame = opened.ino === before.ino && opened.dev === before.dev && opened.isFile();
      if (!isSame || realpathSync(path) !== realPath) return { kind: 'not-a-file' };
      if (opened.size > largest) return { kind: 'too-large', size: opened.size };
      return boundedBytes(file, largest, realPath);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'missing' } : { kind: 'unreadable', error };
  }
}

/** Reads to the end or one byte beyond the largest size, since a file may grow while it is read, and `/proc` claims 0. */
function boundedBytes(file: number, largest: number, realPath: string): FileBytes {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const chunk = new Uint8Array(chunkBytes);
    const read = readSync(file, chunk);
    if (read === 0) break;
    size += read;
    if (size > largest) return { kind: 'too-large', size };
    chunks.push(chunk.subarray(0, read));
  }
  return { kind: 'read', bytes: Buffer.concat(chunks), realPath };
}

const chunkBytes = 1 << 16;
