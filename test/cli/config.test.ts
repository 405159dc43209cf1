import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { budgetProblems } from '../../src/compiler/budget-problems.js';
import { configProblems } from '../../src/cli/config/problems.js';
import { configKeys, readConfig, ruleLevels } from '../../src/cli/config/config.js';
import { fixedParts, matches, readPattern, type Pattern } from '../../src/cli/config/glob.js';
import { buildCnnc, cnnc, folderWith, repository } from './cnnc.js';
import { good } from './sources.js';

beforeAll(buildCnnc);

const named = (name: string): string => good.replace('Small', name);
const pattern = (text: string): Pattern => {
  const read = readPattern(text);
  if (read.kind === 'wrong') throw new Error(read.why);
  return read.pattern;
};
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

  it('says nothing of a budget for a file that can’t be read', async () => {
    const cwd = folderWith({
      'cnnc.config.json': budgets({ files: 'a.cnn', assert: ['params <= 50'] }),
      'a.cnn': good.replace('{', '{ conv ) ;'),
    });
    const { code, out } = await cnnc(['check', '--format', 'json'], { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ errors: 1, warnings: 0 });
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

  it('lists variants for the models and files that its patterns name', async () => {
    const net = (name: string): string =>
      `model ${name}<depth, width = 4> {\n  input 32x32x3\n  conv width 3x3\n  repeat depth { pool max 2x2 }\n` +
      '  assert output.height >= 3\n}\n';
    const rule = {
      files: '{models,more}/*.cnn',
      models: 'Net',
      input: ['32x32x3', '64x64x3'],
      mode: ['inference', 'training'],
      set: { depth: [2, '1 + 2'] },
    };
    const cwd = folderWith({
      'cnnc.config.json': JSON.stringify({ variants: [rule] }),
      'models/a.cnn': net('Net'),
      'more/b.cnn': `${net('Other')}model One = Other<depth = 1>\n`,
    });
    const { code, out } = await cnnc(['check', '--format', 'json'], { cwd });
    expect(code).toBe(0);
    const matrix = { models: 1, variants: 8, errors: 0, warnings: 0 };
    expect(JSON.parse(out)).toMatchObject(matrix);
    expect(out).toContain('"variant": "Net<input=64x64x3, mode=training, depth=3>"');
    const small = JSON.stringify({ variants: [{ ...rule, set: { depth: [2, 4] } }] });
    const failing = folderWith({ 'cnnc.config.json': small, 'models/a.cnn': net('Net') });
    const failed = await cnnc(['check'], { cwd: failing });
    expect(failed.code).toBe(1);
    expect(failed.out).toContain('in the variant `Net<input=32x32x3, mode=inference, depth=4>`');
    expect(failed.out).toMatch(/├─ cnnc\.config\.json:1:14\n.*\n.*the variants/);
  });

  it.each([
    ['{ "dept": [1] }', 'unknown-parameter', 'did you mean `depth`?'],
    ['{ "depth": ["nowhere"] }', 'unknown-name', '`nowhere`'],
    ['{ "depth": ["half"] }', 'wrong-kind', '`depth`'],
  ])('shows variants that a model cannot have: %s', async (set, problem, message) => {
    const cwd = folderWith({
      'cnnc.config.json': `{ "variants": [{ "set": ${set} }] }`,
      'a.cnn': 'let half = "text"\nmodel M<depth = 1> {\n  input 8x8x1\n  repeat depth { relu }\n}\n',
    });
    const { code, out } = await cnnc(['check'], { cwd });
    expect(code).toBe(1);
    expect(out.match(/error\[([\w-]+)\]/g)).toEqual([`error[${problem}]`]);
    expect(out).toContain(message);
    expect(out).toContain('cnnc.config.json:1:');
  });

  it('warns of variants that no model has', async () => {
    const cwd = folderWith({
      'cnnc.config.json': JSON.stringify({ variants: [{ models: 'Resnet', input: ['8x8x1'] }] }),
      'a.cnn': good,
    });
    const { code, out } = await cnnc(['check', '--max-warnings', '0'], { cwd });
    expect(code).toBe(1);
    expect(out).toContain('warning[variants-unmatched]');
  });

  it('never counts a model as checked whose parameters the variants leave open', async () => {
    const cwd = folderWith({
      'cnnc.config.json': JSON.stringify({ variants: [{ input: ['8x8x1'] }] }),
      'a.cnn': 'model M<depth> {\n  input 8x8x1\n  repeat depth { relu }\n}\n',
    });
    const { code, out, err } = await cnnc(['check'], { cwd });
    expect(code).toBe(2);
    expect(out).toContain('warning[unchecked-model]');
    expect(err).toContain('no model was checked');
  });

  it('is never written over by a report', async () => {
    const text = budgets({ assert: ['params <= 90'] });
    const cwd = folderWith({ 'cnnc.config.json': text, 'named.json': text, 'a.cnn': good });
    const runs = [
      ['check', '-o', 'cnnc.config.json'],
      ['check', '--config', 'named.json', '-o', './named.json'],
      ['check', '--no-config', '-o', 'cnnc.config.json'],
      ['summary', 'a.cnn', '-o', 'cnnc.config.json'],
    ];
    for (const run of runs) expect((await cnnc(run, { cwd })).code).toBe(3);
    expect(['cnnc.config.json', 'named.json'].map((name) => readFileSync(join(cwd, name), 'utf8'))).toEqual([
      text,
      text,
    ]);
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
    [
      '{ "colour": 1 }',
      'config-unknown-key',
      'there are `$schema`, `budgets`, `root`, `rules`, `variants`',
      3,
    ],
    [
      '{ "budgets": [{ "assert": "a" }] }',
      'config-wrong-value',
      '`assert` is a list, and this is a text',
      27,
    ],
    ['{ "budgets": [{}] }', 'config-wrong-value', 'an object with `assert`', 15],
    ['{ "budgets": [{ "assert": [] }] }', 'config-wrong-value', 'this is empty', 27],
    ['{ "budgets": [{ "assert": ["parms < 5"] }] }', 'unknown-name', 'did you mean `params`?', 29],
    ['{ "budgets": [{ "asert": ["params < 5"] }] }', 'config-unknown-key', 'did you mean `assert`?', 17],
    ['{ "budgets": ["params < 5"] }', 'config-wrong-value', 'a budget is an object', 15],
    ['{ "budgets": [{ "assert": ["params <= 25k"] }] }', 'not-a-number', 'there is no unit `k`', 39],
    [
      '{ "budgets": [{ "files": "a{b", "assert": ["macs < 5"] }] }',
      'config-wrong-value',
      'nothing closes',
      26,
    ],
    ['{ "variants": [{}] }', 'config-wrong-value', 'one that lists nothing', 16],
    ['{ "variants": [{ "input": [] }] }', 'config-wrong-value', '`input` is a list of values', 27],
    ['{ "variants": [{ "inputs": ["8x8x1"] }] }', 'config-unknown-key', 'did you mean `input`?', 18],
    ['{ "variants": [{ "mode": ["trainin"] }] }', 'config-wrong-value', 'and this is "trainin"', 27],
    ['{ "variants": [{ "set": { "a": [[]] } }] }', 'config-wrong-value', 'an item of `a` is a text', 33],
    ['{ "variants": [{ "set": { "a": ["1; 2"] } }] }', 'wrong-variant', 'lists values', 34],
    ['{ "variants": [{ "set": { "a": ["(1"] } }] }', 'unclosed', 'is never closed', 34],
    ['{ "variants": [{ "set": { "a": ["1\\nlet b = 2"] } }] }', 'wrong-variant', 'lists values', 34],
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
        variants: {
          items: { properties: Object.fromEntries(configKeys.variants.map((key) => [key, {}])) },
        },
        rules: { additionalProperties: { enum: ruleLevels } },
      },
    });
    const keys = JSON.stringify(schema).match(/"additionalProperties":false/g);
    expect(keys).toHaveLength(3);
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
    ['{a,b}/*.cnn', 'b/c.cnn', true],
    ['{a,b}/*.cnn', 'c/c.cnn', false],
    ['{a,b/**}/c.cnn', 'b/x/c.cnn', true],
    ['{Res{Net,NeXt},VGG}*', 'ResNeXt50', true],
    ['{Res{Net,NeXt},VGG}*', 'VGG16', true],
    ['{Res{Net,NeXt},VGG}*', 'Res16', false],
    ['Net{,s}', 'Net', true],
    ['a,b', 'a,b', true],
  ])('%s for %s: %s', (text, path, expected) => {
    expect(matches(pattern(text), path)).toBe(expected);
  });

  it('take a time that does not explode', () => {
    expect(matches(pattern(`${'*a'.repeat(50)}b`), 'a'.repeat(2_000))).toBe(false);
    expect(matches(pattern(`${'**/'.repeat(50)}b`), 'a/'.repeat(500))).toBe(false);
  });

  it.each([
    ['a{b', 'a `{` that nothing closes'],
    ['a}b', 'a `}` that closes nothing'],
    ['a{b}', 'nothing to choose from between braces'],
    ['{a,b}'.repeat(10), 'more than 1000 choices'],
  ])('are refused where they mean nothing: %s', (text, why) => {
    expect(readPattern(text)).toEqual({ kind: 'wrong', why });
  });

  it('know the folder that they stay in', () => {
    const patterns = ['models/**/*.cnn', 'a/b.cnn', '**', 'x?/y', '{a/b,c}/*.cnn'];
    expect(patterns.map((text) => fixedParts(pattern(text)))).toEqual([
      ['models'],
      ['a/b.cnn'],
      [''],
      [''],
      ['a/b', 'c'],
    ]);
  });
});
