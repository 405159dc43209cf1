import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeGenerator } from '../../src/runtime/random/generator.js';
import { changesOf } from '../../src/runtime/training/augment/augment.js';
import { buildCnnc, cnnc, folderWith } from './cnnc.js';
import { lightImage, sidesData, sidesModel } from './sides.js';

beforeAll(buildCnnc);

const augment = 'augment { shift 30%; flip horizontal }';
const sides = sidesModel.replace('{ optimizer', `{ ${augment}; optimizer`);
const coloured = `model C { input 8x8x3; gap; dense 2 softmax }\ntrain C { augment { hue 90deg } }`;

function folder(): string {
  return folderWith({
    ...sidesData(20, 4),
    'sides.cnn': sides,
    'plain.cnn': sidesModel,
    'colour.cnn': coloured,
    'light.png': lightImage,
  });
}

/** The grey values of an image of 8×8 that a sheet shows enlarged 14 times, by its place in a sheet of one row. */
function shown(cwd: string, place: number): readonly number[] {
  const { width, data } = PNG.sync.read(readFileSync(join(cwd, 'sheet.png')));
  return Array.from({ length: 64 }, (_, cell) => {
    const row = 8 + 14 * Math.floor(cell / 8);
    const column = 8 + place * (14 * 8 + 8) + 14 * (cell % 8);
    return data[4 * (row * width + column)] ?? -1;
  });
}

describe('cnnc augment', () => {
  it('shows an image of a data set as the training with this seed sees it in each epoch', async () => {
    const cwd = folder();
    const args = ['--data', 'data', '--example', '6', '--seed', '9', '--rows', '1', '--columns', '4'];
    const { code, out } = await cnnc(['augment', 'sides.cnn', ...args, '-o', 'sheet.png'], { cwd });
    expect({ code, out }).toEqual({
      code: 0,
      out: '1 image of 8×8×1, as it is and in 3 epochs\nwrote sheet.png\n',
    });
    const file = readFileSync(join(cwd, 'data', 'train-images-idx3-ubyte'));
    const original = Uint8Array.from(file.subarray(16 + 5 * 64, 16 + 6 * 64));
    expect(shown(cwd, 0)).toEqual([...original]);
    for (const epoch of [1, 2, 3]) {
      const settings = { shift: { share: 0.3 }, flip: { direction: 'horizontal' } } as const;
      const shape = { height: 8, width: 8, channels: 1 } as const;
      const change = changesOf(settings, shape, { generator: makeGenerator(9), epoch });
      expect(shown(cwd, epoch)).toEqual([...(change?.(original, 5) ?? [])]);
    }
  });

  it('gives the same sheet for the same seed, and another for another', async () => {
    const cwd = folder();
    const sheet = async (...flags: string[]): Promise<string> => {
      await cnnc(['augment', 'sides.cnn', 'Sides', 'light.png', '-o', 'sheet.png', ...flags], { cwd });
      return readFileSync(join(cwd, 'sheet.png')).toString('hex');
    };
    const first = await sheet();
    expect(await sheet('--seed', '0')).toBe(first);
    expect(await sheet('--seed', '1')).not.toBe(first);
  });

  it('shows several images, one row each, in colours where the model has them', async () => {
    const cwd = folder();
    const args = ['augment', 'colour.cnn', 'light.png', 'light.png', '-o', 'sheet.png', '--columns', '2'];
    const { code, out } = await cnnc(args, { cwd });
    expect({ code, out }).toEqual({
      code: 0,
      out: '2 images of 8×8×3, each as it is and in 1 epoch\nwrote sheet.png\n',
    });
    const { height, width } = PNG.sync.read(readFileSync(join(cwd, 'sheet.png')));
    expect([height, width]).toEqual([8 + 2 * (112 + 3 + 14 + 8 + 8), 8 + 2 * 120]);
  });

  it('says where nothing is changed', async () => {
    const cwd = folder();
    const { code, err } = await cnnc(['augment', 'plain.cnn', 'light.png', '-o', 'sheet.png'], { cwd });
    expect(code).toBe(0);
    expect(err).toContain(
      'Sides has no `augment` in its `train` block: every epoch sees the images as they are',
    );
  });

  it.each([
    [['sides.cnn'], 2, 'no image is named'],
    [['sides.cnn', 'light.png', '--data', 'data'], 2, 'images and `--data` are both named'],
    [['sides.cnn', 'light.png', '--example', '2'], 2, 'chooses from a data set, and none is named'],
    [['sides.cnn', '--data', 'data', '--example', '21'], 2, 'no example 21: there are 20 to train on'],
    [['sides.cnn', 'lost.png'], 3, "can't read lost.png"],
    [['sides.cnn', 'light.png', '--input', '900x900x1', '--rows', '9'], 2, 'limit 33554432 pixels, got'],
    [['colour.cnn', 'light.png', '--input', '8x8x1'], 1, '`augment { hue }` changes colours'],
  ])('refuses %j', async (args, exit, message) => {
    const cwd = folder();
    const { code, out, err } = await cnnc(['augment', ...args, '-o', 'sheet.png'], { cwd });
    expect({ code, out }).toEqual({ code: exit, out: '' });
    expect(err).toContain(message);
    expect(() => readFileSync(join(cwd, 'sheet.png'))).toThrow('ENOENT');
  });

  it('never writes over what it reads', async () => {
    const cwd = folder();
    const { code, err } = await cnnc(['augment', 'sides.cnn', 'light.png', '-o', 'light.png'], { cwd });
    expect(code).toBe(3);
    expect(err).toContain('"light.png" is an input of this command');
    expect([...readFileSync(join(cwd, 'light.png'))]).toEqual([...lightImage]);
  });
});
