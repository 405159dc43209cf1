import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadPicture, type Picture } from '../../src/runtime/index.js';
import { cnnc, folderWith, repository } from '../cli/cnnc.js';

const folder = join(repository, '.cache/weights/default-model');

describe('the super-resolution network of @upscalerjs/default-model', () => {
  it('enlarges the package’s sample picture to its golden one, within 1 of 255, with the command of the README', async () => {
    const out = join(folderWith(), 'out.png');
    const { code, err } = await cnnc(
      [
        ...['predict', 'examples/pretrained/super_resolution.cnn', join(folder, 'assets/fixture.png')],
        ...['--weights', join(folder, 'models'), '-o', out],
      ],
      { cwd: repository },
    );
    expect(err).toBe('note: names are mapped by examples/pretrained/super_resolution.map\n');
    expect(code).toBe(0);
    const [ours, golden] = [read(out), read(join(folder, 'assets/samples/2x/result.png'))];
    expect([ours.height, ours.width]).toEqual([256, 256]);
    const errors = Array.from(ours.pixels, (value, place) => Math.abs(value - (golden.pixels[place] ?? -1)));
    expect(golden.pixels).toHaveLength(errors.length);
    expect(errors.reduce((largest, error) => Math.max(largest, error), 0)).toBeLessThanOrEqual(1);
    expect(decibels(errors)).toBeGreaterThan(50);
  });
});

function read(path: string): Picture {
  const picture = loadPicture(path);
  if (!picture.ok) throw new Error(`can't read ${path}`);
  return picture.value;
}

/** Peak signal-to-noise ratio of bytes. */
function decibels(errors: readonly number[]): number {
  const squares = errors.reduce((sum, error) => sum + error * error, 0) / errors.length;
  return 10 * Math.log10(255 ** 2 / squares);
}
