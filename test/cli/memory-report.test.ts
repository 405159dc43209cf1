import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildCnnc, cnnc, folderWith, repository } from './cnnc.js';
import { bad, good } from './sources.js';

beforeAll(buildCnnc);

describe('cnnc memory', () => {
  it('writes JSON with the keys of the contract', async () => {
    const { code, out, err } = await cnnc(['memory', 'examples/resnet.cnn', 'ResNet50', '--format', 'json'], {
      cwd: repository,
    });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const parsed: unknown = JSON.parse(out);
    expect(parsed).toMatchObject({
      formatVersion: 1,
      models: [
        {
          name: 'ResNet50',
          file: 'examples/resnet.cnn',
          parameters: { depth: 50, classes: 1000 },
          inputs: [{ name: 'input', shape: [224, 224, 3] }],
          batch: 1,
          dtype: 'float32',
          order: 'source',
          rules: ['free-after-last-use', 'elementwise-in-place', 'batch-norm-folded'],
          weightBytes: 4 * 25_610_152,
          inferencePeakBytes: 7_225_344,
          at: 'bottleneck1.shortcut1.conv1',
          alive: [
            {
              path: 'bottleneck1.bn3',
              bytes: 3_211_264,
              neededBy: 'bottleneck1.add1',
              file: 'std/blocks.cnn',
            },
            { bytes: 3_211_264 },
            { path: 'pool1', bytes: 802_816, neededBy: 'bottleneck1.shortcut1.conv1' },
          ],
        },
      ],
    });
    expect(parsed).toHaveProperty('models.0.steps.1', {
      path: 'conv1',
      kind: 'conv',
      file: 'examples/resnet.cnn',
      line: 11,
      column: 3,
      shape: [112, 112, 64],
      bytes: 4 * (224 * 224 * 3 + 112 * 112 * 64),
    });
  });

  it('draws the profile without colours where no terminal is', async () => {
    const { code, out } = await cnnc(['memory', 'examples/lenet5.cnn'], { cwd: repository });
    expect(code).toBe(0);
    expect(out).toMatch(/^pool1 .* 23\.0 KiB {2}█+ ◀ peak$/m);
    expect(out).not.toContain('\u001b');
  });

  it.each([
    ['a.svg', /^<svg [^]*<\/svg>\n$/],
    ['a.json', /^\{\n {2}"formatVersion": 1/],
    ['a.md', /^## /],
    ['a.txt', /^peak {5}/m],
  ])('tells from the name %s how it is written', async (name, holds) => {
    const cwd = folderWith({ 'a.cnn': good });
    const { code, out } = await cnnc(['memory', 'a.cnn', '-o', name], { cwd });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(readFileSync(join(cwd, name), 'utf8')).toMatch(holds);
  });

  it('follows the batch, the type, the rules and the order that were asked for', async () => {
    const cwd = folderWith({ 'a.cnn': 'model M { input 4x4x1; conv 2 1x1 -> bn -> relu }' });
    const peakOf = async (...flags: readonly string[]): Promise<unknown> => {
      const { out } = await cnnc(['memory', 'a.cnn', '--format', 'json', ...flags], { cwd });
      return /"inferencePeakBytes": (\d+)/.exec(out)?.[1];
    };
    expect(await peakOf()).toBe(String(4 * (16 + 32)));
    expect(await peakOf('--batch', '3', '--dtype', 'float16')).toBe(String(3 * 2 * (16 + 32)));
    expect(await peakOf('--no-inplace', '--no-fold')).toBe(String(4 * (32 + 32)));
    expect(await peakOf('--no-inplace', '--no-fold', '--no-free')).toBe(String(4 * (16 + 3 * 32)));
    expect(await peakOf('--input', '8x4x1', '--order', 'best')).toBe(String(4 * 2 * (16 + 32)));
  });

  it('draws no picture of open sizes, and says how to give them', async () => {
    const cwd = folderWith({ 'a.cnn': 'model M { input ?x?x3; conv 2 1x1 }' });
    const { code, err } = await cnnc(['memory', 'a.cnn', '-o', 'a.svg'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('a picture of `M` needs its open sizes: `h` and `w`');
    expect((await cnnc(['memory', 'a.cnn', '-o', 'a.svg', '--input', '9x9x3'], { cwd })).code).toBe(0);
  });

  it('refuses a name whose ending tells no format', async () => {
    const cwd = folderWith({ 'a.cnn': 'model M { input 8x8x3; conv 2 1x1 }' });
    const { code, err } = await cnnc(['memory', 'a.cnn', '-o', 'a.png'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('the name "a.png" doesn\'t tell how the report is written');
  });

  it('shows a step of training, as the `train` block has it where nothing else is said', async () => {
    const trained = `${good}\ntrain ${/model (\w+)/.exec(good)?.[1] ?? ''} { optimizer sgd rate=0.1; batch 12; accumulate 3 }`;
    const cwd = folderWith({ 'a.cnn': trained });
    const read = async (...flags: readonly string[]): Promise<unknown> =>
      JSON.parse((await cnnc(['memory', 'a.cnn', '--training', '--format', 'json', ...flags], { cwd })).out);
    expect(await read()).toMatchObject({
      models: [{ batch: 4, optimizer: 'sgd', dtype: 'float32', recompute: false, parts: { optimizer: 0 } }],
    });
    expect(
      await read('--batch', '7', '--optimizer', 'adam', '--dtype', 'float16', '--recompute'),
    ).toMatchObject({
      models: [{ batch: 7, optimizer: 'adam', dtype: 'float16', recompute: true }],
    });
  });

  it.each([
    [['--training', '-o', 'a.svg'], 'there is no picture of a training’s memory'],
    [['--training', '--no-fold'], 'the rules are of an inference'],
    [['--optimizer', 'adam'], 'are of a training'],
    [['--dtype', 'float64'], 'Allowed choices are float32, float16, int8'],
    [['--batch', '0'], 'A whole number of at least 1'],
  ])('refuses %j', async (flags, why) => {
    const cwd = folderWith({ 'a.cnn': good });
    const { code, out, err } = await cnnc(['memory', 'a.cnn', ...flags], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(why);
  });

  it('is 1 for a file with a mistake, and writes nothing', async () => {
    const cwd = folderWith({ 'a.cnn': bad });
    const { code, out } = await cnnc(['memory', 'a.cnn', '-o', 'a.svg'], { cwd });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(() => readFileSync(join(cwd, 'a.svg'))).toThrow();
  });
});
