import type { Tensor } from '@tensorflow/tfjs-core';
import { pixelsAt } from '../data/data-set.js';
import { succeed, type Outcome } from '../outcome.js';
import { shuffledIndices } from '../random/shuffle.js';
import { changesOf } from './augment/augment.js';
import { imageTensor, targetTensor } from './batch.js';
import type { Course, TrainingOptions } from './course.js';
import type { Part, StepFeed } from './take-step.js';

/** The batch of one step of an epoch, from 0, and how many images it has; or why one of them can't be read. */
export type EpochReader = (
  place: number,
) => Outcome<Pick<StepFeed, 'parts' | 'withPart'> & { readonly images: number }>;

/** Reads the images of an epoch in an order of its own: it depends on the seed and the number of the epoch alone. */
export function readEpoch(options: TrainingOptions, course: Course): EpochReader {
  const { settings, data } = options;
  const { model, generator, heldOut, epoch } = course;
  const { trained } = heldOut;
  const order = shuffledIndices(trained.length, generator.fork(`order ${String(epoch)}`));
  const change = changesOf(settings.augment, model.shape, { generator, epoch });
  return (place) => {
    const places = order.subarray(place * settings.batch, (place + 1) * settings.batch);
    const indices = places.map((one) => trained[one] ?? 0);
    // All of the batch before the step begins: one that can't be read leaves the weights as the last step made them.
    const read = pixelsAt(data.training, indices);
    if (!read.ok) return read;
    const parts = Math.min(settings.accumulate, indices.length);
    const size = Math.ceil(indices.length / parts);
    return succeed({
      images: indices.length,
      parts: Math.ceil(indices.length / size),
      withPart: (part, use) => {
        const from = part * size;
        const own = indices.subarray(from, from + size);
        const images = Array.from(own, (index, number) => {
          const pixels = read.value[from + number] ?? new Uint8Array();
          return change === undefined ? pixels : change(pixels, index);
        });
        return withImages(options, course, { images, indices: own, of: indices.length }, use);
      },
    });
  };
}

function withImages<T>(
  { data, graph }: TrainingOptions,
  { model, normalisation }: Course,
  {
    images,
    indices,
    of,
  }: { readonly images: readonly Uint8Array[]; readonly indices: Uint32Array; readonly of: number },
  use: (part: Part) => T,
): T {
  const made: Tensor[] = [];
  try {
    const input = imageTensor(model.shape, images, normalisation);
    made.push(input);
    const target = targetTensor(data.training, indices);
    made.push(target);
    const inputs = new Map([[model.input, input]]);
    const targets = new Map(graph.outputs.map(({ name }) => [name, target]));
    return use({ inputs, targets, share: indices.length / of });
  } finally {
    for (const tensor of made) tensor.dispose();
  }
}
