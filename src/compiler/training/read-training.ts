import type { SettingForm } from './form.js';
import type { TrainSettings } from './settings.js';
import {
  collect,
  readChoice,
  readForMistakes,
  readGroup,
  readNames,
  readPlain,
  type Reading,
} from './read-setting.js';
import type { Tell } from './read-arguments.js';
import { trainingTable } from './table.js';
import type { WrittenTraining } from './written.js';

/** The typed settings of a `train` block, `undefined` where a mistake was reported. */
export function readTraining({ model, settings }: WrittenTraining, tell: Tell): TrainSettings | undefined {
  const table = trainingTable;
  const reading: Reading = { tell, span: model.span };
  const {
    settings: found,
    repeats,
    isWell,
  } = collect(reading, settings, Object.keys(table), `\`train ${model.text}\``);
  const augment = readGroup(reading, table.augment, found.get('augment'));
  const preprocess = readPlain(reading, 'preprocess', table.preprocess, found.get('preprocess'));
  const optimizer = readChoice(reading, 'optimizer', table.optimizer, found.get('optimizer') ?? 'adam');
  const schedule = readChoice(reading, 'schedule', table.schedule, found.get('schedule') ?? 'constant');
  const loss = readChoice(reading, 'loss', table.loss, found.get('loss') ?? 'crossentropy');
  const batch = readPlain(reading, 'batch', table.batch, found.get('batch'));
  const epochs = readPlain(reading, 'epochs', table.epochs, found.get('epochs'));
  const accumulate = readPlain(reading, 'accumulate', table.accumulate, found.get('accumulate'));
  const classWeights = readPlain(reading, 'class_weights', table.class_weights, found.get('class_weights'));
  const validation = readPlain(reading, 'validation', table.validation, found.get('validation'));
  const stop = found.has('stop') ? readPlain(reading, 'stop', table.stop, found.get('stop')) : 'none';
  const clip = readPlain(reading, 'clip', table.clip, found.get('clip'));
  const freeze = readNames(reading, table.freeze, found.get('freeze'));
  const forms = new Map<string, SettingForm>(Object.entries(table));
  for (const repeat of repeats) {
    const form = forms.get(repeat.name.text);
    if (form !== undefined) readForMistakes(reading, form, repeat);
  }
  if (!isWell || augment === undefined || preprocess === undefined || optimizer === undefined)
    return undefined;
  if (schedule === undefined || loss === undefined || freeze === undefined) return undefined;
  if (batch === undefined || epochs === undefined || clip === undefined) return undefined;
  if (accumulate === undefined || classWeights === undefined) return undefined;
  if (validation === undefined || stop === undefined) return undefined;
  return {
    model: model.text,
    augment,
    preprocess,
    optimizer,
    schedule,
    loss,
    batch: batch.size,
    accumulate: accumulate.parts,
    epochs: epochs.count,
    classWeights: classWeights.weights,
    validation: validation.share,
    stop: stop === 'none' ? undefined : stop,
    clip: clip.norm,
    freeze,
  };
}
