import type { Augmentation } from '../../compiler/training/settings.js';
import type { Generator } from '../random/generator.js';
import { drawColours } from './colours.js';
import { drawCutout } from './cutout.js';
import { drawPlacement } from './placement.js';
import { resample } from './resample.js';

/** The size of the images that are changed, and the value of white in them; black is 0. */
export interface ImageRange {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly white: number;
}

/** Gives the image `[height, width, channels]` changed at random; the given one stays as it is. */
export type Augment = (image: Float32Array, generator: Generator) => Float32Array;

/**
 * How the settings change an image: moved, turned, sized, slanted and mirrored in one resampling, then its colours, then a
 * square cut out. `undefined` where nothing is set. Whether the settings suit the images is asked before.
 */
export function augmentWith(settings: Augmentation, range: ImageRange): Augment | undefined {
  if (Object.keys(settings).length === 0) return undefined;
  return (image, generator) => {
    const placement = drawPlacement(settings, range, generator.fork('placement'));
    const changed = placement === undefined ? image.slice() : resample(image, range, placement);
    drawColours(settings, range, generator.fork('colours'))?.(changed);
    drawCutout(settings.cutout?.share, range, generator.fork('cutout'))?.(changed);
    return changed;
  };
}

/** The settings that can't be carried out on images of so many channels, which have no colours to change. */
export function unsuitableAugmentations(settings: Augmentation, channels: number): readonly string[] {
  const ofColours = ['saturation', 'hue'] as const;
  return channels === 3 ? [] : ofColours.filter((name) => settings[name] !== undefined);
}
