import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { budgetProblems } from '../../src/compiler/budget-problems.js';
import { configProblems } from '../../src/cli/config/problems.js';
import { configKeys, readConfig, ruleLevels } from '../../src/cli/config/config.js';
import { fixedPart, matches } from '../../src/cli/config/glob.js';
import { buildCnnc, cnnc, folderWith, repository } from './cnnc.js';
import { good } from './sources.js';

beforeAll(buildCnnc);

const named = (name: string): string => good.replace('Small', name);
const budgets = (...rules: readonly object[]): string => JSON.stringify({ budgets: rules });

describe('cnnc check --budget', () => {
  it('fails a model that does not keep to it, at its name, with both sides, the place and the shares', async () => {
    const cwd = folderWith({ 'a.cnn': good });
    const { code, out } = await cnnc(['check', '--budget', 'params <= 50'], { cwd });
    expect(code).toBe(1);
    expect(out).toContain(
      '`Small` does not keep to its budget `params <= 50`: `params` is 90, 40 more than 50',
    );
    expect(out).toMatch(
      /┌─ a\.cnn:1:7\n[^]*`dense1` has 50[^]*├─ --budget:1:1\n1 │ params <= 50\n.*the budget/,
    );
    expect(out).toContain('1 file, 1 model, 1 assertion: 1 error\n');
  });

  it('holds for every model, and each budget has its own message', async () => {
    const cwd = folderWith({ 'a.cnn': `${good}model Other = Small\n` });
    const args = ['check', '--format', 'json', '--budget', 'params <= 50', '--budget', 'macs <= 1'];
    const { out } = await cnnc([...args, '--budget', 'macs <= 1G'], { cwd });
    expect(JSON.parse(out)).toMatchObject({ errors: 4, diagnostics: [{}, {}, {}, {}] });
    expect(out.match(/"passed": true/g)).toHaveLength(2);
  });

  it('never passes what could not be evaluated', async () => {
    const cwd = folderWith({ 'a.cnn': good });
    const { code, out } = await cnnc(['check', '--budget', 'output.height <= 8'], { cwd });
    expect(code).toBe(1);
    expect(out).toContain(
      'error[budget-unknown]: the budget `output.height <= 8` can’t be evaluated for `Small`',
    );
  });

  it('fails the budget of a model that has no graph', async () => {
    const cwd = folderWith({ 'a.cnn': good.replace('3x3', '9x9') });
    const { out } = await cnnc(['check', '--format', 'json', '--budget', 'params <= 1G'], { cwd });
    expect(JSON.parse(out)).toMatchObject({ assertions: [{ text: 'params <= 1G', passed: false }] });
  });

  it('takes figures for what they are, whatever a file calls its own names', async () => {
    const cwd = folderWith({ 'a.cnn': `let params = 3\n${good.replace('conv 4', 'conv (params + 1)')}` });
    const { code } = await cnnc(['check', '--budget', 'params == 90'], { cwd });
    expect(code).toBe(0);
  });

  it.each([
    ['1 <= 2', 'it asks for no figure of a model'],
    ['parms <= 5', 'did you mean `params`?'],
    ['macs <= 1; conv 3', 'one condition is expected'],
    ['macs <=', 'expected a value, got the end of the line'],
    ['macs <= 5k', 'there is no unit `k`'],
    ['{}}', 'expected a value, got `{`'],
  ])('refuses `%s` as wrong usage', async (budget, message) => {
    const { code, out, err } = await cnnc(['check', '--budget', budget], {
      cwd: folderWith({ 'a.cnn': good }),
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err).toContain('--budget:1:');
    expect(err.match(/error\[/g)).toHaveLength(1);
  });
});

describe('cnnc.config.json', () => {
  it('sets budgets for the models and files that its patterns name', async () => {
    const cwd = folderWith({
      'cnnc.config.json': budgets({ files: 'models/**/*.cnn', models: 'Res*', assert: ['params <= 50'] }),
      'models/deep/a.cnn': named('ResA'),
      'models/b.cnn': named('Other'),
      'c.cnn': named('ResC'),
    });
    const { code, out } = await cnnc(['check'], { cwd });
    expect(code).toBe(1);
    expect(out.match(/error\[over-budget\]: `\w+`/g)).toEqual(['error[over-budget]: `ResA`']);
    expect(out).toContain('├─ cnnc.config.json:1:67\n');
  });

  it('is searched upward to the root of the repository, and not above', async () => {
    const cwd = folderWith({
      'cnnc.config.json': budgets({ assert: ['params <= 1'] }),
      'repository/cnnc.config.json': budgets({ assert: ['params <= 50'] }),
      'repository/models/a.cnn': good,
      'bare/models/a.cnn': good,
    });
    mkdirSync(join(cwd, 'repository', '.git'));
    mkdirSync(join(cwd, 'bare', '.git'));
    const inside = await cnnc(['check'], { cwd: join(cwd, 'repository', 'models') });
    expect(inside.out).toContain('more than 50\n');
    expect(inside.out).toContain('├─ ../cnnc.config.json:1:');
    expect((await cnnc(['check'], { cwd: join(cwd, 'bare', 'models') })).code).toBe(0);
  });

  it('can be named, and left out', async () => {
    const cwd = folderWith({
      'cnnc.config.json': budgets({ assert: ['params <= 50'] }),
      'strict.json': budgets({ assert: ['params <= 5'] }),
      'a.cnn': good,
    });
    expect((await cnnc(['check', '--no-config'], { cwd })).code).toBe(0);
    expect((await cnnc(['check', '--config', 'strict.json'], { cwd })).out).toContain('more than 5\n');
    const missing = await cnnc(['check', '--config', 'nowhere.json'], { cwd });
    expect(missing).toEqual({ code: 2, out: '', err: 'cnnc: no such file: "nowhere.json"\n' });
  });

  it('warns of a budget that no model has to keep to, where all that it could be for was checked', async () => {
    const rule = { files: 'models/*.cnn', models: 'Resnet*', assert: ['params <= 50'] };
    const cwd = folderWith({
      'cnnc.config.json': budgets(rule),
      'models/a.cnn': named('ResNet1'),
      'b.cnn': good,
    });
    const all = await cnnc(['check', '--max-warnings', '0'], { cwd });
    expect(all.code).toBe(1);
    expect(all.out).toContain('warning[budget-unmatched]');
    expect(all.out).toContain('cnnc.config.json:1:13');
    expect((await cnnc(['check', 'b.cnn', '--max-warnings', '0'], { cwd })).code).toBe(0);
  });

  it('makes warnings errors, or silences them', async () => {
    const files = { 'a.cnn': good.replace('conv 4', 'let unused = 1\n  conv 4') };
    const run = (level: string) =>
      cnnc(['check'], {
        cwd: folderWith({
          ...files,
          'cnnc.config.json': JSON.stringify({ rules: { 'unused-name': level } }),
        }),
      });
    const strict = await run('error');
    expect(strict.code).toBe(1);
    expect(strict.out).toContain('error[unused-name]');
    expect(await run('off')).toMatchObject({ code: 0, out: '1 file, 1 model, 0 assertions: all well\n' });
    expect((await run('warning')).out).toMatch(/: 1 warning\n$/);
  });

  it('names the folder that imports stay in', async () => {
    const cwd = folderWith({
      'models/cnnc.config.json': '{ "root": "." }',
      'blocks.cnn': 'block b { conv 4 3x3 }\n',
      'models/a.cnn': 'import { b } from "../blocks.cnn"\nmodel M { input 8x8x1; b<> }\n',
    });
    expect((await cnnc(['check', 'models'], { cwd })).code).toBe(0);
    const inside = await cnnc(['check', '--config', 'models/cnnc.config.json', 'models'], { cwd });
    expect(inside.out).toContain('error[import-failed]');
  });

  it.each([
    ['{ "budget": [] }', 'config-unknown-key', 'did you mean `budgets`?', 3],
    ['{ "colour": 1 }', 'config-unknown-key', 'there are `$schema`, `budgets`, `root`, `rules`', 3],
    [
      '{ "budgets": [{ "assert": "a" }] }',
      'config-wrong-value',
      '`assert` is a list, and this is a text',
      27,
    ],
    ['{ "budgets": [{}] }', 'config-wrong-value', 'an object with `assert`', 15],
    ['{ "budgets": [{ "assert": [] }] }', 'config-wrong-value', 'this is empty', 27],
    ['{ "budgets": [{ "assert": ["parms < 5"] }] }', 'unknown-name', 'did you mean `params`?', 29],
    ['{ "rules": { "unused-nam": "off" } }', 'config-unknown-key', 'did you mean `unused-name`?', 14],
    ['{ "rules": { "syntax": "off" } }', 'config-unknown-key', 'only warnings can be changed', 14],
    ['{ "rules": { "unused-name": "no" } }', 'config-wrong-value', '"off" or "warning" or "error"', 29],
    ['{ "root": 5 }', 'config-wrong-value', '`root` is a text, and this is a number', 11],
    ['[]', 'config-wrong-value', 'a configuration is an object, and this is a list', 1],
    ['', 'config-syntax', 'got the end of the file', 1],
    ['{ "root": "a", }', 'config-syntax', 'expected a key', 16],
    ['{ "root": "a" "b" }', 'config-syntax', 'expected `,` or `}`', 15],
    ['{ "root": "a", "root": "b" }', 'config-syntax', 'each key once', 16],
    ['{ "root": "a\tb" }', 'config-syntax', 'expected a value', 11],
    ['{ root: "a" }', 'config-syntax', 'expected a key', 3],
    ['['.repeat(10_000), 'config-syntax', 'no more than 64 levels', 66],
    ['{ "budgets": [01] }', 'config-syntax', 'expected a value, got `01`', 15],
  ])('refuses %j with its place', (text, problem, message, column) => {
    const read = readConfig(makeSource('cnnc.config.json', text));
    const shown = read.kind === 'wrong' ? renderDiagnostics(read.diagnostics) : '';
    expect(shown.match(/error\[([\w-]+)\]/g)).toEqual([`error[${problem}]`]);
    expect(shown).toContain(message);
    expect(shown).toContain(`cnnc.config.json:1:${String(column)}\n`);
  });

  it('is wrong usage where anything in it is wrong, and nothing is checked', async () => {
    const cwd = folderWith({ 'cnnc.config.json': '{ "budget": [] }', 'a.cnn': good });
    const { code, out, err } = await cnnc(['check'], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('cnnc.config.json:1:3\n');
  });

  it('has a schema that knows the same keys and levels', () => {
    const schema: unknown = JSON.parse(readFileSync(join(repository, 'cnnc.schema.json'), 'utf8'));
    expect(schema).toMatchObject({
      properties: {
        budgets: { items: { properties: Object.fromEntries(configKeys.budget.map((key) => [key, {}])) } },
        rules: { additionalProperties: { enum: ruleLevels } },
      },
    });
    const keys = JSON.stringify(schema).match(/"additionalProperties":false/g);
    expect(keys).toHaveLength(2);
    expect(schema).toMatchObject({
      properties: Object.fromEntries(configKeys.config.map((key) => [key, {}])),
    });
  });

  it.each([...budgetProblems, ...configProblems])('explains $code', ({ explain }) => {
    expect(explain.text).toMatch(/^[^\n]{30,}[.]$/);
    expect(explain.right).not.toBe(explain.wrong);
  });
});

describe('patterns', () => {
  it.each([
    ['**', 'a/b.cnn', true],
    ['*.cnn', 'a.cnn', true],
    ['*.cnn', 'a/b.cnn', false],
    ['models/**/*.cnn', 'models/a.cnn', true],
    ['models/**/*.cnn', 'models/a/b/c.cnn', true],
    ['models/**', 'models/a/b.cnn', true],
    ['models/**', 'other/a.cnn', false],
    ['a?.cnn', 'ab.cnn', true],
    ['a?.cnn', 'a.cnn', false],
    ['a.cnn', 'a.cnn', true],
    ['a.cnn', 'aXcnn', false],
    ['Res*34', 'ResNet34', true],
    ['', '', true],
  ])('%s for %s: %s', (pattern, path, expected) => {
    expect(matches(pattern, path)).toBe(expected);
  });

  it('take a time that does not explode', () => {
    expect(matches(`${'*a'.repeat(50)}b`, 'a'.repeat(2_000))).toBe(false);
    expect(matches(`${'**/'.repeat(50)}b`, 'a/'.repeat(500))).toBe(false);
  });

  it('know the folder that they stay in', () => {
    expect(['models/**/*.cnn', 'a/b.cnn', '**', 'x?/y'].map(fixedPart)).toEqual([
      'models',
      'a/b.cnn',
      '',
      '',
    ]);
  });
});
