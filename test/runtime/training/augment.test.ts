import { describe, expect, it } from 'vitest';
import type { Augmentation } from '../../../src/compiler/training/settings.js';
import { makeGenerator } from '../../../src/runtime/random/generator.js';
import { augmenter } from '../../../src/runtime/training/augment/augment.js';
import { changeColours } from '../../../src/runtime/training/augment/colours.js';
import { moved, movementOf } from '../../../src/runtime/training/augment/movement.js';

const grey = { height: 3, width: 3, channels: 1 } as const;
const pixels = Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90);
const still = { a: 1, b: 0, c: 0, d: 1, right: 0, down: 0 };

/** The image changed in a hundred ways. */
function changes(
  augment: Augmentation,
  image = pixels,
  shape: typeof grey | { height: 3; width: 3; channels: 3 } = grey,
) {
  const change = augmenter(augment, shape, makeGenerator(1));
  return Array.from({ length: 100 }, (_, index) => [...(change?.(image, index) ?? [])]);
}

function distinct(images: readonly number[][]): string[] {
  return [...new Set(images.map((image) => image.join()))].sort();
}

describe('moved', () => {
  it('leaves an image that isn’t moved as it is', () => {
    expect([...moved(pixels, grey, still)]).toEqual([...pixels]);
  });

  it('shifts, black from outside, and interpolates between pixels', () => {
    expect([...moved(pixels, grey, { ...still, right: -1 })]).toEqual([0, 10, 20, 0, 40, 50, 0, 70, 80]);
    expect([...moved(pixels, grey, { ...still, down: 0.5 })]).toEqual([25, 35, 45, 55, 65, 75, 35, 40, 45]);
  });

  it('mirrors', () => {
    expect([...moved(pixels, grey, { ...still, a: -1 })]).toEqual([30, 20, 10, 60, 50, 40, 90, 80, 70]);
    expect([...moved(pixels, grey, { ...still, d: -1 })]).toEqual([70, 80, 90, 40, 50, 60, 10, 20, 30]);
  });

  it('turns by a quarter around the middle', () => {
    expect([...moved(pixels, grey, { ...still, a: 0, b: 1, c: -1, d: 0 })]).toEqual([
      70, 40, 10, 80, 50, 20, 90, 60, 30,
    ]);
  });
});

describe('movementOf', () => {
  const draws = (augment: Augmentation) =>
    Array.from({ length: 500 }, (_, index) =>
      movementOf(augment, { height: 100, width: 200, channels: 1 }, makeGenerator(index)),
    );

  it('shifts up to a share of height and width', () => {
    const found = draws({ shift: { share: 0.1 } });
    const most = (values: readonly number[]): number => Math.max(...values.map(Math.abs));
    expect(most(found.map(({ right }) => right))).toBeLessThanOrEqual(20);
    expect(most(found.map(({ right }) => right))).toBeGreaterThan(19);
    expect(most(found.map(({ down }) => down))).toBeLessThanOrEqual(10);
    expect(found.every(({ a, b, c, d }) => a === 1 && b === 0 && c === 0 && d === 1)).toBe(true);
  });

  it('turns up to an angle without a change of size', () => {
    const found = draws({ rotate: { angle: 30 } });
    for (const { a, b, c, d } of found) {
      expect(a * d - b * c).toBeCloseTo(1, 9);
      expect(Math.abs(Math.atan2(b, a))).toBeLessThanOrEqual(Math.PI / 6 + 1e-9);
    }
  });

  it('enlarges and shrinks up to a share', () => {
    const sizes = draws({ zoom: { share: 0.2 } }).map(({ a }) => 1 / a);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(0.8);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1.2);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeGreaterThan(0.38);
  });

  it('slants up to an angle and keeps the area', () => {
    for (const { a, b, c, d } of draws({ shear: { angle: 45 } })) {
      expect([a, Math.abs(c), d]).toEqual([1, 0, 1]);
      expect(Math.abs(b)).toBeLessThanOrEqual(1 + 1e-9);
    }
  });
});

describe('augmenter', () => {
  it('changes nothing where nothing is set', () => {
    expect(augmenter({}, grey, makeGenerator(1))).toBeUndefined();
  });

  it('changes the same image of the same epoch in the same way, whatever came before', () => {
    const settings = { shift: { share: 0.1 }, brightness: { share: 0.05 } };
    const change = augmenter(settings, grey, makeGenerator(5));
    const first = change?.(pixels, 3);
    change?.(pixels, 4);
    expect(change?.(pixels, 3)).toEqual(first);
    expect(change?.(pixels, 4)).not.toEqual(first);
    expect(augmenter(settings, grey, makeGenerator(6))?.(pixels, 3)).not.toEqual(first);
  });

  it('mirrors about half of the images, left and right, up and down, or both', () => {
    const across = [30, 20, 10, 60, 50, 40, 90, 80, 70];
    const images = changes({ flip: { direction: 'horizontal' } });
    expect(distinct(images)).toEqual([[...pixels].join(), across.join()].sort());
    const mirrored = images.filter((image) => image.join() === across.join()).length;
    expect(mirrored).toBeGreaterThan(30);
    expect(mirrored).toBeLessThan(70);
    expect(distinct(changes({ flip: { direction: 'vertical' } }))).toHaveLength(2);
    expect(distinct(changes({ flip: { direction: 'both' } }))).toHaveLength(4);
  });

  it('brightens all pixels alike, within 0 and 255', () => {
    for (const image of changes({ brightness: { share: 0.1 } })) {
      const added = (image[4] ?? 0) - 50;
      expect(Math.abs(added)).toBeLessThanOrEqual(26);
      expect(image).toEqual([...pixels].map((value) => Math.max(0, value + added)));
    }
    for (const image of changes({ brightness: { share: 1 } })) {
      expect(Math.min(...image)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...image)).toBeLessThanOrEqual(255);
    }
  });

  it('stretches contrast around the mean', () => {
    for (const image of changes({ contrast: { share: 0.5 } })) {
      expect(image[4]).toBe(50);
      expect(Math.abs(50 - (image[0] ?? 0))).toBeLessThanOrEqual(60);
      expect(Math.abs(50 - (image[0] ?? 0))).toBeGreaterThanOrEqual(20);
    }
  });

  it('blackens a square, which may stand over the edge', () => {
    const images = changes({ cutout: { share: 0.4 } });
    expect(images.every((image) => image.filter((value) => value === 0).length === 1)).toBe(true);
    expect(distinct(images).length).toBe(9);
  });
});

describe('changeColours', () => {
  const colours = [200, 100, 50];

  it('leaves grey grey, whatever turns the colours', () => {
    const result = changeColours(
      [80, 80, 80],
      3,
      { hue: { angle: 180 }, saturation: { share: 1 } },
      makeGenerator(3),
    );
    for (const value of result) expect(value).toBeCloseTo(80, 0);
  });

  it('keeps the luminance', () => {
    const light = ([red = 0, green = 0, blue = 0]: ArrayLike<number> & Iterable<number>): number =>
      0.299 * red + 0.587 * green + 0.114 * blue;
    for (let seed = 0; seed < 20; seed += 1) {
      const result = changeColours(
        colours,
        3,
        { hue: { angle: 180 }, saturation: { share: 0.5 } },
        makeGenerator(seed),
      );
      expect(Math.abs(light([...result]) - light(colours))).toBeLessThan(0.5);
    }
  });
});
