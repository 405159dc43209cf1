import { escapeForTerminal } from '../../diagnostics/escape.js';
import { jsonObject, plainJson, writeJson } from '../../report/json.js';
import { pathAtLineStart } from '../../report/line-start.js';
import { percentText } from '../../report/training-text.js';
import type { Picture } from '../../runtime/images/picture.js';
import type { RuntimeProblem } from '../../runtime/outcome.js';
import type { Guess } from '../../runtime/training/likeliest.js';
import { declaresModel } from '../compile-entry.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { usageFailure } from '../failure.js';
import type { EngineFlags } from '../flags.js';
import type { Io } from '../io.js';
import { guardReading } from '../memory-guard.js';
import {
  endedBy,
  isEnded,
  openEngine,
  readWeights,
  readyModel,
  type Ended,
  type ReadyModel,
} from '../run-model.js';
import { statFile } from '../stat-file.js';

/** The flags of `cnnc predict`. */
export interface PredictFlags extends EngineFlags {
  readonly weights: string;
  readonly top: number;
  readonly show?: boolean;
  readonly format: string;
}

/** Shows the likeliest classes of images. The first word behind the file is a model, or an image already. */
export async function predict(
  io: Io,
  file: string,
  rest: readonly string[],
  flags: PredictFlags,
): Promise<ExitCode> {
  const [first] = rest;
  const model = first !== undefined && isModel(file, first, flags) ? first : undefined;
  const images = model === undefined ? rest : rest.slice(1);
  const ready = await readyModel(io, file, model, flags);
  if (isEnded(ready)) return ready.exitCode;
  if (images.length === 0) throw usageFailure('no image is named');
  guardReading(ready.graph, 1, flags.limitMemory);
  const looked = ready.runtime.imageModelOf(ready.graph);
  if (!looked.ok) return endedBy(io, looked).exitCode;
  const pictures = loadPictures(io, ready, images);
  if (isEnded(pictures)) return pictures.exitCode;
  const read = readWeights(io, ready, flags.weights);
  if (isEnded(read)) return read.exitCode;
  const closed = await openEngine(io, ready, flags);
  if (closed !== undefined) return closed.exitCode;

  const { graph, runtime, settings } = ready;
  const classes = runtime.classesIn(read.metadata, looked.value.classes);
  const outcome = runtime.predict({
    graph,
    weights: read.weights,
    preprocess: settings.preprocess,
    loss: settings.loss,
    pictures,
    top: flags.top,
    ...(classes === undefined ? {} : { classes }),
  });
  if (!outcome.ok) return endedBy(io, outcome).exitCode;
  const results = images.map((image, place) => ({ file: image, classes: outcome.value[place] ?? [] }));
  if (flags.format === 'json') {
    io.out.write(writeJson(jsonObject({ formatVersion: 1, model: ready.name, images: plainJson(results) })));
    return exitCodes.well;
  }
  for (const [place, result] of results.entries()) {
    const picture = pictures[place];
    if (flags.show === true && picture !== undefined) {
      const { shape } = looked.value;
      const fitted = runtime.fitPicture(picture, shape, settings.preprocess.fit);
      io.out.write(`${runtime.drawPicture(fitted).join('\n')}\n`);
    }
    io.out.write(`${pathAtLineStart(result.file)}: ${result.classes.map(guessText).join(', ')}\n`);
  }
  return exitCodes.well;
}

/** A word that is no image is a model even where the file declares none of that name: the compiler knows its neighbours. */
function isModel(file: string, word: string, flags: PredictFlags): boolean {
  if (declaresModel(file, word, flags)) return true;
  return !/\.(?:png|jpe?g)$/i.test(word) && statFile(word) === undefined;
}

/** All images, or every one that can't be read. */
function loadPictures(
  io: Io,
  { runtime }: ReadyModel,
  images: readonly string[],
): readonly Picture[] | Ended {
  const problems: RuntimeProblem[] = [];
  const pictures = images.flatMap((image) => {
    const loaded = runtime.loadPicture(image);
    if (loaded.ok) return [loaded.value];
    problems.push(...loaded.problems);
    return [];
  });
  return problems.length === 0 ? pictures : endedBy(io, { ok: false, problems });
}

function guessText({ name, share }: Guess): string {
  return `${escapeForTerminal(name)} (${percentText(share)})`;
}
