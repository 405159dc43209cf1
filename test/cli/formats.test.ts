import { beforeAll, describe, expect, it } from 'vitest';
import { parse as readJunit } from 'junit2json';
import { parseSarif } from './sarif.js';
import { buildCnnc, cnnc, folderWith } from './cnnc.js';
import { bad, good } from './sources.js';

beforeAll(buildCnnc);

const failing = good.replace(
  '}\n',
  '  assert params == 1, "<small> & \\"cheap\\""\n  assert macs <= 1G\n}\n',
);

describe('cnnc check --format sarif', () => {
  const sarifOf = async (files: Readonly<Record<string, string>>) => {
    const run = await cnnc(['check', '--format', 'sarif'], { cwd: folderWith(files) });
    expect(run.code).toBe(1);
    return parseSarif(run.out);
  };

  it('has a rule for each code, with what `cnnc explain` says of it', async () => {
    const { rules, results } = await sarifOf({ 'a.cnn': bad });
    const explained = await cnnc(['explain', 'unknown-layer']);
    const rule = rules[results[0]?.ruleIndex ?? -1];
    expect(rule?.id).toBe('unknown-layer');
    expect(rule?.help.text.trim()).toBe(explained.out.trim());
  });

  it('encodes what a URI cannot hold, and keeps slashes', async () => {
    const { results } = await sarifOf({ 'my models/a#1:%2é.cnn': bad });
    expect(results[0]?.uri).toBe('my%20models/a%231%3A%252%C3%A9.cnn');
  });

  it('gives the repair as a fix, and the other places as related locations', async () => {
    const { results } = await sarifOf({ 'a.cnn': bad, 'b.cnn': failing });
    expect(results.map(({ ruleId }) => ruleId)).toEqual(['unknown-layer', 'assertion-failed']);
    expect(results[0]?.fixes).toEqual([
      { region: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 8 }, text: 'conv' },
    ]);
    expect(results[1]?.related).toEqual(['`dense1` has 50', '`conv1` has 40']);
  });

  it('knows a problem by its line, however far that moves', async () => {
    const twice = 'model Small {\n  input 8x8x1\n  convv 4 3x3\n  convv 4 3x3\n}\n';
    const before = (await sarifOf({ 'a.cnn': twice })).results.map(({ fingerprint }) => fingerprint);
    const moved = twice
      .replace('input', '\n\n  // more\n    input')
      .replaceAll('  convv 4', '      convv  4');
    const after = (await sarifOf({ 'a.cnn': moved })).results.map(({ fingerprint }) => fingerprint);
    expect(after).toEqual(before);
    expect(new Set(before).size).toBe(2);
    const other = (await sarifOf({ 'a.cnn': twice.replace('convv 4 3x3', 'convv 5 3x3') })).results;
    expect(other[0]?.fingerprint).not.toBe(before[0]);
  });
});

describe('cnnc check --format junit', () => {
  const junitOf = async (files: Readonly<Record<string, string>>) => {
    const run = await cnnc(['check', '--format', 'junit'], { cwd: folderWith(files) });
    return { code: run.code, out: run.out, suites: await readJunit(run.out) };
  };

  it('has a suite for a file, a case for a model and one for each assertion', async () => {
    const { code, out, suites } = await junitOf({ 'a.cnn': failing });
    expect(code).toBe(1);
    expect(out).toContain('┌─ a.cnn:6:3\n');
    expect(suites).toMatchObject({ tests: 4, failures: 1, errors: 0 });
    expect(suites).toMatchObject({
      testsuite: [
        {
          name: 'a.cnn',
          tests: 4,
          failures: 1,
          testcase: [
            { name: 'syntax and names' },
            { name: 'Small' },
            {
              name: 'Small: params == 1',
              failure: [
                {
                  type: 'assertion-failed',
                  message: '`params == 1` does not hold: `params` is 90, 89 more than 1 (<small> & "cheap")',
                },
              ],
            },
            { name: 'Small: macs <= 1G' },
          ],
        },
      ],
    });
  });

  it('fails a file that can not be read as text of the language, and the model that is not whole', async () => {
    const broken = await junitOf({ 'a.cnn': 'model {' });
    expect(broken.code).toBe(1);
    expect(broken.suites).toMatchObject({ tests: 1, failures: 1 });
    const unknown = await junitOf({ 'a.cnn': bad });
    expect(unknown.suites).toMatchObject({ tests: 2, failures: 2 });
  });

  it('stays XML with whatever a file is called', async () => {
    const { suites } = await junitOf({ 'a"<&>\u001b\ufffe\n.cnn': bad });
    expect(suites).toMatchObject({ testsuite: [{ name: 'a"<&>\\u{1b}\\u{fffe}\\u{a}.cnn' }] });
  });

  it('fails nothing for a warning, and shows it', async () => {
    const { code, suites } = await junitOf({ 'a.cnn': good.replace('conv 4', 'let unused = 1\n  conv 4') });
    expect(code).toBe(0);
    expect(suites).toMatchObject({
      failures: 0,
      testsuite: [{ 'system-out': [expect.stringContaining('warning[unused-name]')] }],
    });
  });
});

