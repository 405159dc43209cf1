import { beforeAll, describe, expect, it } from 'vitest';
import { buildCnnc, cnnc, folderWith, repository } from './cnnc.js';
import { bad, good } from './sources.js';

beforeAll(buildCnnc);

const two = `${good}\nmodel Other<classes = 4> {\n  input 8x8x1\n  flatten\n  dense classes\n}\n`;

describe('cnnc summary', () => {
  it('tells the peak under the rules and in the order that were asked for', async () => {
    const cwd = folderWith({ 'a.cnn': good });
    const flags = ['--no-inplace', '--no-fold', '--no-free', '--order', 'best', '--format', 'json'];
    const [usual, other] = [
      await cnnc(['summary', 'a.cnn', '--format', 'json'], { cwd }),
      await cnnc(['summary', 'a.cnn', ...flags], { cwd }),
    ].map(({ out }): unknown => JSON.parse(out));
    expect(usual).toMatchObject({
      models: [
        {
          memory: {
            order: 'source',
            rules: ['free-after-last-use', 'elementwise-in-place', 'batch-norm-folded'],
          },
        },
      ],
    });
    expect(other).toMatchObject({ models: [{ memory: { order: 'best', rules: [] } }] });
    const { out } = await cnnc(['summary', 'a.cnn', '--no-free'], { cwd });
    expect(out).toContain('order: source; rules: elementwise-in-place, batch-norm-folded');
  });

  it('writes JSON with the keys of the contract', async () => {
    const { code, out } = await cnnc(['summary', 'examples/resnet34.cnn', '--format', 'json'], {
      cwd: repository,
    });
    expect(code).toBe(0);
    const parsed: unknown = JSON.parse(out);
    expect(parsed).toMatchObject({
      formatVersion: 1,
      models: [
        {
          name: 'ResNet34',
          file: 'examples/resnet34.cnn',
          parameters: { classes: 1000 },
          inputs: [{ name: 'input', shape: [224, 224, 3] }],
          outputs: [{ name: 'output', shape: [1000], training: false }],
          totals: {
            params: 21_814_696,
            trainable: 21_797_672,
            nonTrainable: 17_024,
            macs: 3_663_761_408,
            weightBytes: 4 * 21_814_696,
          },
          memory: {
            inferencePeakBytes: 4_014_080,
            order: 'source',
            rules: ['free-after-last-use', 'elementwise-in-place', 'batch-norm-folded'],
            alive: [
              { path: 'relu1', bytes: 3_211_264, neededBy: 'pool1' },
              { path: 'pool1', bytes: 802_816, neededBy: 'residual1.add1' },
            ],
          },
          receptiveField: { size: [899, 899], stride: [32, 32] },
        },
      ],
    });
  });

  it('lists each layer once, its activation in its line and its inputs by their paths', async () => {
    const cwd = folderWith({ 'a.cnn': good.replace('3x3', '3x3 relu') });
    const { out } = await cnnc(['summary', 'a.cnn', '--format', 'json'], { cwd });
    expect(JSON.parse(out)).toMatchObject({
      models: [
        {
          layers: [
            {
              path: 'input',
              kind: 'input',
              line: 2,
              column: 3,
              inputs: [],
              shape: [8, 8, 1],
              params: 0,
              macs: 0,
            },
            {
              path: 'conv1',
              kind: 'conv',
              line: 3,
              inputs: ['input'],
              shape: [6, 6, 4],
              params: 40,
              macs: 1296,
            },
            { path: 'gap1', kind: 'gap', inputs: ['conv1'], shape: [4] },
            { path: 'dense1', kind: 'dense', inputs: ['gap1'], shape: [10], params: 50, macs: 40 },
          ],
        },
      ],
    });
  });

  it('writes open sizes as strings', async () => {
    const input = 'model M {\n  input ?x?x3\n  conv 64 3x3/2 same\n}\n';
    const { out } = await cnnc(['summary', '-', '--format', 'json'], { input });
    expect(JSON.parse(out)).toMatchObject({
      models: [
        {
          file: '<stdin>',
          inputs: [{ shape: ['h', 'w', 3] }],
          outputs: [{ shape: ['ceil(h/2)', 'ceil(w/2)', 64] }],
        },
      ],
    });
  });

  it('writes counts beyond 2^53 with all their digits', async () => {
    const input = 'model M {\n  input 94906267\n  dense 94906267 bias=false\n}\n';
    const { out } = await cnnc(['summary', '-', '--format', 'json'], { input });
    expect(out).toContain('"macs": 9007199515875289');
  });

  it('takes parameters and another size from outside', async () => {
    const cwd = folderWith({ 'a.cnn': two });
    const set = await cnnc(['summary', 'a.cnn', 'Other', '--set', 'classes=7', '--format', 'json'], { cwd });
    expect(JSON.parse(set.out)).toMatchObject({
      models: [{ parameters: { classes: 7 }, outputs: [{ shape: [7] }] }],
    });
    const sized = await cnnc(['summary', 'a.cnn', 'Other', '--input', '16x16x1', '--format', 'json'], {
      cwd,
    });
    expect(JSON.parse(sized.out)).toMatchObject({ models: [{ totals: { trainable: 16 * 16 * 4 + 4 } }] });
    const unknown = await cnnc(['summary', 'a.cnn', 'Other', '--set', 'clases=7'], { cwd });
    expect(unknown.code).toBe(1);
    expect(unknown.err).toContain('did you mean `classes`?');
    expect(unknown.out).toBe('');
  });

  it('warns of an assertion that only the model as written keeps, where another size is asked for', async () => {
    const input = 'model M {\n  input 8x8x1\n  conv 4 3x3\n  assert macs == 1_296\n}\n';
    const changed = await cnnc(['summary', '-', '--input', '16x16x1'], { input });
    expect(changed.err).toContain('warning[assertion-failed]');
    expect(changed.code).toBe(0);
    const open = await cnnc(['summary', '-', '--input', '?x?x1'], { input });
    expect(open.err).toContain('warning[needs-size]: `macs == 1_296` depends on the open sizes `h`, `w`');
    expect(open.code).toBe(0);
    const written = await cnnc(['summary', '-'], { input: input.replace('1_296', '1_297') });
    expect(written.err).toContain('error[assertion-failed]');
    expect(written.code).toBe(1);
  });

  it('shows every model of a file, or the one that is named', async () => {
    const cwd = folderWith({ 'a.cnn': two });
    expect((await cnnc(['summary', 'a.cnn'], { cwd })).out.match(/^(Small|Other).*$/gm)).toEqual([
      'Small  a.cnn:1',
      'Other<classes = 4>  a.cnn:8',
    ]);
    expect((await cnnc(['summary', 'a.cnn', 'Other'], { cwd })).out.match(/^(Small|Other)/gm)).toEqual([
      'Other',
    ]);
    const unknown = await cnnc(['summary', 'a.cnn', 'Othr'], { cwd });
    expect(unknown.code).toBe(1);
    expect(unknown.err).toContain('did you mean `Other`?');
  });

  it('folds blocks by their depth', async () => {
    const lines = async (depth: string): Promise<number> => {
      const { out } = await cnnc(['summary', 'examples/resnet34.cnn', '--format', 'csv', '--depth', depth], {
        cwd: repository,
      });
      return out.trimEnd().split('\r\n').length - 1;
    };
    expect(await lines('0')).toBe(1);
    expect(await lines('1')).toBe(5 + 16 + 2);
  });

  it('shows a mistake on standard error and no table, and ends with 1', async () => {
    const { code, out, err } = await cnnc(['summary', '-'], { input: bad });
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain('error[unknown-layer]');
  });

  it('shows the table of a model that misses an assertion, and ends with 1', async () => {
    const { code, out, err } = await cnnc(['summary', '-'], {
      input: good.replace('}\n', '  assert params == 1\n}\n'),
    });
    expect(code).toBe(1);
    expect(err).toContain('error[assertion-failed]');
    expect(out).toContain('params       90 (90 trainable, 0 not)');
  });

  it('ends with 2 where there is no model, no file, or a folder', async () => {
    const cwd = folderWith({ 'empty.cnn': '// nothing\n', 'folder/a.cnn': good });
    expect(await cnnc(['summary', 'empty.cnn'], { cwd })).toEqual({
      code: 2,
      out: '',
      err: 'cnnc: "empty.cnn" declares no model\n',
    });
    expect((await cnnc(['summary', 'nowhere.cnn'], { cwd })).code).toBe(2);
    expect((await cnnc(['summary', 'folder'], { cwd })).code).toBe(2);
  });

  it('counts what exists in training only where it is asked for', async () => {
    const trainable = async (...flags: string[]): Promise<unknown> => {
      const args = ['summary', 'examples/googlenet.cnn', '--format', 'json', ...flags];
      const parsed: unknown = JSON.parse((await cnnc(args, { cwd: repository })).out);
      return parsed;
    };
    expect(await trainable()).toMatchObject({ models: [{ totals: { trainable: 6_998_552 } }] });
    expect(await trainable('--training')).toMatchObject({ models: [{ totals: { trainable: 13_378_280 } }] });
  });
});
