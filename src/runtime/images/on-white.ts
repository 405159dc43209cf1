import type { Picture } from './picture.js';

/** Red, green, blue and opacity of each pixel, row after row, from 0 to 255. */
export interface TranslucentPicture {
  readonly height: number;
  readonly width: number;
  readonly data: ArrayLike<number>;
}

/** Red, green and blue of pixels that may let white through. */
export function onWhite({ height, width, data }: TranslucentPicture): Picture {
  const pixels = new Uint8Array(height * width * 3);
  for (let pixel = 0; pixel < height * width; pixel += 1) {
    const opacity = (data[4 * pixel + 3] ?? 255) / 255;
    for (let channel = 0; channel < 3; channel += 1) {
      const value = data[4 * pixel + channel] ?? 0;
      pixels[3 * pixel + channel] = Math.round(255 + (value - 255) * opacity);
    }
  }
  return { height, width, channels: 3, pixels };
}
