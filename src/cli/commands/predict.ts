import { nodeAt } from '../../compiler/ir/graph.js';
import type { Picture } from '../../runtime/images/picture.js';
import { isEnded, type Ended } from '../ended.js';
import type { ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import type { EngineFlags } from '../flags.js';
import type { Io } from '../io.js';
import { modelAndImages } from '../model-and-images.js';
import { loadPictures } from '../load-pictures.js';
import { guardReading } from '../memory-guard.js';
import { predictClasses } from '../predict-classes.js';
import { predictPicture, predictValues } from '../predict-outputs.js';
import { predictionKind } from '../prediction-kind.js';
import { readWeights } from '../read-weights.js';
import { noteFits } from '../note-fits.js';
import { openEngine, readyModel, type ReadyModel } from '../run-model.js';

/** The flags of `cnnc predict`. */
export interface PredictFlags extends EngineFlags {
  readonly weights: string;
  readonly mapping?: string;
  readonly top: number;
  readonly show?: boolean;
  readonly out?: string;
  readonly format: string;
}

/**
 * Shows what a model says of images: the likeliest classes, its numbers, or the image that it makes. The first word behind
 * the file is a model, or an image already.
 */
export async function predict(
  io: Io,
  file: string,
  rest: readonly string[],
  flags: PredictFlags,
): Promise<ExitCode> {
  const { model, images } = modelAndImages(file, rest, flags);
  const compiled = await readyModel(io, file, model, flags);
  if (isEnded(compiled)) return compiled.exitCode;
  if (images.length === 0) throw usageFailure('no image is named');
  const kind = predictionKind(io, compiled, images, flags.out);
  if (isEnded(kind)) return kind.exitCode;
  const pictures = loadPictures(io, compiled, images);
  if (isEnded(pictures)) return pictures.exitCode;
  const ready =
    kind.kind === 'picture' ? await inSizeOf(io, compiled, pictures[0], { file, flags }) : compiled;
  if (isEnded(ready)) return ready.exitCode;
  guardReading(ready.graph, 1, flags.limitMemory);
  const read = readWeights(io, ready.graph, { ...flags, file });
  if (isEnded(read)) return read.exitCode;
  noteFits(io, ready, images, pictures);
  const closed = await openEngine(io, ready, flags);
  if (closed !== undefined) return closed.exitCode;

  const { graph, settings } = ready;
  const options = { graph, weights: read.weights, preprocess: settings.preprocess, pictures };
  const asked = { images, options, format: flags.format };
  switch (kind.kind) {
    case 'picture':
      return predictPicture(io, ready, asked, kind.file);
    case 'values':
      return predictValues(io, ready, asked);
    case 'classes':
      return predictClasses(io, ready, asked, {
        model: kind.model,
        metadata: read.metadata,
        loss: settings.loss,
        top: flags.top,
        show: flags.show === true,
      });
  }
}

/** A model that leaves the size of its image open takes that of the image. */
async function inSizeOf(
  io: Io,
  compiled: ReadyModel,
  picture: Picture | undefined,
  { file, flags }: { readonly file: string; readonly flags: PredictFlags },
): Promise<ReadyModel | Ended> {
  const { graph } = compiled;
  const [height, width, channels] = nodeAt(graph, graph.inputs[0] ?? 0).shape;
  const isOpen = typeof height !== 'number' || typeof width !== 'number';
  if (!isOpen || picture === undefined || graph.inputs.length !== 1) return compiled;
  if (typeof channels !== 'number') return compiled;
  const input = [picture.height, picture.width, channels].join('x');
  return readyModel(io, file, graph.name, { ...flags, input });
}
