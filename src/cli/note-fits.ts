import { textAtLineStart } from '../report/line-start.js';
import type { Picture } from '../runtime/images/picture.js';
import type { Io } from './io.js';
import type { ReadyModel } from './run-model.js';

/** Says what is done to images of another size than the model's, each kind once. */
export function noteFits(
  io: Io,
  { runtime, graph, settings }: ReadyModel,
  images: readonly string[],
  pictures: readonly Picture[],
): void {
  const shape = runtime.pictureShapeOf(graph);
  if (!shape.ok) return;
  const notes = pictures.map((picture) => runtime.fitNote(picture, shape.value, settings.preprocess.fit));
  for (const note of new Set(notes)) {
    if (note === undefined) continue;
    const named = images.filter((_, place) => notes[place] === note);
    const more = named.length > 1 ? ` and ${String(named.length - 1)} more` : '';
    io.note(`${textAtLineStart(named[0] ?? '')}${more}: ${note}\n`);
  }
}
