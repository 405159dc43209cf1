import type { Picture } from '../runtime/images/picture.js';
import type { RuntimeProblem } from '../runtime/outcome.js';
import { endedBy, type Ended } from './ended.js';
import type { Io } from './io.js';
import type { ReadyModel } from './run-model.js';

/** All images, or every one that can't be read. */
export function loadPictures(
  io: Io,
  { runtime }: Pick<ReadyModel, 'runtime'>,
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
