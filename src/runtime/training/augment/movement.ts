import type { Augmentation } from '../../../compiler/training/settings.js';
import type { PictureShape } from '../../images/picture.js';
import type { Generator } from '../../random/generator.js';

/** The settings that move pixels. */
export const movingParts = [
  'shift',
  'rotate',
  'zoom',
  'shear',
  'flip',
] as const satisfies (keyof Augmentation)[];

/**
 * Where each pixel of the result is taken from, both measured from the middle of the image: x ← a·x + b·y + right,
 * y ← c·x + d·y + down.
 */
export interface Movement {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly right: number;
  readonly down: number;
}

/** Draws a movement: the image is shifted, mirrored, enlarged or shrunk, turned and slanted, in this order. */
export function movementOf(
  { shift, rotate, zoom, shear, flip }: Augmentation,
  { height, width }: PictureShape,
  generator: Generator,
): Movement {
  const spread = (most: number): number => most * (2 * generator.uniform() - 1);
  const turn = radians(spread(rotate?.angle ?? 0));
  const slant = Math.tan(radians(spread(shear?.angle ?? 0)));
  const size = 1 + spread(zoom?.share ?? 0);
  const right = spread((shift?.share ?? 0) * width);
  const down = spread((shift?.share ?? 0) * height);
  const mirrors = generator.bits();
  const direction = flip?.direction;
  const acrossX = (direction === 'horizontal' || direction === 'both') && (mirrors & 1) === 1 ? -1 : 1;
  const acrossY = (direction === 'vertical' || direction === 'both') && (mirrors & 2) === 2 ? -1 : 1;
  const cosine = Math.cos(turn) / size;
  const sine = Math.sin(turn) / size;
  return {
    a: acrossX * cosine,
    b: acrossX * (sine + slant * cosine),
    c: acrossY * -sine,
    d: acrossY * (cosine - slant * sine),
    right: -right,
    down: -down,
  };
}

/** The moved image, interpolated between the four nearest pixels; what comes from outside is black. */
export function moved(
  pixels: ArrayLike<number>,
  { height, width, channels }: PictureShape,
  { a, b, c, d, right, down }: Movement,
): Float32Array {
  const result = new Float32Array(height * width * channels);
  const middleX = (width - 1) / 2;
  const middleY = (height - 1) / 2;
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const x = a * (column - middleX) + b * (row - middleY) + right + middleX;
      const y = c * (column - middleX) + d * (row - middleY) + down + middleY;
      const left = Math.floor(x);
      const top = Math.floor(y);
      for (let corner = 0; corner < 4; corner += 1) {
        const fromColumn = left + (corner & 1);
        const fromRow = top + (corner >> 1);
        if (fromColumn < 0 || fromColumn >= width || fromRow < 0 || fromRow >= height) continue;
        const share = (1 - Math.abs(x - fromColumn)) * (1 - Math.abs(y - fromRow));
        const source = (fromRow * width + fromColumn) * channels;
        const target = (row * width + column) * channels;
        for (let channel = 0; channel < channels; channel += 1) {
          result[target + channel] =
            (result[target + channel] ?? 0) + share * (pixels[source + channel] ?? 0);
        }
      }
    }
  }
  return result;
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
