/** One image on the host: rows of pixels, each grey or red, green, blue, from 0 to 255. */
export interface Picture {
  readonly height: number;
  readonly width: number;
  readonly channels: 1 | 3;
  /** `height × width × channels` bytes. */
  readonly pixels: Uint8Array;
}

/** The size of the images that a model takes. */
export type PictureShape = Omit<Picture, 'pixels'>;

/** How many bytes the pixels of an image of this size take. */
export function pictureBytes({ height, width, channels }: PictureShape): number {
  return height * width * channels;
}

/** The same image in grey, or with three equal colours; grey is the luminance of ITU-R BT.601. */
export function convertChannels(picture: Picture, channels: 1 | 3): Picture {
  if (picture.channels === channels) return picture;
  const { height, width, pixels } = picture;
  const converted = new Uint8Array(height * width * channels);
  for (let pixel = 0; pixel < height * width; pixel += 1) {
    if (channels === 1) {
      const red = pixels[3 * pixel] ?? 0;
      const green = pixels[3 * pixel + 1] ?? 0;
      const blue = pixels[3 * pixel + 2] ?? 0;
      converted[pixel] = Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
    } else converted.fill(pixels[pixel] ?? 0, 3 * pixel, 3 * pixel + 3);
  }
  return { height, width, channels, pixels: converted };
}
