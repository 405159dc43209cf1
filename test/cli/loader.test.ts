import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileLoader } from '../../src/cli/loader.js';
import { folderWith } from './cnnc.js';
import { blocks } from './sources.js';

describe('the loader of files', () => {
  it('knows a file by its real path, and names it from the working folder', () => {
    const root = realpathSync(folderWith({ 'deep/blocks.cnn': blocks }));
    const loader = fileLoader({ root, from: root, limits: { fileBytes: 1000 } });
    const loaded = loader.load('./deep/../deep/blocks.cnn', join(root, 'main.cnn'));
    expect(loaded).toMatchObject({ kind: 'loaded', id: join(root, 'deep', 'blocks.cnn') });
    expect(loaded).toMatchObject({ source: { name: 'deep/blocks.cnn', text: blocks } });
  });

  it('refuses a name with a zero in it', () => {
    const root = realpathSync(folderWith());
    const loader = fileLoader({ root, from: root, limits: { fileBytes: 1000 } });
    expect(loader.load('./a.cnn\0.cnn', join(root, 'main.cnn'))).toEqual({
      kind: 'refused',
      reason: 'not-cnn',
    });
  });

  it('refuses a file that is larger than the limit, and says both', () => {
    const root = realpathSync(folderWith({ 'blocks.cnn': blocks }));
    const loader = fileLoader({ root, from: root, limits: { fileBytes: 10 } });
    expect(loader.load('./blocks.cnn', join(root, 'main.cnn'))).toEqual({
      kind: 'refused',
      reason: 'unreadable',
      detail: `limit 10 bytes, got ${String(blocks.length)}`,
    });
  });

  it('does not take a folder for the root whose name only begins like it', () => {
    const outside = realpathSync(folderWith({ 'root/main.cnn': '', 'rooted/blocks.cnn': blocks }));
    const root = join(outside, 'root');
    const loader = fileLoader({ root, from: root, limits: { fileBytes: 1000 } });
    expect(loader.load('../rooted/blocks.cnn', join(root, 'main.cnn'))).toEqual({
      kind: 'refused',
      reason: 'outside',
    });
  });
});
