import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { classesIn, encodeSafetensors, loadWeights, metadataOf } from '../../../src/runtime/index.js';
import { temporaryFolder, writeFiles } from '../data/files.js';

describe('loadWeights', () => {
  it('reads a file, and names it where it is broken or absent', () => {
    const weights = new Map([['a', { shape: [1], values: Float32Array.of(2) }]]);
    const folder = writeFiles(temporaryFolder(), {
      'w.safetensors': encodeSafetensors(weights),
      'x.safetensors': 'x',
    });
    const read = loadWeights(join(folder, 'w.safetensors'));
    expect(read.ok && read.value.weights).toEqual(weights);
    const broken = loadWeights(join(folder, 'x.safetensors'));
    expect(broken.ok ? '' : broken.problems[0]?.message).toContain(
      `${join(folder, 'x.safetensors')}: the file has 1 bytes`,
    );
    expect(loadWeights(join(folder, 'y'))).toMatchObject({ ok: false, problems: [{ code: 'unreadable' }] });
  });
});

describe('the metadata of weights', () => {
  it('keeps the names of the classes', () => {
    const metadata = metadataOf('LeNet5', ['zero', '"one"', '']);
    expect(classesIn(metadata, 3)).toEqual(['zero', '"one"', '']);
    expect(metadata.get('model')).toBe('LeNet5');
  });

  it.each([
    ['nothing', undefined],
    ['no JSON', '['],
    ['no list', '{"length": 3}'],
    ['another number', '["a", "b"]'],
    ['numbers', '[1, 2, 3]'],
  ])('gives no names where there is %s', (_, text) => {
    expect(classesIn(new Map(text === undefined ? [] : [['classes', text]]), 3)).toBeUndefined();
  });
});
