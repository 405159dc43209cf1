import jpeg from 'jpeg-js';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDataSet } from '../../../src/runtime/node/load-data-set.js';
import { divide } from '../../../src/runtime/data/split.js';
import { succeed } from '../../../src/runtime/outcome.js';
import { png, temporaryFolder, writeFiles } from './files.js';

const target = { shape: { height: 2, width: 2, channels: 3 }, fit: undefined } as const;
const red = png(2, 2, [255, 0, 0]);
const blue = png(4, 4, [0, 0, 255]);
const green = jpeg.encode({ width: 2, height: 2, data: new Uint8Array(16).fill(100) }, 100).data;

describe('a folder with one folder of images for each class', () => {
  it('has its classes in the order of their names, and one image of each in turn', () => {
    const folder = writeFiles(temporaryFolder(), {
      'train/cat/1.png': red,
      'train/cat/2.JPG': green,
      'train/dog/1.png': blue,
      'train/dog/readme.txt': 'not an image',
      'train/.hidden/1.png': 'not a class',
      'val/dog/1.png': blue,
    });
    const data = loadDataSet(folder, target);
    expect(data.ok && data.value.classes).toEqual(['cat', 'dog']);
    expect(data.ok && [...data.value.training.labels]).toEqual([0, 1, 0]);
    expect(data.ok && data.value.training.pixelsOf(0)).toEqual(
      succeed(Uint8Array.of(255, 0, 0, 255, 0, 0, 255, 0, 0, 255, 0, 0)),
    );
    expect(data.ok && [...data.value.test.labels]).toEqual([1]);
  });

  it('is divided where it has no folder of test images', () => {
    const files = Object.fromEntries(
      ['a', 'b'].flatMap((name) =>
        Array.from({ length: 10 }, (_, place) => [`${name}/${String(place)}.png`, red]),
      ),
    );
    const folder = writeFiles(temporaryFolder(), files);
    const data = loadDataSet(folder, target);
    expect(data.ok && [data.value.training.count, data.value.test.count]).toEqual([16, 4]);
    expect(data.ok && data.value.notes).toEqual([
      `${folder} has no folder of test images: a fifth of each class is kept for tests`,
    ]);
  });

  it('lists every image that can’t be read at once', () => {
    const folder = writeFiles(temporaryFolder(), {
      'a/1.png': red,
      'a/2.png': 'text',
      'b/1.jpg': green.subarray(0, 40),
      'c/1.txt': 'x',
    });
    const data = loadDataSet(folder, target);
    expect(data.ok ? [] : data.problems.map(({ code }) => code)).toEqual([
      'empty-class',
      'broken-image',
      'broken-image',
    ]);
    expect(data.ok ? '' : data.problems[2]?.message).toBe(
      `${join(folder, 'a/2.png')} is neither a PNG nor a JPEG file`,
    );
  });

  it('may not test classes that it doesn’t train', () => {
    const folder = writeFiles(temporaryFolder(), { 'train/a/1.png': red, 'test/b/1.png': red });
    expect(loadDataSet(folder, target)).toMatchObject({ ok: false, problems: [{ code: 'unknown-class' }] });
  });

  it.each([
    ['an empty folder', '', 'no-data'],
    ['a folder that isn’t there', 'nowhere', 'unreadable'],
    ['a file', 'a/1.png', 'unreadable'],
  ])('is not %s', (_, path, code) => {
    const folder = temporaryFolder();
    if (path === 'a/1.png') writeFiles(folder, { 'a/1.png': red });
    expect(loadDataSet(join(folder, path), target)).toMatchObject({ ok: false, problems: [{ code }] });
  });
});

describe('divide', () => {
  it('keeps a fifth of each class, at least one, but not the only one', () => {
    const labels = [...new Array<number>(10).fill(0), ...new Array<number>(3).fill(1), 2];
    const { training, test } = divide(labels);
    expect([...training, ...test].sort((a, b) => a - b)).toEqual(labels.map((_, index) => index));
    expect(test.map((index) => labels[index])).toEqual([0, 0, 1]);
    expect(divide(labels)).toEqual({ training, test });
  });
});
