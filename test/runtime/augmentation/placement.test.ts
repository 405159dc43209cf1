import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Augmentation } from '../../../src/compiler/training/settings.js';
import { drawPlacement, type Placement } from '../../../src/runtime/augmentation/placement.js';
import { resample } from '../../../src/runtime/augmentation/resample.js';
import { makeGenerator } from '../../../src/runtime/random/generator.js';
import { fixed, middle, most } from './fixed.js';

const size = { height: 3, width: 3, channels: 1 };
const image = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);

function placed(settings: Augmentation, generator = most): Placement {
  const placement = drawPlacement(settings, size, generator);
  if (placement === undefined) throw new Error('nothing moves');
  return placement;
}

describe('the place of an image', () => {
  it('is left alone where no setting moves it', () => {
    expect(drawPlacement({ brightness: { share: 0.5 } }, size, most)).toBeUndefined();
  });

  it('is kept to the bit where the middle of every range is drawn', () => {
    const settings: Augmentation = {
      shift: { share: 0.5 },
      rotate: { angle: 90 },
      zoom: { share: 0.5 },
      shear: { angle: 45 },
      flip: { direction: 'both' },
    };
    expect(resample(image, size, placed(settings, middle))).toEqual(image);
  });

  it('moves down and right by a share of the size, and repeats the border', () => {
    expect([...resample(image, size, placed({ shift: { share: 1 / 3 } }))]).toEqual([
      1, 1, 2, 1, 1, 2, 4, 4, 5,
    ]);
  });

  it('reads between the pixels', () => {
    const [first, second] = resample(image, size, placed({ shift: { share: 1 / 6 } }));
    expect(first).toBe(1);
    expect(second).toBeCloseTo(1.5, 5);
  });

  it('turns by a quarter, clockwise', () => {
    const turned = resample(image, size, placed({ rotate: { angle: 90 } }));
    expect([...turned].map((value) => Math.round(value * 1e5) / 1e5)).toEqual([7, 4, 1, 8, 5, 2, 9, 6, 3]);
  });

  it('enlarges around the middle', () => {
    const [corner, , , , centre] = resample(image, size, placed({ zoom: { share: 0.999999 } }));
    expect(corner).toBeCloseTo(3, 4);
    expect(centre).toBe(5);
  });

  it('slants: what is above the middle goes left, what is below goes right', () => {
    const slanted = resample(image, size, placed({ shear: { angle: 45 } }));
    expect([...slanted].map((value) => Math.round(value * 1e5) / 1e5)).toEqual([2, 3, 3, 4, 5, 6, 7, 7, 8]);
  });

  it.each([
    ['horizontal', [3, 2, 1, 6, 5, 4, 9, 8, 7]],
    ['vertical', [7, 8, 9, 4, 5, 6, 1, 2, 3]],
    ['both', [9, 8, 7, 6, 5, 4, 3, 2, 1]],
  ] as const)('mirrors, %s, to the bit', (direction, mirrored) => {
    const draws = fixed(0.5, 0.5, 0.5, 0.5, 0.5, 0, 0);
    expect([...resample(image, size, placed({ flip: { direction } }, draws))]).toEqual(mirrored);
  });

  it('mirrors half of the images', () => {
    const generator = makeGenerator(1);
    const mirrored = Array.from({ length: 1000 }, (_, index) =>
      placed({ flip: { direction: 'horizontal' } }, generator.fork(String(index))),
    ).filter(({ columnByColumn }) => columnByColumn < 0);
    expect(mirrored.length).toBeGreaterThan(450);
    expect(mirrored.length).toBeLessThan(550);
  });

  it('leads back to where mirroring, slanting, sizing, turning and shifting came from', () => {
    const draws = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7, maxLength: 7 });
    const settings: Augmentation = {
      shift: { share: 0.3 },
      rotate: { angle: 180 },
      zoom: { share: 0.5 },
      shear: { angle: 40 },
      flip: { direction: 'both' },
    };
    const point = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(
      fc.property(draws, point, point, (drawn, row, column) => {
        const [toDown = 0, toRight = 0, turn = 0, sizing = 0, slanting = 0, left = 0, up = 0] = drawn;
        const radians = Math.PI / 180;
        const factor = 1 + 0.5 * (2 * sizing - 1);
        const angle = 180 * (2 * turn - 1) * radians;
        const mirrored = { y: up < 0.5 ? -row : row, x: left < 0.5 ? -column : column };
        const slant = Math.tan(40 * (2 * slanting - 1) * radians);
        const slanted = { y: mirrored.y, x: mirrored.x + slant * mirrored.y };
        const sized = { y: slanted.y * factor, x: slanted.x * factor };
        const turned = {
          y: Math.cos(angle) * sized.y + Math.sin(angle) * sized.x,
          x: -Math.sin(angle) * sized.y + Math.cos(angle) * sized.x,
        };
        const y = turned.y + 0.3 * (2 * toDown - 1) * size.height;
        const x = turned.x + 0.3 * (2 * toRight - 1) * size.width;
        const back = placed(settings, fixed(...drawn));
        expect(back.rowByRow * y + back.rowByColumn * x + back.rowOffset).toBeCloseTo(row, 8);
        expect(back.columnByRow * y + back.columnByColumn * x + back.columnOffset).toBeCloseTo(column, 8);
      }),
    );
  });
});
