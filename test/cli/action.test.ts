import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildCnnc, folderWith, program, repository } from './cnnc.js';
import { bad, blocks, good } from './sources.js';

// The action is run as the runner runs it: inputs and files in the environment, in a repository of two commits.

beforeAll(buildCnnc);

describe('the GitHub action', () => {
  it('annotates, sets outputs and writes a summary with links to the head of the pull request', () => {
    const { status, out, summary, outputs, head } = runAction(bad, {});
    expect(status).toBe(1);
    expect(out).toMatch(/^::error file=models\/a\.cnn,line=3,col=3,[^\n]*title=unknown-layer::/);
    expect(outputs).toBe('exit-code=1\nmodels=1\nvariants=0\nerrors=1\nwarnings=0\n');
    expect(summary).toContain('### cnnc: 1 error\n');
    expect(summary).toContain(`](https://example.org/someone/nets/blob/${head}/models/a.cnn#L3)`);
  });

  it('passes where all is well', () => {
    const { status, outputs, summary } = runAction(good, { PATHS: 'models' });
    expect(status).toBe(0);
    expect(outputs).toContain('errors=0\n');
    expect(summary).toContain('### cnnc: all well\n');
  });

  it('takes a budget a line', () => {
    const { status, out } = runAction(good, { BUDGETS: 'params <= 50\nmacs <= 1G\n' });
    expect(status).toBe(1);
    expect(out.match(/title=over-budget/g)).toHaveLength(1);
  });

  it('fails on warnings, or on nothing that was found, as it is told', () => {
    const warned = good.replace('conv 4', 'let unused = 1\n  conv 4');
    expect(runAction(warned, {}).status).toBe(0);
    expect(runAction(warned, { 'FAIL-ON': 'warning' }).status).toBe(1);
    expect(runAction(bad, { 'FAIL-ON': 'never' })).toMatchObject({ status: 0 });
    const wrong = runAction(good, { 'FAIL-ON': 'sometimes' });
    expect(wrong.status).toBe(2);
    expect(wrong.out).toContain('::error title=cnnc::fail-on is error, warning or never');
  });

  it('never passes where nothing was checked', () => {
    for (const inputs of [{ 'FAIL-ON': 'never' }, { 'FAIL-ON': 'never', PATHS: 'nowhere' }]) {
      const { status, out, outputs } = runAction(blocks, inputs);
      expect(status).toBe(2);
      expect(out).toContain('::error title=cnnc::cnnc check ended with 2: ');
      expect(outputs).toBe('exit-code=2\n');
    }
  });

  it('takes no path for a flag', () => {
    expect(runAction(good, { PATHS: '--help' }).status).toBe(2);
  });

  it('adds what a pull request changes to the summary, and fails on the changes that it is told', () => {
    const wider = good.replace('conv 4', 'conv 5');
    const compared = runAction(wider, { DIFF: 'true' });
    expect(compared.status).toBe(0);
    expect(compared.summary).toMatch(/### cnnc: all well\n[^]*Small[^]*macs/);
    const failed = runAction(wider, { DIFF: 'true', 'DIFF-FAIL-ON': 'weights\nmacs:1%\n' });
    expect(failed.status).toBe(1);
    expect(failed.out).toMatch(/^::error title=cnnc::[^\n]*checkpoint[^\n]*%0A[^\n]*macs/m);
    expect(runAction(wider, { DIFF: 'true', 'DIFF-FAIL-ON': 'interface' }).status).toBe(0);
    const never = { DIFF: 'true', 'DIFF-FAIL-ON': 'weights', 'FAIL-ON': 'never', SUMMARY: 'false' };
    const logged = runAction(wider, never);
    expect(logged).toMatchObject({ status: 0, summary: '' });
    expect(logged.out).toContain('| macs |');
  });

  it('compares with a revision that is named, and not at all without a pull request', () => {
    expect(runAction(good, { DIFF: 'HEAD~1' }).summary).toContain('1 model without a difference');
    const pushed = runAction(good, { DIFF: 'true' }, { event: {} });
    expect(pushed.status).toBe(0);
    expect(pushed.out).toContain('::notice title=cnnc::nothing was compared: ');
  });

  it('says how to get a base that is not in the clone', () => {
    const { status, out } = runAction(good, { DIFF: 'true' }, { event: { base: { sha: 'a'.repeat(40) } } });
    expect(status).toBe(2);
    expect(out).toMatch(/^::error title=cnnc::the comparison with a{40} ended with 2: [^\n]*fetch-depth: 0/m);
  });

  it('warns of a base that can’t be read, and takes what mends it', () => {
    const { status, out } = runAction(good, { DIFF: 'true' }, { first: bad });
    expect(status).toBe(0);
    expect(out).toMatch(/^::warning title=cnnc::not everything could be compared with /m);
  });

  it('refuses a condition that there is not', () => {
    const { status, out } = runAction(good, { DIFF: 'true', 'DIFF-FAIL-ON': 'weight' });
    expect(status).toBe(2);
    expect(out).toContain('::error title=cnnc::the comparison with ');
  });

  it('runs the file that action.yml names, of the version of the package', () => {
    const yml = readFileSync(join(repository, 'action.yml'), 'utf8');
    const main = /main: (\S+)/.exec(yml)?.[1] ?? '';
    expect(existsSync(join(repository, main))).toBe(true);
    const version = /"version": "(.*)"/.exec(readFileSync(join(repository, 'package.json'), 'utf8'))?.[1];
    expect(yml).toContain(`default: ${String(version)}\n`);
  });
});

interface Setting {
  /** What the model was before. */
  readonly first?: string;
  /** What stands in the event in the place of the base of the pull request. */
  readonly event?: object;
}

function runAction(model: string, inputs: Readonly<Record<string, string>>, setting: Setting = {}) {
  const runner = folderWith({ 'summary.md': '', 'output.txt': '' });
  const workspace = folderWith({ 'models/a.cnn': setting.first ?? good });
  git(workspace, 'init', '-q');
  const base = { base: { sha: commit(workspace, 'first') } };
  writeFileSync(join(workspace, 'models/a.cnn'), model);
  const head = commit(workspace, 'second');
  const repo = { full_name: 'someone/nets' };
  const request = { head: { sha: head, repo }, ...(setting.event ?? base) };
  writeFileSync(join(runner, 'event.json'), JSON.stringify({ pull_request: request }));
  const given = Object.entries({ CNNC: program, PATHS: '.', ...inputs });
  const run = spawnSync(process.execPath, [join(repository, 'action/main.mjs')], {
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      GITHUB_WORKSPACE: workspace,
      GITHUB_STEP_SUMMARY: join(runner, 'summary.md'),
      GITHUB_OUTPUT: join(runner, 'output.txt'),
      GITHUB_EVENT_PATH: join(runner, 'event.json'),
      GITHUB_SERVER_URL: 'https://example.org',
      GITHUB_REPOSITORY: 'owner/nets',
      GITHUB_SHA: '0'.repeat(40),
      ...Object.fromEntries(given.map(([name, value]) => [`INPUT_${name}`, value])),
    },
  });
  return {
    status: run.status,
    out: run.stdout,
    head,
    summary: readFileSync(join(runner, 'summary.md'), 'utf8'),
    outputs: readFileSync(join(runner, 'output.txt'), 'utf8'),
  };
}

function commit(folder: string, message: string): string {
  git(folder, 'add', '.');
  git(folder, '-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-q', '--allow-empty', '-m', message);
  return git(folder, 'rev-parse', 'HEAD').trim();
}

function git(folder: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}
