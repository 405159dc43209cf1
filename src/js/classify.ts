import type { Classifier } from '../backends/backend.js';
import { fitFor, fitPicture } from '../runtime/images/fit.js';
import { onWhite } from '../runtime/images/on-white.js';
import type { Picture } from '../runtime/images/picture.js';
import { normaliseInto, normalisationOf } from '../runtime/training/normalise.js';
import { toShares } from '../runtime/training/to-shares.js';
import { likeliest, type Guess } from '../runtime/training/likeliest.js';
import { pixelsOf, type Image, type Pixels } from './pixels.js';
import type { Network } from './tensorflow.js';

/** An image as a model sees it, before its values are scaled. */
export interface Prepared extends Pixels {
  /** What was done to the image, in words. */
  readonly note: string;
}

/** What a prediction may be told. */
export interface PredictOptions {
  /** How many of the likeliest classes to give; all where nothing is said. */
  readonly top?: number;
}

/** The classes of an image, the likeliest first: what `cnnc predict` does, with its own code. */
export async function classify(
  network: Network,
  classifier: Classifier,
  image: Image,
  { top = classifier.classes.length }: PredictOptions,
): Promise<readonly Guess[]> {
  const { shape, preprocess, classes, input, output } = classifier;
  const { picture } = await fitted(image, classifier);
  const data = new Float32Array(picture.pixels.length);
  normaliseInto(data, 0, picture.pixels, normalisationOf(preprocess, shape.channels));
  const values = { shape: [1, shape.height, shape.width, shape.channels], data };
  const results = await network.run(new Map([[input, values]]), [output]);
  const given = results.get(output)?.data;
  if (given === undefined) throw new Error(`the network gave no \`${output}\``);
  return likeliest(toShares(given, classifier), classes, top);
}

/** What a model sees of an image. */
export async function prepare(image: Image, classifier: Classifier): Promise<Prepared> {
  const { picture, note } = await fitted(image, classifier);
  const { width, height, channels, pixels } = picture;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const [red = 0, green = red, blue = red] = pixels.subarray(pixel * channels, (pixel + 1) * channels);
    data.set([red, green, blue, 255], pixel * 4);
  }
  return { width, height, data, note };
}

interface Fitted {
  readonly picture: Picture;
  readonly note: string;
}

async function fitted(image: Image, { shape, preprocess }: Classifier): Promise<Fitted> {
  const pixels = await pixelsOf(image);
  const picture = fitPicture(onWhite(pixels), shape, preprocess.fit);
  const colours = shape.channels === 1 ? 'grey' : 'in colours';
  const note = `${String(shape.width)}×${String(shape.height)}, ${colours}, ${fitText(pixels, shape, preprocess.fit)}`;
  return { picture, note };
}

function fitText(pixels: Pixels, shape: Classifier['shape'], fit: Classifier['preprocess']['fit']): string {
  switch (fitFor(pixels, shape, fit)) {
    case undefined:
      return 'its own size';
    case 'stretch':
      return keepsAspect(pixels, shape) ? 'resized' : 'stretched, so that its aspect is another';
    case 'pad':
      return 'kept the aspect, with black borders';
    case 'crop':
      return 'kept the aspect, what stood out cut off';
    case 'center':
      return 'kept its size, laid in the middle';
  }
}

/** To half a pixel of the model's. */
function keepsAspect(pixels: Pixels, { width, height }: Classifier['shape']): boolean {
  return Math.abs((pixels.width * height) / pixels.height - width) <= 0.5;
}
