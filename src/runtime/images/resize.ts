import type { Picture } from './picture.js';

/** Resizes an image, rounded to whole values. */
export function resizePicture(picture: Picture, height: number, width: number): Picture {
  if (picture.height === height && picture.width === width) return picture;
  const resized = resizeBilinear(picture.pixels, picture, height, width);
  return { height, width, channels: picture.channels, pixels: Uint8Array.from(resized, Math.round) };
}

/**
 * Interpolates between the four nearest pixels, whose middles lie at half places: what `tf.image.resize` does without
 * antialiasing.
 */
export function resizeBilinear(
  values: ArrayLike<number>,
  from: { readonly height: number; readonly width: number; readonly channels: number },
  height: number,
  width: number,
): Float32Array {
  const { channels } = from;
  const rows = neighboursAlong(from.height, height);
  const columns = neighboursAlong(from.width, width);
  const result = new Float32Array(height * width * channels);
  let target = 0;
  for (const row of rows) {
    const above = row.lower * from.width;
    const below = row.upper * from.width;
    for (const column of columns) {
      for (let channel = 0; channel < channels; channel += 1) {
        const at = (line: number, place: number): number => values[(line + place) * channels + channel] ?? 0;
        const top = mix(at(above, column.lower), at(above, column.upper), column.share);
        const bottom = mix(at(below, column.lower), at(below, column.upper), column.share);
        result[target] = mix(top, bottom, row.share);
        target += 1;
      }
    }
  }
  return result;
}

interface Neighbours {
  readonly lower: number;
  readonly upper: number;
  /** How much of the upper one. */
  readonly share: number;
}

function neighboursAlong(from: number, to: number): readonly Neighbours[] {
  return Array.from({ length: to }, (_, place) => {
    const exact = ((place + 0.5) * from) / to - 0.5;
    const whole = Math.floor(exact);
    return {
      lower: Math.max(whole, 0),
      upper: Math.max(Math.min(Math.ceil(exact), from - 1), 0),
      share: exact - whole,
    };
  });
}

function mix(one: number, other: number, share: number): number {
  return one + (other - one) * share;
}
