import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { afterEach, describe, expect, it } from 'vitest';
import { embedStd } from '../../scripts/embed-std.mjs';
import { isInstalled } from '../../scripts/house/install.mjs';
import { embeddedStd } from '../../src/compiler/std/embedded.js';

// What is looked at here lies in dist/: `npm test` builds it first.

const repository = join(import.meta.dirname, '../..');
const temporary: string[] = [];

afterEach(() => {
  for (const folder of temporary.splice(0)) rmSync(folder, { recursive: true });
});

describe('the package', () => {
  it('names no registry in its lock file, so that each machine asks its own', () => {
    expect(readFileSync(join(repository, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved"|\.tgz/);
  });

  it.each(['cnnc', 'cnnc/runtime'])('can be imported as %s, as those who install it do', (name) => {
    const script = `const all = await import('${name}'); console.log(Object.keys(all).length)`;
    const count = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: repository,
      encoding: 'utf8',
    });
    expect(Number(count)).toBeGreaterThan(0);
  });

  it.each(['index', 'runtime/index'])('has types beside dist/%s.js', (path) => {
    expect(existsSync(join(repository, `dist/${path}.d.ts`))).toBe(true);
  });

  it('checks a file where no other package can be found, TensorFlow.js least of all', () => {
    const folder = temporaryFolder();
    for (const name of ['package.json', 'dist/cnnc.js', 'dist/chunks', 'examples/lenet5.cnn']) {
      cpSync(join(repository, name), join(folder, name), { recursive: true });
    }
    const args = ['dist/cnnc.js', 'check', 'examples/lenet5.cnn'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });
});

describe('npm start', () => {
  it('ends with the exit code of the command, and leaves standard output to it', () => {
    const args = ['scripts/start.mjs', 'check', 'no/such/folder'];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: repository, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('what is installed', () => {
  const wanted = { '': { version: '1.0.0' }, 'node_modules/a': { version: '1.2.0' } };
  const native = { 'node_modules/native': { version: '4.0.0', optional: true } };

  it('is missing where there is no node_modules', async () => {
    expect(await isInstalled(installation({ wanted }))).toBe(false);
  });

  it('is complete with the versions of the lock file', async () => {
    const present = { 'node_modules/a': { version: '1.2.0' } };
    expect(await isInstalled(installation({ wanted, present }))).toBe(true);
  });

  it('is stale with another version, or where a package was added', async () => {
    const present = { 'node_modules/a': { version: '1.1.0' } };
    expect(await isInstalled(installation({ wanted, present }))).toBe(false);
    expect(await isInstalled(installation({ wanted, present: {} }))).toBe(false);
  });

  it('may lack an optional package, for which npm goes on without', async () => {
    const present = { 'node_modules/a': { version: '1.2.0' } };
    expect(await isInstalled(installation({ wanted: { ...wanted, ...native }, present }))).toBe(true);
  });
});

describe('the embedded standard library', () => {
  it('is the text of std/, file by file', () => {
    const names = readdirSync(join(repository, 'std')).filter((name) => name.endsWith('.cnn'));
    const files = names.map((name): readonly [string, string] => [
      `std/${name.replace('.cnn', '')}`,
      readFileSync(join(repository, 'std', name), 'utf8'),
    ]);
    expect(new Map(files)).toEqual(embeddedStd);
  });

  it('keeps what means something in a template literal', async () => {
    const text = 'a `b` ${c} \\d \\` \r\n\r é 😀\n';
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'odd.cnn'), text);
    const { code } = transformSync((await embedStd(folder)).text, { loader: 'ts', format: 'esm' });
    const script = `data:text/javascript,${encodeURIComponent(code)}`;
    const module: unknown = await import(/* @vite-ignore */ script);
    expect(module).toHaveProperty('embeddedStd', new Map([['std/odd', text]]));
  });
});

describe('the count of the tests', () => {
  it('counts a file that could not be loaded as a failure', () => {
    const report = join(temporaryFolder(), 'report.json');
    const test = (status: string): object => ({ status });
    const testResults = [
      { status: 'passed', assertionResults: [test('passed'), test('passed'), test('skipped')] },
      { status: 'failed', assertionResults: [test('passed'), test('failed')] },
      { status: 'failed', assertionResults: [] },
    ];
    writeFileSync(report, JSON.stringify({ testResults }));
    const args = [join(repository, 'scripts/count-tests.mjs'), report];
    expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toBe('3 2 1\n');
  });
});

type Packages = Readonly<Record<string, { readonly version: string; readonly optional?: boolean }>>;

/** A folder with a lock file and, where packages are present, what npm writes into node_modules. */
function installation(packages: { readonly wanted: Packages; readonly present?: Packages }): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages: packages.wanted }));
  if (packages.present !== undefined) {
    mkdirSync(join(folder, 'node_modules'));
    const text = JSON.stringify({ packages: packages.present });
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), text);
  }
  return folder;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cnnc-house-'));
  temporary.push(folder);
  return folder;
}
