import type { ImageRange } from './augment.js';
import type { Placement } from './placement.js';

/** The image seen through a placement, bilinearly; beyond its border the border goes on. */
export function resample(
  image: Float32Array,
  { height, width, channels }: Omit<ImageRange, 'white'>,
  { rowByRow, rowByColumn, rowOffset, columnByRow, columnByColumn, columnOffset }: Placement,
): Float32Array {
  const output = new Float32Array(image.length);
  const middleRow = (height - 1) / 2;
  const middleColumn = (width - 1) / 2;
  const across = width * channels;
  let at = 0;
  for (let y = -middleRow; y <= middleRow; y += 1) {
    for (let x = -middleColumn; x <= middleColumn; x += 1) {
      const row = within(rowByRow * y + rowByColumn * x + rowOffset + middleRow, height - 1);
      const column = within(columnByRow * y + columnByColumn * x + columnOffset + middleColumn, width - 1);
      const top = Math.floor(row);
      const left = Math.floor(column);
      const topLeft = top * across + left * channels;
      const toRight = left < width - 1 ? channels : 0;
      const toBottom = top < height - 1 ? across : 0;
      for (let corner = topLeft; corner < topLeft + channels; corner += 1) {
        const below = corner + toBottom;
        const upper = mix(image[corner] ?? 0, image[corner + toRight] ?? 0, column - left);
        const lower = mix(image[below] ?? 0, image[below + toRight] ?? 0, column - left);
        output[at] = mix(upper, lower, row - top);
        at += 1;
      }
    }
  }
  return output;
}

function within(position: number, last: number): number {
  return Math.min(Math.max(position, 0), last);
}

function mix(first: number, second: number, share: number): number {
  return first + (second - first) * share;
}
