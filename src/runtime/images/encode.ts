import { PNG } from 'pngjs';
import type { Picture } from './picture.js';

/** Writes an image as a PNG file, grey or in colours of 8 bits, as it is: what is read back is equal. */
export function encodePng({ height, width, channels, pixels }: Picture): Uint8Array {
  const image = new PNG({ height, width });
  for (let pixel = 0; pixel < height * width; pixel += 1) {
    const own = pixels.subarray(pixel * channels, (pixel + 1) * channels);
    const [red = 0, green = red, blue = red] = own;
    image.data.set([red, green, blue, 255], 4 * pixel);
  }
  return PNG.sync.write(image, { colorType: channels === 1 ? 0 : 2 });
}
