import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildCnnc, cnnc, folderWith } from './cnnc.js';
import { bad, blocks, good, importing } from './sources.js';

beforeAll(buildCnnc);

const wider = good.replace('conv 4', 'conv 8');
const deeper = good.replace('  gap', '  conv 4 1x1 relu\n  gap');

describe('cnnc diff of two files', () => {
  it('tells in one line what was put in, and what becomes of costs, weights and interface', async () => {
    const cwd = folderWith({ 'a.cnn': good, 'b.cnn': deeper });
    const { code, out, err } = await cnnc(['diff', 'a.cnn', 'b.cnn'], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`Small  a.cnn → b.cnn

  +  conv2  conv 4 1x1 -> relu, 6×6×4

  figure           before  after           change
  params               90    110     +20 (+22.2%)
  trainable            90    110     +20 (+22.2%)
  macs              1,336  1,912    +576 (+43.1%)
  flops             3,000  4,440  +1,440 (+48.0%)
  weights, bytes      360    440     +80 (+22.2%)
  peak, bytes         832  1,152    +320 (+38.5%)
  receptive field       3      3                –

  weights    an old checkpoint doesn't load as it is
             2 missing: conv2.kernel 1×1×4×4, conv2.bias 4
  interface  the same
`);
  });

  it('says that there is no difference', async () => {
    const cwd = folderWith({ 'a.cnn': good, 'b.cnn': `// a comment\n${good}` });
    const { code, out } = await cnnc(['diff', 'a.cnn', 'b.cnn', '--exit-code'], { cwd });
    expect({ code, out }).toEqual({ code: 0, out: '1 model without a difference\n' });
  });

  it('ends with 1 where anything differs, if asked to', async () => {
    const cwd = folderWith({ 'a.cnn': good, 'b.cnn': wider });
    expect((await cnnc(['diff', 'a.cnn', 'b.cnn'], { cwd })).code).toBe(0);
    expect((await cnnc(['diff', 'a.cnn', 'b.cnn', '--exit-code'], { cwd })).code).toBe(1);
  });

  it('fails on weights, interface and costs, each with its reason', async () => {
    const cwd = folderWith({ 'a.cnn': good, 'b.cnn': wider.replace('dense 10', 'dense 11') });
    const flags = ['--fail-on', 'weights', '--fail-on', 'interface', '--fail-on', 'macs:5%'];
    const { code, err } = await cnnc(['diff', 'a.cnn', 'b.cnn', ...flags], { cwd });
    expect(code).toBe(1);
    expect(err.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^cnnc: Small: --fail-on weights: an old checkpoint doesn't load as it is: 4 of/),
      'cnnc: Small: --fail-on interface: output output is 11, was 10',
      'cnnc: Small: --fail-on macs:5%: macs +1,344 (+100.6%)',
    ]);
  });

  it('allows a cost to grow by as much as it is told, to the unit', async () => {
    // 1336 multiply-accumulates become 1912: by 43.11…%, which is 576/1336.
    const cwd = folderWith({ 'a.cnn': good, 'b.cnn': deeper });
    const failing = async (what: string): Promise<number> =>
      (await cnnc(['diff', 'a.cnn', 'b.cnn', '--fail-on', what], { cwd })).code;
    expect(await failing('macs:43.1%')).toBe(1);
    expect(await failing('macs:43.2%')).toBe(0);
    expect(await failing('cost:43.2%')).toBe(0);
    expect(await failing('cost:30%')).toBe(1);
    expect(await failing('cost:5')).toBe(2);
    expect(await failing('color:5%')).toBe(2);
  });

  it('takes a cost for grown where open sizes leave it undecided', async () => {
    const open = good.replace('8x8x1', '?x?x1');
    const cwd = folderWith({ 'a.cnn': open, 'b.cnn': open.replace('conv 4 3x3', 'conv 4 5x5') });
    const { code, err } = await cnnc(['diff', 'a.cnn', 'b.cnn', '--fail-on', 'macs:300%'], { cwd });
    expect(code).toBe(1);
    expect(err).toContain('macs');
    const sized = ['diff', 'a.cnn', 'b.cnn', '--fail-on', 'macs:300%', '--input', '8x8x1'];
    expect((await cnnc(sized, { cwd })).code).toBe(0);
  });

  it('writes JSON with all digits', async () => {
    const cwd = folderWith({ 'a.cnn': good, 'b.cnn': deeper });
    const { out } = await cnnc(['diff', 'a.cnn', 'b.cnn', '--format', 'json'], { cwd });
    expect(JSON.parse(out)).toMatchObject({
      formatVersion: 1,
      same: false,
      files: [
        {
          before: 'a.cnn',
          after: 'b.cnn',
          models: [
            {
              status: 'changed',
              name: 'Small',
              added: [{ path: 'conv2', kind: 'conv', layers: [{ path: 'conv2', shape: [6, 6, 4] }] }],
              removed: [],
              totals: { macs: { before: 1336, after: 1912, change: 576 } },
              receptiveField: { before: [3, 3], after: [3, 3] },
              weights: { loads: false, missing: [{ name: 'conv2.kernel', shape: [1, 1, 4, 4] }, {}] },
              interface: { same: true, changes: [] },
            },
          ],
        },
      ],
    });
  });

  it('writes markdown in which names stay text', async () => {
    const cwd = folderWith({ 'a.cnn': good, '<b>.cnn': wider });
    const { out } = await cnnc(['diff', 'a.cnn', '<b>.cnn', '--format', 'markdown'], { cwd });
    expect(out).toContain('#### Small (a.cnn → &#60;b&#62;.cnn)\n');
    expect(out).toContain('conv1 | filters 4 → 8; 6×6×4 → 6×6×8; 40 → 80 params |\n');
    expect(out).toContain('- **interface**: the same\n');
  });

  it('compares models by name, or those that are named', async () => {
    const two = `${good}\n${wider.replace('Small', 'Large')}`;
    const cwd = folderWith({ 'a.cnn': two, 'b.cnn': good.replace('Small', 'Other'), 'c.cnn': good });
    const byName = await cnnc(['diff', 'a.cnn', 'c.cnn'], { cwd });
    expect(byName.out).toContain('the model is gone: 170 params, 2,672 macs\n');
    expect(byName.out).toContain('1 model without a difference\n');
    const alone = await cnnc(['diff', 'b.cnn', 'c.cnn'], { cwd });
    expect(alone.out).toBe('1 model without a difference\n');
    const named = await cnnc(['diff', 'a.cnn', 'a.cnn', '--model', 'Small:Large'], { cwd });
    expect(named.out).toContain('Small → Large  a.cnn\n');
  });

  it('gives parameters and sizes to both sides', async () => {
    const model = (filters: number): string =>
      `model Net<classes = 10> {\n  input 8x8x1\n  conv ${String(filters)} 3x3\n  gap\n  dense classes\n}\n`;
    const cwd = folderWith({ 'a.cnn': model(4), 'b.cnn': model(8) });
    const args = ['diff', 'a.cnn', 'b.cnn', '--set', 'classes=3', '--input', '9x9x1', '--format', 'json'];
    const { out } = await cnnc(args, { cwd });
    expect(JSON.parse(out)).toMatchObject({
      files: [{ models: [{ totals: { params: { before: 55, after: 107 } }, interface: { same: true } }] }],
    });
  });

  it('ends with 2 where it is not told what to compare, and with 1 where a file has a mistake', async () => {
    const cwd = folderWith({ 'a.cnn': good, 'b.cnn': bad, 'c.cnn': blocks });
    const lonely = await cnnc(['diff', 'a.cnn'], { cwd });
    expect(lonely.code).toBe(2);
    expect(lonely.err).toContain('two files are compared, not 1');
    expect((await cnnc(['diff', '-', '-'], { cwd })).code).toBe(2);
    expect((await cnnc(['diff', 'c.cnn', 'c.cnn'], { cwd })).code).toBe(2);
    const mistaken = await cnnc(['diff', 'a.cnn', 'b.cnn'], { cwd });
    expect(mistaken).toMatchObject({ code: 1, out: '' });
    expect(mistaken.err).toContain('error[unknown-layer]');
  });

  it('reads one side from standard input, and never writes over the other', async () => {
    const cwd = folderWith({ 'a.cnn': good });
    const { out } = await cnnc(['diff', 'a.cnn', '-'], { cwd, input: wider });
    expect(out).toContain('Small  a.cnn → <stdin>\n');
    expect((await cnnc(['diff', 'a.cnn', 'a.cnn', '-o', 'a.cnn'], { cwd })).code).toBe(3);
    expect(readFileSync(join(cwd, 'a.cnn'), 'utf8')).toBe(good);
  });
});

