import { extname } from 'node:path';
import type { ImageModel } from '../runtime/training/image-model.js';
import { endedBy, type Ended } from './ended.js';
import { usageFailure } from './failure.js';
import type { Io } from './io.js';
import type { ReadyModel } from './run-model.js';
import { statFile } from './stat-file.js';

/** How what a model says of images is shown. */
export type PredictionKind =
  | { readonly kind: 'classes'; readonly model: ImageModel }
  | { readonly kind: 'values' }
  | { readonly kind: 'picture'; readonly file: string };

/** What the outputs of a model are: shares of classes, other numbers, or an image, for which a file must be named. */
export function predictionKind(
  io: Io,
  { runtime, graph }: ReadyModel,
  images: readonly string[],
  out: string | undefined,
): PredictionKind | Ended {
  const output = runtime.outputKindOf(graph);
  if (out !== undefined) {
    if (output !== 'picture')
      throw usageFailure(
        `the output of \`${graph.name}\` is no image, so none can be written`,
        'leave -o out',
      );
    checkFile(out, images);
    return { kind: 'picture', file: out };
  }
  if (output === 'picture')
    throw usageFailure(`the output of \`${graph.name}\` is an image`, 'name the file for it: `-o out.png`');
  const looked = runtime.imageModelOf(graph);
  if (looked.ok) return { kind: 'classes', model: looked.value };
  const isValues = output === 'values' && looked.problems.every(({ code }) => code === 'not-a-classifier');
  return isValues ? { kind: 'values' } : endedBy(io, looked);
}

/** One image makes one file, which is a PNG and none of those that are read. */
function checkFile(out: string, images: readonly string[]): void {
  if (images.length > 1)
    throw usageFailure(`${String(images.length)} images can't be written to one file`, 'name one image');
  if (extname(out).toLowerCase() !== '.png')
    throw usageFailure(`"${out}" doesn't end with .png, and images are written as PNG files`);
  const there = statFile(out);
  if (there?.isDirectory() === true) throw usageFailure(`"${out}" is a folder, and a file is expected`);
  const isInput = images.some((image) => {
    const read = statFile(image);
    return read !== undefined && read.ino === there?.ino && read.dev === there.dev;
  });
  if (isInput) throw usageFailure(`"${out}" is the image that is read, which would be overwritten`);
}
