import type { DataSet } from '../runtime/data/data-set.js';
import { counted } from '../report/check-text.js';
import { pathAtLineStart, textAtLineStart } from '../report/line-start.js';
import { grouped } from '../report/training-text.js';
import type { Io } from './io.js';
import { endedBy, type Ended } from './ended.js';
import type { ReadyModel } from './run-model.js';

/** Loads the data set that a command names, its images in the size that the model takes; `limit` keeps the first ones. */
export function loadData(
  io: Io,
  { runtime, graph, settings }: ReadyModel,
  { data, limit }: { readonly data: string; readonly limit?: number },
  use: 'training' | 'evaluation',
): DataSet | Ended {
  const model = runtime.imageModelOf(graph);
  if (!model.ok) return endedBy(io, model);
  const loaded = runtime.loadDataSet(data, { shape: model.value.shape, fit: settings.preprocess.fit });
  if (!loaded.ok) return endedBy(io, loaded);
  const whole = loaded.value;
  const set = limit === undefined ? whole : { ...whole, ...firstOf(runtime, whole, limit) };
  const { training, test, classes, notes } = set;
  const images =
    use === 'training'
      ? `${grouped(training.count)} images to train on, ${grouped(test.count)} to test with`
      : `${counted(test.count, 'image')} to test with`;
  io.note(`${pathAtLineStart(data)}: ${images}, ${String(classes.length)} classes\n`);
  for (const note of notes) io.note(`${textAtLineStart(note)}\n`);
  return set;
}

function firstOf(
  { firstExamples }: ReadyModel['runtime'],
  { training, test }: DataSet,
  limit: number,
): Pick<DataSet, 'training' | 'test'> {
  return { training: firstExamples(training, limit), test: firstExamples(test, limit) };
}