describe('cnnc diff --against', () => {
  it('compares files with those of a commit, whose imports are of the same commit', async () => {
    const cwd = repositoryWith({ 'nets/blocks.cnn': blocks, 'nets/net.cnn': importing('./blocks.cnn') });
    writeFileSync(join(cwd, 'nets/blocks.cnn'), blocks.replace('3x3', '5x5'));
    commit(cwd);
    const { code, out, err } = await cnnc(['diff', '--against', 'HEAD~1'], { cwd });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('~  halve1.conv1  kernel 3 → 5; 40 → 104 params\n');
    const now = await cnnc(['diff', '--against', 'HEAD', '--exit-code'], { cwd });
    expect(now).toMatchObject({ code: 0, out: '1 model without a difference\n' });
  });

  it('tells files that are new and files that are gone, from any folder', async () => {
    const cwd = repositoryWith({ 'nets/old.cnn': good, 'nets/sub/kept.cnn': good, 'other.cnn': good });
    rmSync(join(cwd, 'nets/old.cnn'));
    writeFileSync(join(cwd, 'nets/new.cnn'), good);
    const nets = await cnnc(['diff', '--against', 'main', '--exit-code'], { cwd: join(cwd, 'nets') });
    expect(nets.code).toBe(1);
    expect(nets.out.match(/^\S+: the file .*$|^\d+ model.*$/gm)).toEqual([
      'new.cnn: the file is new',
      'old.cnn: the file is gone',
      '1 model without a difference',
    ]);
    const gone = await cnnc(['diff', '--against', 'main', 'nets/old.cnn', '--fail-on', 'weights'], { cwd });
    expect(gone).toMatchObject({ code: 1, err: 'cnnc: Small: --fail-on weights: the model is gone\n' });
  });

  it('follows links of the commit', async () => {
    const cwd = repositoryWith({ 'nets/a.cnn': good }, (folder) => {
      symlinkSync('a.cnn', join(folder, 'nets/link.cnn'));
    });
    writeFileSync(join(cwd, 'nets/a.cnn'), wider);
    const { out } = await cnnc(['diff', '--against', 'HEAD', '--format', 'json', 'nets/link.cnn'], { cwd });
    expect(JSON.parse(out)).toMatchObject({
      files: [{ before: 'nets/link.cnn', models: [{ changed: [{ path: 'conv1' }, { path: 'gap1' }, {}] }] }],
    });
  });

  it('shows what is wrong in the old version under its revision, and compares the others', async () => {
    const cwd = repositoryWith({ 'a.cnn': bad, 'b.cnn': good });
    writeFileSync(join(cwd, 'a.cnn'), good);
    const { code, out, err } = await cnnc(['diff', '--against', 'HEAD'], { cwd });
    expect(code).toBe(1);
    expect(err).toContain('HEAD:a.cnn:3:3');
    expect(out).toBe('1 model without a difference\n');
  });

  it('leaves out files without the model that is asked for', async () => {
    const cwd = repositoryWith({ 'a.cnn': good, 'b.cnn': good.replace('Small', 'Other') });
    const { out } = await cnnc(['diff', '--against', 'HEAD', '--model', 'Other', '--format', 'json'], {
      cwd,
    });
    expect(JSON.parse(out)).toMatchObject({ files: [{ after: 'b.cnn' }] });
    const none = await cnnc(['diff', '--against', 'HEAD', '--model', 'Third'], { cwd });
    expect(none.code).toBe(2);
    expect(none.err).toContain('`--model Third`');
  });

  it('tells what is missing: git, a repository, a commit, a file', async () => {
    const cwd = repositoryWith({ 'a.cnn': good });
    const failing = async (args: readonly string[], options: Parameters<typeof cnnc>[1]) => {
      const { code, err } = await cnnc(['diff', ...args], options);
      return { code, err: err.split('\n')[0] };
    };
    expect(await failing(['--against', 'nowhere'], { cwd })).toEqual({
      code: 2,
      err: 'cnnc: git knows no commit "nowhere"',
    });
    // What looks like a flag is none of git's.
    expect(await failing(['--against=--all'], { cwd })).toMatchObject({ code: 2 });
    expect(await failing(['--against', 'HEAD', 'b.cnn'], { cwd })).toEqual({
      code: 2,
      err: 'cnnc: no such file or folder: "b.cnn", neither now nor at HEAD',
    });
    const outside = folderWith({ 'a.cnn': good });
    expect(await failing(['--against', 'HEAD', join(outside, 'a.cnn')], { cwd })).toMatchObject({ code: 2 });
    const apart = { cwd: outside, env: { GIT_CEILING_DIRECTORIES: join(outside, '..') } };
    expect((await failing(['--against', 'HEAD'], apart)).err).toContain('not a git repository');
    expect(await failing(['--against', 'HEAD'], { cwd, env: { PATH: outside } })).toEqual({
      code: 3,
      err: 'cnnc: `--against` needs git, and no program of this name is found',
    });
  });
});

/** A repository with one commit on `main`. */
function repositoryWith(files: Readonly<Record<string, string>>, more?: (folder: string) => void): string {
  const folder = folderWith(files);
  more?.(folder);
  git(folder, 'init', '-q', '-b', 'main');
  commit(folder);
  return folder;
}

function commit(folder: string): void {
  git(folder, 'add', '-A');
  git(folder, '-c', 'user.name=n', '-c', 'user.email=n@example.org', 'commit', '-q', '-m', 'models');
}

function git(folder: string, ...args: readonly string[]): void {
  execFileSync('git', args, { cwd: folder });
}
