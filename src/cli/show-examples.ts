import { escapeForTerminal } from '../diagnostics/escape.js';
import { percentText } from '../report/training-text.js';
import type { DataSet } from '../runtime/data/data-set.js';
import type { Picture } from '../runtime/images/picture.js';
import type { Weights } from '../runtime/weights/weights.js';
import type { Io } from './io.js';
import { endedBy, type Ended } from './ended.js';
import type { ReadyModel } from './run-model.js';

/** Draws the first test images, each with what the model reads in it and what it is. */
export function showExamples(
  io: Io,
  { runtime, graph, settings }: ReadyModel,
  shown: { readonly data: DataSet; readonly weights: Weights; readonly count: number },
): Ended | undefined {
  const { data, weights, count } = shown;
  const { test, classes } = data;
  const pictures: Picture[] = [];
  for (let place = 0; place < Math.min(count, test.count); place += 1) {
    const picture = runtime.pictureAt(test, place);
    if (!picture.ok) return endedBy(io, picture);
    pictures.push(picture.value);
  }
  const { preprocess } = settings;
  const outcome = runtime.predict({ graph, weights, preprocess, pictures, classes, top: 1 });
  if (!outcome.ok) return endedBy(io, outcome);
  for (const [place, picture] of pictures.entries()) {
    const guess = outcome.value[place]?.[0];
    const actual = classes[test.labels[place] ?? -1] ?? '?';
    const read = guess === undefined ? '?' : `${guess.name} (${percentText(guess.share)})`;
    io.out.write(
      `\n${trimmed(runtime.drawPicture(picture)).join('\n')}\n${escapeForTerminal(`reads ${read}, is ${actual}`)}\n`,
    );
  }
  return undefined;
}

/** Without the empty lines above and below. */
function trimmed(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line !== '');
  const last = lines.findLastIndex((line) => line !== '');
  return first === -1 ? [] : lines.slice(first, last + 1);
}
