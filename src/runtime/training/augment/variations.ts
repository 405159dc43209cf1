import type { TrainSettings } from '../../../compiler/training/settings.js';
import { fitPicture } from '../../images/fit.js';
import type { Picture, PictureShape } from '../../images/picture.js';
import { succeed, type Outcome } from '../../outcome.js';
import { makeGenerator } from '../../random/generator.js';
import { changesOf, checkAugmentation } from './augment.js';

/** An image and its place among the images that are trained on, from 0. */
export interface PlacedPicture {
  readonly picture: Picture;
  readonly index: number;
}

/** What the changes of images are read from. */
export interface VariationOptions {
  readonly settings: TrainSettings;
  readonly shape: PictureShape;
  readonly seed: number;
  /** How many epochs are looked at. */
  readonly epochs: number;
}

/**
 * What a training with this seed sees of each image before its values are normalised: first the image in the size of the
 * model, unchanged, then as it is in the epochs 1, 2, …
 */
export function variationsOf(
  pictures: readonly PlacedPicture[],
  { settings, shape, seed, epochs }: VariationOptions,
): Outcome<readonly (readonly Picture[])[]> {
  const { augment, preprocess } = settings;
  const hindrance = checkAugmentation(augment, shape.channels);
  if (hindrance !== undefined) return hindrance;
  const generator = makeGenerator(seed);
  const changes = Array.from({ length: epochs }, (_, place) =>
    changesOf(augment, shape, { generator, epoch: place + 1 }),
  );
  return succeed(
    pictures.map(({ picture, index }) => {
      const original = fitPicture(picture, shape, preprocess.fit);
      const { pixels } = original;
      return [
        original,
        ...changes.map((change) => ({ ...original, pixels: change?.(pixels, index) ?? pixels })),
      ];
    }),
  );
}
