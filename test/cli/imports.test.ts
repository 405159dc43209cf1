import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bash, buildCnnc, cnnc, folderWith } from './cnnc.js';
import { blocks, importing } from './sources.js';

beforeAll(buildCnnc);

const secret = 'the secret of another folder\n';

describe('imports from the command line', () => {
  it('reads a file beside, below and above the importing one, inside the root', async () => {
    const cwd = folderWith({
      'blocks.cnn': blocks,
      'deep/blocks.cnn': blocks,
      'a.cnn': importing('./blocks.cnn'),
      'b.cnn': importing('./deep/blocks.cnn'),
      'deep/c.cnn': importing('../blocks.cnn'),
    });
    const { code, out } = await cnnc(['check'], { cwd });
    expect(out).toBe('5 files, 3 models, 0 assertions: all well\n');
    expect(code).toBe(0);
  });

  it.each([
    ['a way out of the root', '../secret.cnn', 'it lies outside of the project’s root'],
    ['a longer way out', './x/../../secret.cnn', 'it lies outside of the project’s root'],
    ['an absolute path', '/etc/secret.cnn', 'an absolute path is not portable'],
    ['an address', 'https://example.org/blocks.cnn', 'nothing is fetched over a network'],
    ['an address of a file', 'file:///etc/secret.cnn', 'nothing is fetched over a network'],
    ['a link that leads out', './link.cnn', 'it lies outside of the project’s root'],
    ['a link to a folder that leads out', './folder/secret.cnn', 'it lies outside of the project’s root'],
    ['a link to a file of another kind', './passwd.cnn', 'it lies outside of the project’s root'],
    ['a device', './device.cnn', 'it lies outside of the project’s root'],
    ['a pipe', './pipe.cnn', 'it is not a regular file'],
    ['a folder', './directory.cnn', 'it is not a regular file'],
    ['a file of another kind', './notes.txt', 'only files named `.cnn` can be imported'],
    ['a file that is not there', './blcks.cnn', 'there is no such file'],
    ['a file that is no text', './picture.cnn', 'it can’t be read'],
  ])('refuses %s', async (_what, from, reason) => {
    const outside = folderWith({
      'secret.cnn': secret,
      'root/notes.txt': 'notes',
      'root/main.cnn': importing(from),
      'root/blocks.cnn': blocks,
      'root/picture.cnn': Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]),
    });
    const cwd = join(outside, 'root');
    symlinkSync('../secret.cnn', join(cwd, 'link.cnn'));
    symlinkSync('..', join(cwd, 'folder'));
    symlinkSync('/etc/passwd', join(cwd, 'passwd.cnn'));
    symlinkSync('/dev/zero', join(cwd, 'device.cnn'));
    mkdirSync(join(cwd, 'directory.cnn'));
    await bash('mkfifo pipe.cnn', { cwd });
    const { code, out, err } = await cnnc(['check', 'main.cnn'], { cwd });
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(out.match(/error\[[\w-]+\]/g)).toEqual(['error[import-failed]']);
    expect(out).toContain(reason);
    expect(out).not.toContain(secret.trim());
    expect(out).not.toContain('root:x:');
  });

  it('offers the nearest file that is there', async () => {
    const cwd = folderWith({ 'blocks.cnn': blocks, 'main.cnn': importing('./blcks.cnn') });
    expect((await cnnc(['check', 'main.cnn'], { cwd })).out).toContain('did you mean "./blocks.cnn"?');
  });

  it('stays in the folder of a file that lies outside of the working folder', async () => {
    const elsewhere = folderWith({ 'blocks.cnn': blocks, 'sub/main.cnn': importing('../blocks.cnn') });
    const cwd = folderWith();
    const file = join(elsewhere, 'sub', 'main.cnn');
    expect((await cnnc(['check', file], { cwd })).out).toContain('it lies outside of the project’s root');
    expect((await cnnc(['check', file, '--root', elsewhere], { cwd })).code).toBe(0);
    expect((await cnnc(['check', file, '--root', join(cwd, 'nowhere')], { cwd })).code).toBe(2);
  });

  it('takes a file that is reached in two ways for one', async () => {
    const cwd = folderWith({
      'blocks.cnn': blocks,
      'more.cnn':
        'import { halve } from "./same.cnn"\n\nblock quarter<filters> {\n  halve<filters>\n  halve<filters>\n}\n',
      'main.cnn':
        'import { halve } from "./blocks.cnn"\nimport { quarter } from "./more.cnn"\n\nmodel M {\n  input 8x8x1\n  halve<4>\n  quarter<4>\n}\n',
    });
    symlinkSync('blocks.cnn', join(cwd, 'same.cnn'));
    const { code, out } = await cnnc(['check', 'main.cnn', '--limit-files', '3'], { cwd });
    expect(out).toBe('1 file, 1 model, 0 assertions: all well\n');
    expect(code).toBe(0);
  });

  it('ends with 3 for a path that is neither file nor folder, without waiting for it', async () => {
    const cwd = folderWith();
    await bash('mkfifo pipe.cnn', { cwd });
    for (const path of ['pipe.cnn', '/dev/zero']) {
      const { code, err } = await cnnc(['check', path], { cwd });
      expect(code).toBe(3);
      expect(err).toContain(`"${path}" is not a regular file`);
    }
  });
});
