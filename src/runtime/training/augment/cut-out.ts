import type { PictureShape } from '../../images/picture.js';
import type { Generator } from '../../random/generator.js';

/** Blackens one rectangle of this share of height and width, its middle at a random pixel, which may stand over the edge (DeVries & Taylor 2017). */
export function cutOut(
  pixels: Uint8Array,
  { height, width, channels }: PictureShape,
  share: number,
  generator: Generator,
): void {
  const rows = Math.round(share * height);
  const columns = Math.round(share * width);
  const top = generator.below(height) - Math.floor(rows / 2);
  const left = generator.below(width) - Math.floor(columns / 2);
  const first = Math.max(0, left);
  const end = Math.min(width, left + columns);
  for (let row = Math.max(0, top); row < Math.min(height, top + rows); row += 1) {
    pixels.fill(0, (row * width + first) * channels, (row * width + Math.max(first, end)) * channels);
  }
}
