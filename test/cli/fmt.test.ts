import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildCnnc, cnnc, folderWith } from './cnnc.js';
import { good } from './sources.js';

beforeAll(buildCnnc);

const untidy = good.replace('  conv 4 3x3', '     conv   4  3x3');
const broken = `model Small {\n  input 8x8x\n  conv 4 3x3\n`;

describe('cnnc fmt', () => {
  it('writes what changes, and names it', async () => {
    const cwd = folderWith({ 'a.cnn': untidy, 'b.cnn': good });
    expect(await cnnc(['fmt'], { cwd })).toEqual({ code: 0, out: 'a.cnn\n', err: '2 files, 1 changed\n' });
    expect(readFileSync(join(cwd, 'a.cnn'), 'utf8')).toBe(good);
  });

  it('only says what would change, and ends with 1', async () => {
    const cwd = folderWith({ 'a.cnn': untidy, 'b.cnn': good });
    expect(await cnnc(['fmt', '--check'], { cwd })).toEqual({
      code: 1,
      out: 'a.cnn\n',
      err: '2 files, 1 would change\n',
    });
    expect(readFileSync(join(cwd, 'a.cnn'), 'utf8')).toBe(untidy);
    expect((await cnnc(['fmt', '--check', 'b.cnn'], { cwd })).code).toBe(0);
  });

  it('begins no line with what a log would take for a command', async () => {
    const cwd = folderWith({ '::error x,y:z%.cnn': untidy, 'a\n::b.cnn': untidy });
    const { out } = await cnnc(['fmt', '--check'], { cwd });
    expect(out).toBe('./::error x,y:z%.cnn\na\\u{a}::b.cnn\n');
  });

  it('writes to standard output where it is told to, or reads standard input', async () => {
    const cwd = folderWith({ 'a.cnn': untidy });
    expect(await cnnc(['fmt', '--stdout', 'a.cnn'], { cwd })).toEqual({ code: 0, out: good, err: '' });
    expect(readFileSync(join(cwd, 'a.cnn'), 'utf8')).toBe(untidy);
    expect((await cnnc(['fmt', '-'], { input: untidy })).out).toBe(good);
  });

  it('leaves a file with a syntax error alone', async () => {
    const cwd = folderWith({ 'a.cnn': broken });
    const { code, out, err } = await cnnc(['fmt'], { cwd });
    expect(code).toBe(1);
    expect(out).toBe('');
    expect(err).toContain('a.cnn:');
    expect(err).toContain('1 file, 0 changed, 1 left alone\n');
    expect(readFileSync(join(cwd, 'a.cnn'), 'utf8')).toBe(broken);
  });

  it('takes a byte order mark and the line ends of elsewhere for a change', async () => {
    const cwd = folderWith({ 'a.cnn': `\ufeff${good}`, 'b.cnn': good.replaceAll('\n', '\r\n') });
    expect((await cnnc(['fmt'], { cwd })).out).toBe('a.cnn\nb.cnn\n');
    expect(readFileSync(join(cwd, 'a.cnn'), 'utf8')).toBe(good);
    expect(readFileSync(join(cwd, 'b.cnn'), 'utf8')).toBe(good);
  });

  it('keeps the permissions of a file, and writes to where a link leads', async () => {
    const cwd = folderWith({ 'real.txt': untidy });
    chmodSync(join(cwd, 'real.txt'), 0o640);
    symlinkSync('real.txt', join(cwd, 'a.cnn'));
    await cnnc(['fmt'], { cwd });
    expect(readFileSync(join(cwd, 'real.txt'), 'utf8')).toBe(good);
    expect(statSync(join(cwd, 'real.txt')).mode & 0o777).toBe(0o640);
  });

  it('changes nothing in what it has written', async () => {
    const cwd = folderWith({ 'a.cnn': untidy });
    await cnnc(['fmt'], { cwd });
    const { mtimeMs } = statSync(join(cwd, 'a.cnn'));
    expect((await cnnc(['fmt'], { cwd })).err).toBe('1 file, 0 changed\n');
    expect(statSync(join(cwd, 'a.cnn')).mtimeMs).toBe(mtimeMs);
    writeFileSync(join(cwd, 'a.cnn'), untidy);
    expect((await cnnc(['fmt', '--check'], { cwd })).code).toBe(1);
  });
});
