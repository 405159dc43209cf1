import { escapeForTerminal } from '../diagnostics/escape.js';
import { alignColumns, type Column } from './columns.js';
import { textAtLineStart } from './line-start.js';
import { grouped, lossText, percentText } from './training-text.js';

/** How well a model reads images, as far as a report needs it. */
export interface EvaluationFigures {
  readonly loss: number;
  readonly accuracy: number;
  readonly count: number;
  readonly perClass: readonly {
    readonly name: string;
    readonly count: number;
    readonly correct: number;
    readonly accuracy: number | undefined;
  }[];
  /** `confusion[actual][read]`. */
  readonly confusion: readonly (readonly number[])[];
}

/** The result of an evaluation for people: shares, what was taken for what, and the commonest mistakes. */
export function evaluationText(evaluation: EvaluationFigures): string {
  const { loss, accuracy, count, perClass } = evaluation;
  const correct = perClass.reduce((sum, one) => sum + one.correct, 0);
  const lines = [
    `accuracy  ${percentText(accuracy)} (${grouped(correct)} of ${grouped(count)} images)`,
    `loss      ${lossText(loss)}`,
    '',
    ...(perClass.length <= widestMatrix ? matrix(evaluation) : classes(evaluation)),
    ...mistakes(evaluation),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** More classes than this make a matrix that no terminal shows. */
const widestMatrix = 16;

/** A row is what an image is, a column what it was read as. */
function matrix({ perClass, confusion }: EvaluationFigures): readonly string[] {
  const names = perClass.map(({ name }) => textAtLineStart(name));
  const columns: readonly Column[] = [
    { title: 'is \\ read as', align: 'left' },
    ...names.map((title): Column => ({ title, align: 'right' })),
    { title: 'accuracy', align: 'right' },
  ];
  const rows = names.map((name, actual) => {
    const read = names.map((_name, place) => countOf(confusion, actual, place));
    return [
      name,
      ...read.map((images) => (images === 0 ? '·' : grouped(images))),
      accuracyOf(perClass[actual]),
    ];
  });
  return alignColumns(columns, rows);
}

function classes({ perClass }: EvaluationFigures): readonly string[] {
  const columns: readonly Column[] = [
    { title: 'class', align: 'left' },
    { title: 'images', align: 'right' },
    { title: 'accuracy', align: 'right' },
  ];
  const rows = perClass.map((one) => [textAtLineStart(one.name), grouped(one.count), accuracyOf(one)]);
  return alignColumns(columns, rows);
}

function mistakes({ perClass, confusion }: EvaluationFigures): readonly string[] {
  const found = perClass.flatMap(({ name }, actual) =>
    perClass.flatMap((other, read) => {
      const images = actual === read ? 0 : countOf(confusion, actual, read);
      return images === 0 ? [] : [{ name, as: other.name, images }];
    }),
  );
  if (found.length === 0) return [];
  const largest = found.sort((one, other) => other.images - one.images).slice(0, 3);
  const list = largest.map(({ name, as, images }) => `${name} as ${as} (${grouped(images)})`);
  return ['', `most often mistaken: ${escapeForTerminal(list.join(', '))}`];
}

function countOf(confusion: EvaluationFigures['confusion'], actual: number, read: number): number {
  return confusion[actual]?.[read] ?? 0;
}

function accuracyOf(one: EvaluationFigures['perClass'][number] | undefined): string {
  return one?.accuracy === undefined ? '–' : percentText(one.accuracy);
}
