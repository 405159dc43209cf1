import type { Augmentation } from '../../../compiler/training/settings.js';
import type { PictureShape } from '../../images/picture.js';
import type { Generator } from '../../random/generator.js';
import { failWith, problem, type Failure } from '../../outcome.js';
import type { Change } from '../batch.js';
import { changeColours, colourParts } from './colours.js';
import { cutOut } from './cut-out.js';
import { movementOf, moved, movingParts } from './movement.js';

/** Makes what changes the images of one epoch, `undefined` where nothing is changed. Each image has a generator of its own. */
export function augmenter(augment: Augmentation, shape: PictureShape, epoch: Generator): Change | undefined {
  if (Object.keys(augment).length === 0) return undefined;
  const isMoving = movingParts.some((part) => augment[part] !== undefined);
  const isColouring = colourParts.some((part) => augment[part] !== undefined);
  return (pixels, index) => {
    const generator = epoch.fork(String(index));
    let changed: ArrayLike<number> = pixels;
    if (isMoving) changed = moved(changed, shape, movementOf(augment, shape, generator));
    if (isColouring) changed = changeColours(changed, shape.channels, augment, generator);
    const result = Uint8Array.from(changed, (value) => Math.round(Math.min(255, Math.max(0, value))));
    if (augment.cutout !== undefined) cutOut(result, shape, augment.cutout.share, generator);
    return result;
  };
}

/** Makes what changes the images of an epoch, from 1, of a training whose random numbers this generator gives. */
export function changesOf(
  augment: Augmentation,
  shape: PictureShape,
  { generator, epoch }: { readonly generator: Generator; readonly epoch: number },
): Change | undefined {
  return augmenter(augment, shape, generator.fork(`changes ${String(epoch)}`));
}

/** What of the settings has no meaning for images of one channel. */
export function checkAugmentation(augment: Augmentation, channels: 1 | 3): Failure | undefined {
  const wasted =
    channels === 3 ? [] : (['saturation', 'hue'] as const).filter((part) => augment[part] !== undefined);
  if (wasted.length === 0) return undefined;
  return failWith(
    ...wasted.map((part) =>
      problem('colours-of-grey', `\`augment { ${part} }\` changes colours, but the model’s images are grey`),
    ),
  );
}
