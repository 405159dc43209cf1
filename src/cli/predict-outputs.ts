import { textAtLineStart } from '../report/line-start.js';
import { jsonObject, writeJson, type Json } from '../report/json.js';
import type { Picture } from '../runtime/images/picture.js';
import type { OutputValues, RunOptions } from '../runtime/training/run-pictures.js';
import { escapeForTerminal } from '../diagnostics/escape.js';
import { endedBy } from './ended.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import type { Io } from './io.js';
import type { ReadyModel } from './run-model.js';
import { writeFileAtomically } from './write-file.js';

/** Images by name, and how what a model says of them is written. */
export interface Asked {
  readonly images: readonly string[];
  readonly options: RunOptions;
  readonly format: string;
}

/** Prints the numbers that a model gives for each image, output by output. */
export function predictValues(io: Io, { runtime, name }: ReadyModel, asked: Asked): ExitCode {
  const outcome = runtime.runPictures(asked.options);
  if (!outcome.ok) return endedBy(io, outcome).exitCode;
  const results = asked.images.map((file, place) => ({ file, outputs: outcome.value[place] ?? [] }));
  if (asked.format === 'json') {
    const images = results.map(({ file, outputs }) =>
      jsonObject({
        file,
        outputs: new Map(outputs.map(({ name: output, values }) => [output, [...values]])),
      }),
    );
    io.out.write(writeJson(jsonObject({ formatVersion: 1, model: name, images })));
    return exitCodes.well;
  }
  for (const { file, outputs } of results) {
    io.out.write(`${textAtLineStart(file)}: ${outputs.map(valuesText).join('; ')}\n`);
  }
  return exitCodes.well;
}

/** Writes the image that a model makes of another as a PNG file. */
export function predictPicture(io: Io, { runtime, name }: ReadyModel, asked: Asked, file: string): ExitCode {
  const outcome = runtime.runPictures(asked.options);
  if (!outcome.ok) return endedBy(io, outcome).exitCode;
  const [output] = outcome.value[0] ?? [];
  if (output === undefined) throw new Error('a model without an output ran');
  const picture = runtime.pictureFrom(output, asked.options.preprocess);
  writeFileAtomically(file, runtime.encodePng(picture));
  const { height, width } = sizeOf(asked.options.pictures[0]);
  if (asked.format === 'json') {
    const sizes: Readonly<Record<string, Json>> = { height: picture.height, width: picture.width };
    io.out.write(writeJson(jsonObject({ formatVersion: 1, model: name, file, ...sizes })));
    return exitCodes.well;
  }
  const from = `${String(height)}×${String(width)}`;
  io.out.write(
    `${name}: ${from} became ${String(picture.height)}×${String(picture.width)}\nwrote ${escapeForTerminal(file)}\n`,
  );
  return exitCodes.well;
}

function sizeOf(picture: Picture | undefined): Pick<Picture, 'height' | 'width'> {
  return picture ?? { height: 0, width: 0 };
}

function valuesText({ name, values }: OutputValues): string {
  return `${escapeForTerminal(name)} ${Array.from(values, (value) => value.toPrecision(5)).join(', ')}`;
}
