import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { finishWrites } from '../../src/cli/journal.js';
import { temporaryName } from '../../src/cli/temporary-name.js';
import { writeFilesTogether } from '../../src/cli/write-files.js';
import { buildCnnc, cnnc, folderWith, repository, type Run } from './cnnc.js';
import { good } from './sources.js';
import { sidesData, sidesModel } from './sides.js';

beforeAll(buildCnnc);

const toLayers = ['--to', 'tfjs-layers', '-o', 'out'];
const preload = `--import=${pathToFileURL(join(repository, 'test', 'cli', 'at-step.mjs')).href}`;

/** Runs the command line; its n-th change of a file is its last, or fails. */
function faulty(args: readonly string[], cwd: string, step: number, fault: string): Promise<Run> {
  const env = { NODE_OPTIONS: preload, CNNC_TEST_STEP: String(step), CNNC_TEST_FAULT: fault };
  return cnnc(args, { cwd, env });
}

/** Every file of a folder, and of those in it, with what it holds. */
function contentOf(folder: string): ReadonlyMap<string, string> {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort() : [];
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));
}

function visible(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...files].filter(([name]) => !name.startsWith('.cnnc-')));
}

/** The files that `model.json` names, and itself: what a loader reads. */
function modelIn(folder: string): ReadonlyMap<string, string> {
  const all = contentOf(folder);
  const json = Buffer.from(all.get('model.json') ?? '', 'base64').toString('utf8');
  const named = new Set(['model.json', ...(json.match(/weights-[\w]+-\d+of\d+\.bin/g) ?? [])]);
  return new Map([...named].map((name) => [name, all.get(name) ?? 'absent']));
}