describe('cnnc check --format markdown', () => {
  it('links each problem to its line, and calls nobody', async () => {
    const cwd = folderWith({ 'my models/a(1).cnn': bad.replace('Small', 'Small /* @octocat */') });
    const args = ['check', '--format', 'markdown', '--link-base', 'https://example.org/blob/1a2b/'];
    const { code, out } = await cnnc(args, { cwd });
    expect(code).toBe(1);
    expect(out).toContain('### cnnc: 1 error\n');
    expect(out).toContain('](https://example.org/blob/1a2b/my%20models/a%281%29.cnn#L3)');
    const folded = out.slice(out.indexOf('<details>'));
    expect(folded).toContain('```\nerror[unknown-layer]');
    expect(out.slice(0, out.indexOf('<details>'))).not.toMatch(/[@<]/);
  });

  it('says that all is well in a heading and a table', async () => {
    const { code, out } = await cnnc(['check', '--format', 'markdown'], {
      cwd: folderWith({ 'a.cnn': good }),
    });
    expect(code).toBe(0);
    expect(out).toContain('### cnnc: all well\n');
    expect(out).toContain('| a.cnn | 1 | 0 | 0 | 0 |\n');
    expect(out).not.toContain('<details>');
  });

  it('has a fence that no text of a file closes', async () => {
    const cwd = folderWith({ 'a.cnn': bad.replace('3x3', '3x3 // ````') });
    const { out } = await cnnc(['check', '--format', 'markdown'], { cwd });
    expect(out).toContain('\n`````\nerror');
  });
});

describe('cnnc check --format github', () => {
  it('annotates ten of a level, lists the others and counts them', async () => {
    const lines = Array.from({ length: 13 }, (_, place) => `  unknown${String(place)} 4`).join('\n');
    const cwd = folderWith({ 'a.cnn': `model M {\n  input 8x8x1\n  let unused = 1\n${lines}\n}\n` });
    const { out } = await cnnc(['check', '--format', 'github'], { cwd });
    expect(out.match(/^::error /gm)).toHaveLength(10);
    expect(out.match(/^::warning /gm)).toHaveLength(1);
    expect(out.match(/^a\.cnn:\d+:3: error\[unknown-layer\]: /gm)).toHaveLength(3);
    expect(out).toContain(
      '::notice title=cnnc::3 more errors in the log: GitHub shows 10 of a level for a step\n',
    );
  });
});

describe('the variants of a file', () => {
  const listed = good
    .replace('Small', 'Small<width>')
    .replace('conv 4', 'conv width')
    .replace('gap', 'gap\n  assert params <= 60')
    .concat('variants Small { width 2, 4, 8 }\n');

  it('are a matrix that says which one failed', async () => {
    const cwd = folderWith({ 'a.cnn': listed });
    const { code, out } = await cnnc(['check', '--format', 'json'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      models: 0,
      variants: 3,
      errors: 1,
      matrix: [
        { model: 'Small', variant: 'Small<width=2>', choice: { width: 2 }, passed: true },
        { variant: 'Small<width=4>', passed: false },
        { variant: 'Small<width=8>', passed: false },
      ],
    });
    const text = await cnnc(['check'], { cwd });
    expect(text.out).toContain('in the variant `Small<width=4>` and 1 more\n');
    expect(text.out).toContain('1 file, 0 models, 3 variants, 3 assertions: 1 error\n');
    const junit = await readJunit((await cnnc(['check', '--format', 'junit'], { cwd })).out);
    expect(junit).toMatchObject({ tests: 7, failures: 2 });
  });

  it('are enough to check', async () => {
    const cwd = folderWith({ 'a.cnn': listed.replace('2, 4, 8', '2') });
    expect(await cnnc(['check'], { cwd })).toMatchObject({ code: 0, err: '' });
  });
});

describe('a check that found nothing', () => {
  it.each(['text', 'json', 'sarif', 'github', 'junit', 'markdown'])('is never well as %s', async (format) => {
    const empty = folderWith({ 'a.cnn': '' });
    expect((await cnnc(['check', '--format', format], { cwd: empty })).code).toBe(2);
    expect((await cnnc(['check', '--format', format], { cwd: folderWith() })).code).toBe(2);
  });
});
