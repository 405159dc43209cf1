import { describe, expect, it } from 'vitest';
import type { Augmentation } from '../../../src/compiler/training/settings.js';
import { augmentWith, unsuitableAugmentations } from '../../../src/runtime/augmentation/augment.js';
import { drawColours } from '../../../src/runtime/augmentation/colours.js';
import { drawCutout } from '../../../src/runtime/augmentation/cutout.js';
import { makeGenerator, type Generator } from '../../../src/runtime/random/generator.js';
import { fixed, most } from './fixed.js';

const range = { height: 8, width: 6, channels: 3, white: 255 };
const photo = Float32Array.from({ length: 8 * 6 * 3 }, (_, place) => (place * 37) % 256);

const everything: Augmentation = {
  shift: { share: 0.2 },
  rotate: { angle: 20 },
  zoom: { share: 0.2 },
  shear: { angle: 10 },
  flip: { direction: 'both' },
  brightness: { share: 0.3 },
  contrast: { share: 0.3 },
  saturation: { share: 0.5 },
  hue: { angle: 90 },
  cutout: { share: 0.3 },
};

function augmented(settings: Augmentation, generator: Generator = makeGenerator(3)): Float32Array {
  const augment = augmentWith(settings, range);
  if (augment === undefined) throw new Error('nothing is set');
  return augment(photo, generator);
}

function coloured(settings: Augmentation, image: readonly number[], generator = most): readonly number[] {
  const values = Float32Array.from(image);
  drawColours(settings, range, generator)?.(values);
  return [...values];
}

function brightnessOf([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

describe('augmentation', () => {
  it('is nothing where nothing is set', () => {
    expect(augmentWith({}, range)).toBeUndefined();
  });

  it('draws the same from the same generator, and else something new', () => {
    const first = augmented(everything);
    expect(augmented(everything)).toEqual(first);
    expect(augmented(everything, makeGenerator(4))).not.toEqual(first);
  });

  it('leaves the given image as it is', () => {
    const before = photo.slice();
    augmented(everything);
    augmented({ cutout: { share: 0.5 } });
    augmented({ brightness: { share: 0.5 } });
    expect(photo).toEqual(before);
  });

  it('stays between black and white', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      const values = augmented(everything, makeGenerator(seed));
      expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...values)).toBeLessThanOrEqual(255);
    }
  });

  it('draws of each setting what it would draw without the others', () => {
    const generator = makeGenerator(9);
    const alone = augmented({ flip: { direction: 'horizontal' } }, generator);
    const beside = augmented({ flip: { direction: 'horizontal' }, cutout: { share: 0.01 } }, generator);
    expect(beside).toEqual(alone);
  });

  it('names the settings that need colours where there are none', () => {
    expect(unsuitableAugmentations(everything, 1)).toEqual(['saturation', 'hue']);
    expect(unsuitableAugmentations(everything, 3)).toEqual([]);
    expect(unsuitableAugmentations({ rotate: { angle: 5 } }, 1)).toEqual([]);
  });
});

describe('the colours of an image', () => {
  it('are left alone where no setting changes them', () => {
    expect(drawColours({ rotate: { angle: 5 } }, range, most)).toBeUndefined();
  });

  it('become brighter by a share of white, which is the end', () => {
    expect(coloured({ brightness: { share: 0.2 } }, [0, 100, 250])).toEqual([51, 151, 255]);
    expect(coloured({ brightness: { share: 0.2 } }, [0, 100, 250], fixed(0))).toEqual([0, 49, 199]);
  });

  it('are spread around their mean', () => {
    expect(coloured({ contrast: { share: 0.5 } }, [80, 100, 120])).toEqual([70, 100, 130]);
    expect(coloured({ contrast: { share: 1 } }, [80, 100, 120], fixed(0))).toEqual([100, 100, 100]);
  });

  it('become grey of the same brightness where their strength is taken away', () => {
    const grey = brightnessOf([200, 60, 20]);
    for (const value of coloured({ saturation: { share: 1 } }, [200, 60, 20], fixed(0)))
      expect(value).toBeCloseTo(grey, 3);
  });

  it('turn around the circle, their brightness and every grey kept', () => {
    const turned = coloured({ hue: { angle: 60 } }, [120, 100, 110]);
    expect(turned).not.toEqual([120, 100, 110]);
    expect(brightnessOf(turned)).toBeCloseTo(brightnessOf([120, 100, 110]), 3);
    for (const value of coloured({ hue: { angle: 180 } }, [77, 77, 77])) expect(value).toBeCloseTo(77, 3);
  });

  it('become their complements at half a turn', () => {
    const grey = brightnessOf([120, 100, 110]);
    const [red = 0, green = 0, blue = 0] = coloured({ hue: { angle: 180 } }, [120, 100, 110]);
    expect(red - grey).toBeCloseTo(grey - 120, 3);
    expect(green - grey).toBeCloseTo(grey - 100, 3);
    expect(blue - grey).toBeCloseTo(grey - 110, 3);
  });
});

describe('a square cut out', () => {
  const white = (): Float32Array => new Float32Array(8 * 6).fill(255);
  const grey = { height: 8, width: 6, channels: 1 };

  it('has the share of height and width, around the drawn middle', () => {
    const image = white();
    drawCutout(0.5, grey, fixed(0.5))?.(image);
    const rows = Array.from({ length: 8 }, (_, row) =>
      [...image.subarray(row * 6, row * 6 + 6)].map((value) => (value === 0 ? '#' : '.')).join(''),
    );
    expect(rows).toEqual(['......', '......', '..###.', '..###.', '..###.', '..###.', '......', '......']);
  });

  it('may lie partly outside', () => {
    const corner = white();
    drawCutout(0.5, grey, fixed(0))?.(corner);
    expect(corner.filter((value) => value === 0)).toHaveLength(2 * 2);
    const other = white();
    drawCutout(0.5, grey, fixed(1))?.(other);
    expect(other.filter((value) => value === 0)).toHaveLength(3 * 2);
  });

  it('is none where no share is set', () => {
    expect(drawCutout(undefined, grey, most)).toBeUndefined();
  });
});
