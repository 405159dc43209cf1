import type { Fit } from '../../compiler/training/settings.js';
import { convertChannels, type Picture, type PictureShape } from './picture.js';
import { resizePicture } from './resize.js';

/** An image in the size and colours that a model takes; borders are black. */
export function fitPicture(picture: Picture, shape: PictureShape, fit: Fit | undefined): Picture {
  const { height, width } = shape;
  const converted = convertChannels(picture, shape.channels);
  switch (fit ?? defaultFit(picture, shape)) {
    case 'stretch':
      return resizePicture(converted, height, width);
    case 'pad':
      return lay(shrunk(converted, Math.max(picture.height / height, picture.width / width)), shape);
    case 'crop':
      return resizePicture(cut(converted, shape), height, width);
    case 'center':
      return lay(converted, shape);
  }
}

/** How an image becomes one of a shape: as is said, or else as its size suggests; nothing where the size is the shape's. */
export function fitFor(
  picture: Omit<PictureShape, 'channels'>,
  shape: PictureShape,
  fit: Fit | undefined,
): Fit | undefined {
  if (picture.height === shape.height && picture.width === shape.width) return undefined;
  return fit ?? defaultFit(picture, shape);
}

/**
 * How an image is fitted where nothing is said: one that fills at least half of the model's height and width, and no more
 * than all, is laid in the middle as it is (28×28 digits on LeNet's 32×32); any other is resized to fill, and cut: its aspect stays.
 */
function defaultFit(picture: Omit<PictureShape, 'channels'>, shape: PictureShape): 'center' | 'crop' {
  const isNear = (has: number, wants: number): boolean => has <= wants && 2 * has >= wants;
  return isNear(picture.height, shape.height) && isNear(picture.width, shape.width) ? 'center' : 'crop';
}

/** What was done to images of another size, for people; nothing where the size is the model's. */
export function fitNote(
  picture: Omit<PictureShape, 'channels'>,
  shape: PictureShape,
  fit: Fit | undefined,
): string | undefined {
  const chosen = fitFor(picture, shape, fit);
  if (chosen === undefined) return undefined;
  const from = `images of ${String(picture.height)}×${String(picture.width)}`;
  const to = `the model’s ${String(shape.height)}×${String(shape.width)}`;
  return `${from} are ${said[chosen](to)}`;
}

const said: Readonly<Record<Fit, (to: string) => string>> = {
  stretch: (to) => `stretched to ${to}`,
  pad: (to) => `resized to fit into ${to}, with black borders`,
  crop: (to) => `resized to fill ${to}, and cut`,
  center: (to) => `laid in the middle of ${to}, with black borders`,
};

/** The image with its sides divided by a number. */
function shrunk(picture: Picture, divisor: number): Picture {
  const side = (length: number): number => Math.max(1, Math.round(length / divisor));
  return resizePicture(picture, side(picture.height), side(picture.width));
}

/**
 * The middle of an image with the aspect of a shape. It is cut before it is resized: the other way round an image of one
 * row would first become as wide as the shape is high, times its width.
 */
function cut(picture: Picture, { height, width }: PictureShape): Picture {
  const divisor = Math.min(picture.height / height, picture.width / width);
  const side = (wanted: number, there: number): number =>
    Math.min(there, Math.max(1, Math.round(wanted * divisor)));
  const { channels } = picture;
  return lay(picture, { height: side(height, picture.height), width: side(width, picture.width), channels });
}

/** Lays an image in the middle of another size; an odd cell of border goes to the bottom and the right. */
function lay(picture: Picture, { height, width }: PictureShape): Picture {
  if (picture.height === height && picture.width === width) return picture;
  const { channels } = picture;
  const pixels = new Uint8Array(height * width * channels);
  const top = Math.trunc((height - picture.height) / 2);
  const left = Math.trunc((width - picture.width) / 2);
  const first = Math.max(0, -left);
  const end = Math.min(picture.width, width - left);
  for (let row = Math.max(0, -top); row < Math.min(picture.height, height - top); row += 1) {
    const line = row * picture.width;
    const source = picture.pixels.subarray((line + first) * channels, (line + end) * channels);
    pixels.set(source, ((row + top) * width + left + first) * channels);
  }
  return { height, width, channels, pixels };
}
