import type { Tensor } from '@tensorflow/tfjs-core';
import { shuffledIndices } from '../random/shuffle.js';
import { changesOf } from './augment/augment.js';
import { imageTensor, targetTensor, type Change } from './batch.js';
import type { Course, TrainingOptions } from './course.js';
import type { Part, StepFeed } from './take-step.js';

/** The batch of one step of an epoch, from 0, and how many images it has. */
export type EpochReader = (
  place: number,
) => Pick<StepFeed, 'parts' | 'withPart'> & { readonly images: number };

/** Reads the images of an epoch in an order of its own: it depends on the seed and the number of the epoch alone. */
export function readEpoch(options: TrainingOptions, course: Course): EpochReader {
  const { settings } = options;
  const { model, generator, heldOut, epoch } = course;
  const { trained } = heldOut;
  const order = shuffledIndices(trained.length, generator.fork(`order ${String(epoch)}`));
  const change = changesOf(settings.augment, model.shape, { generator, epoch });
  return (place) => {
    const places = order.subarray(place * settings.batch, (place + 1) * settings.batch);
    const indices = places.map((one) => trained[one] ?? 0);
    const parts = Math.min(settings.accumulate, indices.length);
    const size = Math.ceil(indices.length / parts);
    return {
      images: indices.length,
      parts: Math.ceil(indices.length / size),
      withPart: (part, read) => {
        const own = indices.subarray(part * size, (part + 1) * size);
        return withImages(options, course, { indices: own, change, of: indices.length }, read);
      },
    };
  };
}

function withImages<T>(
  { data, graph }: TrainingOptions,
  { model, normalisation }: Course,
  {
    indices,
    change,
    of,
  }: { readonly indices: Uint32Array; readonly change: Change | undefined; readonly of: number },
  read: (part: Part) => T,
): T {
  const made: Tensor[] = [];
  try {
    const images = imageTensor(data.training, indices, normalisation, change);
    made.push(images);
    const target = targetTensor(data.training, indices);
    made.push(target);
    const inputs = new Map([[model.input, images]]);
    const targets = new Map(graph.outputs.map(({ name }) => [name, target]));
    return read({ inputs, targets, share: indices.length / of });
  } finally {
    for (const tensor of made) tensor.dispose();
  }
}
