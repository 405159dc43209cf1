import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBytes } from '../../../src/runtime/node/read-bytes.js';
import { temporaryFolder, writeFiles } from './files.js';

describe('readBytes', () => {
  it('gives the bytes of a file', () => {
    const folder = writeFiles(temporaryFolder(), { three: Uint8Array.of(1, 2, 3), none: '' });
    expect(readBytes(join(folder, 'three'), 3)).toEqual({ ok: true, value: Uint8Array.of(1, 2, 3) });
    expect(readBytes(join(folder, 'none'), 3)).toEqual({ ok: true, value: new Uint8Array(0) });
  });

  it('says how much too large a file is', () => {
    const folder = writeFiles(temporaryFolder(), { four: Uint8Array.of(1, 2, 3, 4) });
    expect(readBytes(join(folder, 'four'), 3)).toMatchObject({
      ok: false,
      problems: [{ code: 'unreadable', message: `can't read ${join(folder, 'four')}: limit 3 bytes, got 4` }],
    });
  });

  it('says that nothing is there', () => {
    const path = join(temporaryFolder(), 'none');
    expect(readBytes(path, 3)).toMatchObject({
      problems: [{ message: `can't read ${path}: no such file or folder` }],
    });
  });

  it.skipIf(process.platform === 'win32')('does not wait for someone to write into a pipe', () => {
    const pipe = join(temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(readBytes(pipe, 3)).toMatchObject({
      problems: [{ message: `can't read ${pipe}: it is no regular file` }],
    });
  });
});
