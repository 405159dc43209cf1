import { describe, expect, it } from 'vitest';
import {
  checkNormalisation,
  normaliseInto,
  normalisationOf,
} from '../../../src/runtime/training/normalise.js';
import { pictureFrom } from '../../../src/runtime/training/run-pictures.js';

const written = {
  scale: undefined,
  mean: undefined,
  std: undefined,
  fit: undefined,
  convention: undefined,
} as const;
const pixel = Uint8Array.of(255, 0, 51);

// What keras.applications.imagenet_utils.preprocess_input gives for the pixel [255, 0, 51] in each of its modes.
const cases = [
  ['caffe', [51 - 103.939, -116.779, 255 - 123.68]],
  ['torch', [(1 - 0.485) / 0.229, -0.456 / 0.224, (0.2 - 0.406) / 0.225]],
  ['tf', [1, -1, 51 / 127.5 - 1]],
] as const;

describe.each(cases)('preprocess %s', (convention, expected) => {
  const preprocess = { ...written, convention };

  it('gives what Keras gives', () => {
    const target = new Float32Array(3);
    normaliseInto(target, 0, pixel, normalisationOf(preprocess, 3));
    for (const [place, value] of expected.entries()) expect(target[place]).toBeCloseTo(value, 4);
  });

  it('is undone where a model gives an image', () => {
    const output = { name: 'output', shape: [1, 1, 3], values: Float32Array.from(expected) };
    expect([...pictureFrom(output, preprocess).pixels]).toEqual([...pixel]);
  });
});

it('refuses a convention of three colours for grey images, and one beside numbers', () => {
  expect(checkNormalisation({ ...written, convention: 'torch' }, 1)).toMatchObject({
    problems: [{ code: 'channels-mismatch' }, { code: 'channels-mismatch' }],
  });
  expect(checkNormalisation({ ...written, convention: 'tf', std: [2] }, 3)).toMatchObject({
    problems: [
      { code: 'normalised-twice', message: '`preprocess tf` has a `std` of its own, and another is given' },
    ],
  });
  expect(
    checkNormalisation({ ...written, convention: 'torch', scale: 1 / 255, mean: [0.5] }, 3),
  ).toMatchObject({
    problems: [
      {
        code: 'normalised-twice',
        message: '`preprocess torch` has a `scale` of its own, and another is given',
      },
      {
        code: 'normalised-twice',
        message: '`preprocess torch` has a `mean` of its own, and another is given',
      },
    ],
  });
  expect(checkNormalisation({ ...written, convention: 'tf' }, 1)).toBeUndefined();
});
