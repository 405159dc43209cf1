import type { Generator } from '../random/generator.js';
import type { ImageRange } from './augment.js';

/**
 * Draws a black square whose sides are this share of height and width. Its middle may be any pixel, so that a part of it may
 * lie outside (DeVries & Taylor 2017, §3.1). `undefined` where no share is set.
 */
export function drawCutout(
  share: number | undefined,
  { height, width, channels }: Omit<ImageRange, 'white'>,
  generator: Generator,
): ((image: Float32Array) => void) | undefined {
  const middleRow = generator.below(height);
  const middleColumn = generator.below(width);
  if (share === undefined) return undefined;
  const [top, bottom] = sides(middleRow, share, height);
  const [left, right] = sides(middleColumn, share, width);
  return (image) => {
    for (let row = top; row < bottom; row += 1) {
      image.fill(0, (row * width + left) * channels, (row * width + right) * channels);
    }
  };
}

/** The first cell of the square and the one behind its last, cut to the image. */
function sides(middle: number, share: number, size: number): readonly [number, number] {
  const length = Math.round(share * size);
  const first = middle - Math.floor(length / 2);
  return [Math.max(first, 0), Math.min(Math.max(first + length, 0), size)];
}
