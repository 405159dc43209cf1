import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildCnnc, cnnc, folderWith, repository } from './cnnc.js';
import { bad, blocks, good } from './sources.js';

beforeAll(buildCnnc);

describe('cnnc check', () => {
  it('finds every example right', async () => {
    const { code, out, err } = await cnnc(['check', 'examples'], { cwd: repository });
    expect(err).toBe('');
    expect(out).toMatch(/^\d+ files, \d+ models, \d+ assertions: all well\n$/);
    expect(code).toBe(0);
  });

  it('shows a mistake on standard output and ends with 1', async () => {
    const cwd = folderWith({ 'small.cnn': bad });
    const { code, out, err } = await cnnc(['check', 'small.cnn'], { cwd });
    expect(code).toBe(1);
    expect(err).toBe('');
    expect(out).toContain('error[unknown-layer]: there is no layer `convv`');
    expect(out).toContain('small.cnn:3:3');
    expect(out).toContain('1 file, 1 model, 0 assertions: 1 error\n');
  });

  it('searches folders, without node_modules and what begins with a dot', async () => {
    const cwd = folderWith({
      'a.cnn': good,
      'deep/er/b.cnn': good,
      'node_modules/x/c.cnn': bad,
      '.git/d.cnn': bad,
      'notes.txt': bad,
    });
    const { code, out } = await cnnc(['check'], { cwd });
    expect(out).toBe('2 files, 2 models, 0 assertions: all well\n');
    expect(code).toBe(0);
  });

  it('checks a file once that several paths and links name', async () => {
    const cwd = folderWith({ 'models/a.cnn': good });
    symlinkSync('a.cnn', join(cwd, 'models', 'b.cnn'));
    const { out } = await cnnc(['check', 'models', 'models/a.cnn', '.'], { cwd });
    expect(out).toBe('1 file, 1 model, 0 assertions: all well\n');
  });

  it('follows no link out of the searched folder, and none in a circle', async () => {
    const cwd = folderWith({ 'outside/x.cnn': bad, 'inside/a.cnn': good });
    symlinkSync('../outside/x.cnn', join(cwd, 'inside', 'x.cnn'));
    symlinkSync('../outside', join(cwd, 'inside', 'folder'));
    symlinkSync('.', join(cwd, 'inside', 'circle'));
    const { out } = await cnnc(['check', 'inside'], { cwd });
    expect(out).toBe('1 file, 1 model, 0 assertions: all well\n');
  });

  it('leaves a folder alone that is named like a file', async () => {
    const cwd = folderWith({ 'a.cnn': good });
    mkdirSync(join(cwd, 'folder.cnn'));
    const { code, out } = await cnnc(['check'], { cwd });
    expect(out).toBe('1 file, 1 model, 0 assertions: all well\n');
    expect(code).toBe(0);
  });

  it('ends with 2 where nothing matched', async () => {
    const cwd = folderWith({ 'notes.txt': 'no model' });
    expect(await cnnc(['check'], { cwd })).toEqual({ code: 2, out: '', err: 'cnnc: no .cnn file in "."\n' });
    const missing = await cnnc(['check', 'nowhere.cnn'], { cwd });
    expect(missing).toEqual({ code: 2, out: '', err: 'cnnc: no such file or folder: "nowhere.cnn"\n' });
  });

  it('ends with 2 where there was no model to check', async () => {
    const cwd = folderWith({ 'blocks.cnn': blocks, 'empty.cnn': '' });
    const { code, out, err } = await cnnc(['check'], { cwd });
    expect(code).toBe(2);
    expect(out).toBe('2 files, 0 models, 0 assertions: nothing to check\n');
    expect(err).toBe('cnnc: no model was checked: these files declare none\n');
  });

  it('reads standard input under a name', async () => {
    const unnamed = await cnnc(['check', '-'], { input: bad });
    expect(unnamed.code).toBe(1);
    expect(unnamed.out).toContain('<stdin>:3:3');
    const named = await cnnc(['check', '-', '--stdin-filepath', 'models/small.cnn'], { input: bad });
    expect(named.out).toContain('models/small.cnn:3:3');
  });

  it('resolves the imports of standard input beside the name that it is given', async () => {
    const cwd = folderWith({ 'models/blocks.cnn': blocks });
    const input = 'import { halve } from "./blocks.cnn"\nmodel M { input 8x8x1; halve<4> }\n';
    const { code, out } = await cnnc(['check', '-', '--stdin-filepath', 'models/m.cnn'], { cwd, input });
    expect(out).toBe('1 file, 1 model, 0 assertions: all well\n');
    expect(code).toBe(0);
  });

  it('ends with 1 where there are more warnings than allowed', async () => {
    const cwd = folderWith({ 'a.cnn': good.replace('conv 4', 'let unused = 1\n  conv 4') });
    const allowed = await cnnc(['check', '--max-warnings', '1'], { cwd });
    expect(allowed.code).toBe(0);
    expect(allowed.out).toMatch(/: 1 warning\n$/);
    const refused = await cnnc(['check', '--max-warnings', '0'], { cwd });
    expect(refused.code).toBe(1);
    expect(refused.err).toBe('cnnc: 1 warning, and --max-warnings allows 0\n');
  });

  it('reports a mistake in a shared import once', async () => {
    const file = 'import { halve } from "./blocks.cnn"\nmodel M { input 8x8x1; halve<4> }\n';
    const cwd = folderWith({ 'a.cnn': file, 'b.cnn': file, 'blocks.cnn': blocks.replace('same', 'sane') });
    const { out } = await cnnc(['check'], { cwd });
    expect(out.match(/error\[/g)).toHaveLength(1);
    expect(out).toContain('3 files, 2 models, 0 assertions: 1 error\n');
  });

  it('counts what it does not show', async () => {
    const lines = Array.from({ length: 120 }, (_, place) => `  unknown${String(place)} 4`).join('\n');
    const cwd = folderWith({ 'a.cnn': `model M {\n  input 8x8x1\n${lines}\n}\n` });
    const { out } = await cnnc(['check'], { cwd });
    expect(out.match(/error\[/g)).toHaveLength(100);
    expect(out).toContain('and 20 more\n');
    expect(out).toContain('120 errors');
    const few = await cnnc(['check', '--limit-diagnostics', '2'], { cwd });
    expect(few.out.match(/error\[/g)).toHaveLength(2);
    expect(few.out).toContain('and 118 more\n');
  });

  it('writes JSON with the keys of the contract', async () => {
    const cwd = folderWith({ 'a.cnn': good.replace('}\n', '  assert params == 1\n}\n') });
    const { code, out } = await cnnc(['check', '--format', 'json'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      formatVersion: 1,
      files: 1,
      models: 1,
      errors: 1,
      warnings: 0,
      diagnostics: [
        {
          code: 'assertion-failed',
          severity: 'error',
          file: 'a.cnn',
          range: { start: { line: 6, column: 3 }, end: { line: 6 } },
          related: [{ file: 'a.cnn' }, {}],
          trail: [],
        },
      ],
      assertions: [{ text: 'params == 1', model: 'Small', actual: 90, limit: 1, passed: false }],
    });
  });

  it('writes lines that GitHub reads, with what would end them escaped', async () => {
    const cwd = folderWith({ 'a,b.cnn': bad });
    const { code, out } = await cnnc(['check', '--format', 'github'], { cwd });
    expect(code).toBe(1);
    expect(out.split('\n')[0]).toBe(
      '::error file=a%2Cb.cnn,line=3,col=3,endLine=3,endColumn=8,title=unknown-layer::' +
        'there is no layer `convv`%0Ahelp: did you mean `conv`?',
    );
  });

  it('shows a name that could change a terminal as what it is', async () => {
    const cwd = folderWith({ 'a\u001b[31m.cnn': bad });
    const { out } = await cnnc(['check'], { cwd });
    expect(out).toContain('a\\u{1b}[31m.cnn:3:3');
    expect(out).not.toContain('\u001b');
  });

  it('raises a limit up to the hard one, and not beyond', async () => {
    const cwd = folderWith({ 'a.cnn': `model M {\n  input 8x8x1\n  repeat 60_000 { relu }\n}\n` });
    const refused = await cnnc(['check'], { cwd });
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('limit 50,000');
    expect((await cnnc(['check', '--limit-layers', '100000'], { cwd })).code).toBe(0);
    const beyond = await cnnc(['check', '--limit-layers', '1000001'], { cwd });
    expect(beyond.code).toBe(2);
    expect(beyond.err).toContain('at most 1000000');
  });

  it.each([
    ['a file that is too large', ' '.repeat((1 << 20) + 1), 'text-limit'],
    ['bytes that are no UTF-8', Uint8Array.from([0x6d, 0xff, 0x0a]), 'not-text'],
    ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'not-text'],
  ])('has one message for %s', async (_what, content, code) => {
    const cwd = folderWith({ 'a.cnn': content });
    const run = await cnnc(['check'], { cwd });
    expect(run.code).toBe(1);
    expect(run.out.match(/error\[[\w-]+\]/g)).toEqual([`error[${code}]`]);
    expect(run.out).toContain('a.cnn:1:1');
  });
});
