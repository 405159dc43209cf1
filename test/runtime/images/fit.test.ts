import { image, setBackend, tensor4d } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, it } from 'vitest';
import { fitNote, fitPicture } from '../../../src/runtime/images/fit.js';
import { convertChannels, type Picture } from '../../../src/runtime/images/picture.js';
import { resizeBilinear } from '../../../src/runtime/images/resize.js';
import { drawPicture } from '../../../src/runtime/images/terminal.js';

function grey(rows: readonly (readonly number[])[]): Picture {
  const [first = []] = rows;
  return { height: rows.length, width: first.length, channels: 1, pixels: Uint8Array.from(rows.flat()) };
}

function rowsOf({ height, width, pixels }: Picture): number[][] {
  return Array.from({ length: height }, (_, row) => [...pixels.subarray(row * width, (row + 1) * width)]);
}

describe('resizeBilinear', () => {
  beforeAll(async () => {
    await setBackend('cpu');
  });

  it('gives what tf.image.resize gives', () => {
    const resized = resizeBilinear([1, 2, 3, 4], { height: 2, width: 2, channels: 1 }, 4, 4);
    expect([...resized]).toEqual([
      1, 1.25, 1.75, 2, 1.5, 1.75, 2.25, 2.5, 2.5, 2.75, 3.25, 3.5, 3, 3.25, 3.75, 4,
    ]);
  });

  it.each([
    [
      [5, 7, 1],
      [3, 4],
    ],
    [
      [3, 4, 3],
      [9, 5],
    ],
    [
      [1, 1, 3],
      [4, 4],
    ],
    [
      [8, 6, 1],
      [1, 1],
    ],
    [
      [28, 28, 1],
      [32, 32],
    ],
  ] as const)('agrees with TensorFlow.js from %j to %j', ([height, width, channels], [toHeight, toWidth]) => {
    const values = Float32Array.from({ length: height * width * channels }, (_, place) => (place * 37) % 256);
    const own = resizeBilinear(values, { height, width, channels }, toHeight, toWidth);
    const theirs = image.resizeBilinear(
      tensor4d(values, [1, height, width, channels]),
      [toHeight, toWidth],
      false,
      true,
    );
    theirs.dataSync<'float32'>().forEach((value, place) => {
      expect(own[place]).toBeCloseTo(value, 3);
    });
  });
});

describe('fitPicture', () => {
  const wide = grey([
    [10, 20, 30, 40],
    [50, 60, 70, 80],
  ]);

  it('lays an image of nearly the model’s size in the middle, the odd cell of border at the bottom and right', () => {
    expect(rowsOf(fitPicture(wide, { height: 3, width: 5, channels: 1 }, undefined))).toEqual([
      [10, 20, 30, 40, 0],
      [50, 60, 70, 80, 0],
      [0, 0, 0, 0, 0],
    ]);
  });

  it('fills the model’s size with the middle of any other, whose aspect stays', () => {
    expect(rowsOf(fitPicture(wide, { height: 2, width: 2, channels: 1 }, undefined))).toEqual([
      [20, 30],
      [60, 70],
    ]);
  });

  it('stretches where it is told to', () => {
    expect(rowsOf(fitPicture(wide, { height: 1, width: 1, channels: 1 }, 'stretch'))).toEqual([[45]]);
  });

  it('pads to keep the aspect', () => {
    expect(rowsOf(fitPicture(wide, { height: 4, width: 4, channels: 1 }, 'pad'))).toEqual([
      [0, 0, 0, 0],
      [10, 20, 30, 40],
      [50, 60, 70, 80],
      [0, 0, 0, 0],
    ]);
  });

  it('crops to keep the aspect', () => {
    expect(rowsOf(fitPicture(wide, { height: 2, width: 2, channels: 1 }, 'crop'))).toEqual([
      [20, 30],
      [60, 70],
    ]);
  });

  it('takes images of any aspect, with memory for the larger of both sizes only', () => {
    const row = { height: 1, width: 2 ** 22, channels: 1, pixels: new Uint8Array(2 ** 22).fill(7) } as const;
    for (const fit of ['stretch', 'pad', 'crop', 'center', undefined] as const) {
      const fitted = fitPicture(row, { height: 64, width: 64, channels: 3 }, fit);
      expect(fitted.pixels).toHaveLength(64 * 64 * 3);
      expect(fitted.pixels.includes(7)).toBe(true);
    }
  });

  it('lays larger images in the middle too, cut', () => {
    expect(rowsOf(fitPicture(wide, { height: 1, width: 2, channels: 1 }, 'center'))).toEqual([[20, 30]]);
  });

  it('turns colours into grey by their luminance, and grey into three equal colours', () => {
    const colours = { height: 1, width: 2, channels: 3, pixels: Uint8Array.of(255, 0, 0, 7, 7, 7) } as const;
    expect([...convertChannels(colours, 1).pixels]).toEqual([76, 7]);
    expect([...convertChannels(grey([[1, 2]]), 3).pixels]).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it('says what it does to images of another size', () => {
    const shape = { height: 32, width: 32, channels: 1 } as const;
    expect(fitNote({ height: 28, width: 28 }, shape, undefined)).toBe(
      'images of 28×28 are laid in the middle of the model’s 32×32, with black borders',
    );
    expect(fitNote({ height: 64, width: 64 }, shape, 'crop')).toBe(
      'images of 64×64 are resized to fill the model’s 32×32, and cut',
    );
    expect(fitNote({ height: 32, width: 32 }, shape, 'crop')).toBeUndefined();
  });
});

describe('drawPicture', () => {
  it('draws two rows a line', () => {
    const picture = grey([
      [255, 255, 0],
      [0, 255, 0],
      [0, 0, 0],
      [255, 0, 0],
      [0, 255, 0],
    ]);
    expect(drawPicture(picture)).toEqual(['▀█', '▄', ' ▀']);
  });
});
