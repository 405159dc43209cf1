import { escapeForTerminal } from '../diagnostics/escape.js';
import { jsonObject, plainJson, writeJson } from '../report/json.js';
import { pathAtLineStart } from '../report/line-start.js';
import { percentText } from '../report/training-text.js';
import type { LossSettings } from '../compiler/training/settings.js';
import type { ImageModel } from '../runtime/training/image-model.js';
import type { Guess } from '../runtime/training/likeliest.js';
import { endedBy } from './ended.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import type { Io } from './io.js';
import type { Asked } from './predict-outputs.js';
import type { ReadyModel } from './run-model.js';

/** What is shown of the classes. */
export interface ClassesShown {
  readonly model: ImageModel;
  /** Of the weights, which may name the classes. */
  readonly metadata: ReadonlyMap<string, string>;
  /** What the model is trained by. */
  readonly loss: LossSettings;
  /** How many of the likeliest. */
  readonly top: number;
  /** Whether the images are drawn too. */
  readonly show: boolean;
}

/** Prints the likeliest classes of each image. */
export function predictClasses(
  io: Io,
  { runtime, name }: ReadyModel,
  { images, options, format }: Asked,
  { model, metadata, loss, top, show }: ClassesShown,
): ExitCode {
  const classes = runtime.classesIn(metadata, model.classes);
  const outcome = runtime.predict({ ...options, loss, top, ...(classes === undefined ? {} : { classes }) });
  if (!outcome.ok) return endedBy(io, outcome).exitCode;
  const results = images.map((file, place) => ({ file, classes: outcome.value[place] ?? [] }));
  if (format === 'json') {
    io.out.write(writeJson(jsonObject({ formatVersion: 1, model: name, images: plainJson(results) })));
    return exitCodes.well;
  }
  for (const [place, result] of results.entries()) {
    const picture = options.pictures[place];
    if (show && picture !== undefined) {
      const fitted = runtime.fitPicture(picture, model.shape, options.preprocess.fit);
      io.out.write(`${runtime.drawPicture(fitted).join('\n')}\n`);
    }
    io.out.write(`${pathAtLineStart(result.file)}: ${result.classes.map(guessText).join(', ')}\n`);
  }
  return exitCodes.well;
}

function guessText({ name, share }: Guess): string {
  return `${escapeForTerminal(name)} (${percentText(share)})`;
}