describe('a model that is built over another', () => {
  it('is the old one or the new one, whole, at whichever step the build is killed, and the next build tidies up', async () => {
    const reference = folderWith({ 'a.cnn': good });
    await cnnc(['build', 'a.cnn', ...toLayers], { cwd: reference });
    const old = contentOf(join(reference, 'out'));
    await cnnc(['build', 'a.cnn', ...toLayers, '--seed', '1', '--force'], { cwd: reference });
    const renewed = contentOf(join(reference, 'out'));
    expect([...renewed.keys()]).not.toEqual([...old.keys()]);
    const seen = new Set<string>();
    let steps = 0;
    const attempt = async (step: number): Promise<boolean> => {
      const cwd = folderWith({ 'a.cnn': good, ...filesOf('out', old) });
      const run = await faulty(
        ['build', 'a.cnn', ...toLayers, '--seed', '1', '--force'],
        cwd,
        step,
        'SIGKILL',
      );
      const left = modelIn(join(cwd, 'out'));
      expect([old, renewed]).toContainEqual(left);
      seen.add(left.has([...old.keys()][1] ?? '') ? 'old' : 'new');
      finishWrites(join(cwd, 'out'));
      const tidied = visible(contentOf(join(cwd, 'out')));
      expect([old, renewed]).toContainEqual(tidied);
      expect(contentOf(join(cwd, 'out'))).toEqual(tidied);
      return run.code === -1;
    };
    // Two at a time: each is a process of its own.
    for (let going = true; going; steps += 2)
      going = (await Promise.all([attempt(steps + 1), attempt(steps + 2)])).every((killed) => killed);
    expect(steps).toBeGreaterThan(11);
    expect([...seen].sort()).toEqual(['new', 'old']);
  });

  it('stays byte for byte where the device is full at any write, without temporary files, and the reason is told', async () => {
    const cwd = folderWith({ 'a.cnn': good });
    await cnnc(['build', 'a.cnn', ...toLayers], { cwd });
    const before = contentOf(join(cwd, 'out'));
    const args = ['build', 'a.cnn', ...toLayers, '--seed', '1', '--force'];
    for (const [fault, reason, steps] of [
      ['ENOSPC', 'no space left on the device', [2, 8, 11]],
      ['EROFS', 'the file system is read-only', [1]],
      ['EACCES', 'permission denied', [12]],
    ] as const) {
      for (const step of steps) {
        const { code, err } = await faulty(args, cwd, step, fault);
        expect([step, code, err]).toEqual([step, 3, expect.stringContaining(reason)]);
        expect(contentOf(join(cwd, 'out'))).toEqual(before);
      }
    }
  });

  it('is written to its end where SIGTERM comes meanwhile', async () => {
    const cwd = folderWith({ 'a.cnn': good });
    const { code } = await faulty(['build', 'a.cnn', ...toLayers], cwd, 2, 'SIGTERM');
    expect(code).toBe(143);
    expect([...modelIn(join(cwd, 'out')).values()]).not.toContain('absent');
    expect([...contentOf(join(cwd, 'out')).keys()].filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

describe('the files of a run', () => {
  it('stay those of the earlier run where the device is full', async () => {
    const cwd = folderWith({ 'a.cnn': sidesModel, ...sidesData(16, 4) });
    const args = ['train', 'a.cnn', '--data', 'data', '-o', 'run', '--quiet'];
    expect((await cnnc(args, { cwd })).code).toBe(0);
    const before = contentOf(join(cwd, 'run'));
    // Trying the folder, opening and writing the first checkpoint; what stands in the folder is of the earlier run until it is there.
    for (const step of [1, 3, 4]) {
      const { code, err } = await faulty([...args, '--force', '--seed', '3'], cwd, step, 'ENOSPC');
      expect([code, err]).toEqual([3, expect.stringContaining('no space left')]);
      expect(contentOf(join(cwd, 'run'))).toEqual(before);
    }
  });
});

describe('files written together', () => {
  const news = [
    { path: 'a', content: 'new a' },
    { path: 'deeper/b', content: 'new b' },
  ];

  it('replace old ones and take others away', () => {
    const folder = folderWith({ a: 'old a', c: 'old c' });
    writeFilesTogether(folder, news, ['c']);
    expect(readdirSync(folder).sort()).toEqual(['a', 'deeper']);
    expect(readFileSync(join(folder, 'deeper', 'b'), 'utf8')).toBe('new b');
  });

  it('change nothing where one of them can not be written', () => {
    const folder = folderWith({ a: 'old a', 'deeper/b/c': 'x' });
    expect(() => {
      writeFilesTogether(folder, news, ['c']);
    }).toThrow('it is a folder');
    expect(readdirSync(folder).sort()).toEqual(['a', 'deeper']);
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old a');
  });

  it('are finished from the journal of a run that is gone, but for what leaves the folder', () => {
    const folder = folderWith({ 'in/a': 'old a', precious: 'precious' });
    const inside = join(folder, 'in');
    const from = temporaryName('tmp');
    writeFileSync(join(inside, from), 'new a');
    const write = (moves: readonly unknown[], removes: readonly string[]): void => {
      writeFileSync(join(inside, temporaryName('journal')), JSON.stringify({ moves, removes }));
    };
    write([[from, 'a']], ['../precious']);
    write([[from, '../precious']], []);
    finishWrites(inside);
    expect(readFileSync(join(folder, 'precious'), 'utf8')).toBe('precious');
    writeFileSync(join(inside, from), 'new a');
    write([[from, 'a']], []);
    finishWrites(inside);
    expect(readFileSync(join(inside, 'a'), 'utf8')).toBe('new a');
    expect(readdirSync(inside)).toEqual(['a']);
  });

  it('leave alone what another process writes, or another machine did just now', () => {
    const own = temporaryName('tmp');
    const living = own.replace(/-\d+-/, `-${String(process.ppid)}-`);
    const elsewhere = own.replace(/^\.cnnc-[0-9a-f]{8}/, '.cnnc-00000000');
    const folder = folderWith({ [own]: '', [living]: '', [elsewhere]: '', '.cnnc-mine.tmp': '' });
    finishWrites(folder);
    expect(readdirSync(folder).sort()).toEqual([elsewhere, living, '.cnnc-mine.tmp'].sort());
    utimesSync(join(folder, elsewhere), 0, 0);
    finishWrites(folder);
    expect(readdirSync(folder).sort()).toEqual([living, '.cnnc-mine.tmp'].sort());
  });
});

describe('a report', () => {
  it.each([
    ['summary', ['summary', 'a.cnn', '-o', 'a.cnn']],
    ['check, by another name', ['check', 'a.cnn', '-o', 'same.txt']],
    ['summary, over a source that is imported', ['summary', 'a.cnn', '-o', 'b.cnn']],
  ])('is never written over what it is made from: %s', async (_what, args) => {
    const cwd = folderWith({ 'a.cnn': good, 'b.cnn': good });
    linkSync(join(cwd, 'a.cnn'), join(cwd, 'same.txt'));
    const { code, err } = await cnnc(args, { cwd });
    expect([code, err]).toEqual([3, expect.stringContaining('name another file with -o')]);
    expect(readFileSync(join(cwd, 'a.cnn'), 'utf8')).toBe(good);
    expect(readFileSync(join(cwd, 'b.cnn'), 'utf8')).toBe(good);
  });

  it('keeps the old one where the device is full, as fmt keeps its file', async () => {
    const cwd = folderWith({ 'a.cnn': good.replace('  gap', 'gap'), 'r.txt': 'old' });
    for (const args of [
      ['summary', 'a.cnn', '-o', 'r.txt'],
      ['fmt', 'a.cnn'],
    ]) {
      const before = contentOf(cwd);
      const { code } = await faulty(args, cwd, 2, 'ENOSPC');
      expect(code).toBe(3);
      expect(contentOf(cwd)).toEqual(before);
    }
  });
});

function filesOf(folder: string, files: ReadonlyMap<string, string>): Readonly<Record<string, Uint8Array>> {
  return Object.fromEntries(
    [...files].map(([name, content]) => [join(folder, name), Buffer.from(content, 'base64')]),
  );
}
