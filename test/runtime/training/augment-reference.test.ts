import { describe, expect, it } from 'vitest';
import type { Augmentation } from '../../../src/compiler/training/settings.js';
import { makeGenerator, type Generator } from '../../../src/runtime/random/generator.js';
import { augmenter } from '../../../src/runtime/training/augment/augment.js';

const height = 12;
const width = 17;

/** A point, from the middle of an image. */
type Point = readonly [number, number];

/** Where the point of a result comes from, one step after the other, and what is drawn for it. */
function movedPoint({ shift, rotate, zoom, shear, flip }: Augmentation, generator: Generator) {
  const between = (most: number): number => most * (2 * generator.uniform() - 1);
  const radians = Math.PI / 180;
  const turn = between(rotate?.angle ?? 0) * radians;
  const slant = between(shear?.angle ?? 0) * radians;
  const size = 1 + between(zoom?.share ?? 0);
  const right = between((shift?.share ?? 0) * width);
  const down = between((shift?.share ?? 0) * height);
  const bits = generator.bits();
  const mirrorsAcross = flip?.direction !== undefined && flip.direction !== 'vertical' && bits % 2 === 1;
  const mirrorsDown =
    flip?.direction !== undefined && flip.direction !== 'horizontal' && Math.floor(bits / 2) % 2 === 1;
  const steps: readonly ((point: Point) => Point)[] = [
    ([x, y]) => [x + Math.tan(slant) * y, y],
    ([x, y]) => [x * Math.cos(turn) + y * Math.sin(turn), y * Math.cos(turn) - x * Math.sin(turn)],
    ([x, y]) => [x / size, y / size],
    ([x, y]) => [mirrorsAcross ? -x : x, mirrorsDown ? -y : y],
    ([x, y]) => [x - right, y - down],
  ];
  return (point: Point): Point => steps.reduce((at, step) => step(at), point);
}

/** Between the four nearest pixels, each weighed by how near it is; outside is black. */
function sampled(pixels: ArrayLike<number>, channels: number, [x, y]: Point, channel: number): number {
  let sum = 0;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const weight =
        Math.max(0, 1 - Math.abs(x + (width - 1) / 2 - column)) *
        Math.max(0, 1 - Math.abs(y + (height - 1) / 2 - row));
      sum += weight * (pixels[(row * width + column) * channels + channel] ?? 0);
    }
  }
  return sum;
}

const toYiq = [
  [0.299, 0.587, 0.114],
  [0.596, -0.274, -0.322],
  [0.211, -0.523, 0.312],
];
const fromYiq = [
  [1, 0.956, 0.621],
  [1, -0.272, -0.647],
  [1, -1.106, 1.703],
];
const times = (matrix: readonly (readonly number[])[], vector: readonly number[]): readonly number[] =>
  matrix.map((row) => row.reduce((sum, factor, place) => sum + factor * (vector[place] ?? 0), 0));

/** Where a value of an image stands. */
function cellOf(place: number, channels: number): readonly [number, number] {
  const pixel = Math.floor(place / channels);
  return [Math.floor(pixel / width), pixel % width];
}

/** What the documents say of the settings, in plain loops over every pixel. */
function reference(
  augment: Augmentation,
  pixels: Uint8Array,
  channels: 1 | 3,
  generator: Generator,
): readonly number[] {
  const { shift, rotate, zoom, shear, flip, brightness, contrast, saturation, hue, cutout } = augment;
  let values: number[] = [...pixels];
  if ([shift, rotate, zoom, shear, flip].some((part) => part !== undefined)) {
    const from = movedPoint(augment, generator);
    values = values.map((_, place) => {
      const [row, column] = cellOf(place, channels);
      const point = from([column - (width - 1) / 2, row - (height - 1) / 2]);
      return sampled(pixels, channels, point, place % channels);
    });
  }
  if ([brightness, contrast, saturation, hue].some((part) => part !== undefined)) {
    const between = (most: number): number => most * (2 * generator.uniform() - 1);
    const added = 255 * between(brightness?.share ?? 0);
    const stretch = 1 + between(contrast?.share ?? 0);
    const strength = 1 + between(saturation?.share ?? 0);
    const turn = (between(hue?.angle ?? 0) * Math.PI) / 180;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    values = values.map((value) => mean + stretch * (value - mean) + added);
    if (channels === 3 && (saturation !== undefined || hue !== undefined)) {
      values = Array.from({ length: height * width }, (_, pixel) => {
        const [y = 0, i = 0, q = 0] = times(toYiq, values.slice(3 * pixel, 3 * pixel + 3));
        const turned = [i * Math.cos(turn) - q * Math.sin(turn), i * Math.sin(turn) + q * Math.cos(turn)];
        return times(fromYiq, [y, ...turned.map((value) => strength * value)]);
      }).flat();
    }
  }
  if (cutout !== undefined) {
    const [rows, columns] = [Math.round(cutout.share * height), Math.round(cutout.share * width)];
    const top = generator.below(height) - Math.floor(rows / 2);
    const left = generator.below(width) - Math.floor(columns / 2);
    values = values.map((value, place) => {
      const [row, column] = cellOf(place, channels);
      const isCut = row >= top && row < top + rows && column >= left && column < left + columns;
      return isCut ? 0 : value;
    });
  }
  return values.map((value) => Math.round(Math.min(255, Math.max(0, value))));
}

const alone: readonly Augmentation[] = [
  { shift: { share: 0.9 } },
  { rotate: { angle: 180 } },
  { zoom: { share: 0.99 } },
  { shear: { angle: 60 } },
  { flip: { direction: 'horizontal' } },
  { flip: { direction: 'vertical' } },
  { flip: { direction: 'both' } },
  { brightness: { share: 1 } },
  { contrast: { share: 1 } },
  { cutout: { share: 0.99 } },
];

const grey: Augmentation = {
  shift: { share: 0.3 },
  rotate: { angle: 50 },
  zoom: { share: 0.4 },
  shear: { angle: 30 },
  flip: { direction: 'both' },
  brightness: { share: 0.2 },
  contrast: { share: 0.5 },
  cutout: { share: 0.4 },
};

const coloured: readonly Augmentation[] = [
  { saturation: { share: 1 } },
  { hue: { angle: 180 } },
  { ...grey, saturation: { share: 0.8 }, hue: { angle: 90 } },
];

describe('augmentation', () => {
  const cases = [
    ...[...alone, grey].map((augment) => ({ augment, channels: 1 as const })),
    ...[...alone, ...coloured].map((augment) => ({ augment, channels: 3 as const })),
  ];

  it.each(cases)('is what plain loops say: $augment, $channels channels', ({ augment, channels }) => {
    const pixels = Uint8Array.from({ length: height * width * channels }, (_, place) => (place * 89) % 256);
    const epoch = makeGenerator(11);
    const change = augmenter(augment, { height, width, channels }, epoch);
    for (let index = 0; index < 12; index += 1) {
      const own = [...(change?.(pixels, index) ?? [])];
      const expected = reference(augment, pixels, channels, epoch.fork(String(index)));
      expect(own).toHaveLength(expected.length);
      // Single precision and double round to neighbours where a value lies between two.
      const apart = own.map((value, place) => Math.abs(value - (expected[place] ?? Number.NaN)));
      expect(Math.max(...apart)).toBeLessThanOrEqual(1);
      expect(apart.filter((distance) => distance > 0).length).toBeLessThan(own.length / 50);
    }
  });
});
