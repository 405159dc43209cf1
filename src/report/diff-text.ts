import { escapeForTerminal } from '../diagnostics/escape.js';
import { toGrouped } from '../compiler/values/exact.js';
import { counted } from './check-text.js';
import { alignColumns, type Column } from './columns.js';
import { isSameModel, nameOfModel, type DiffFile, type DiffModel, type DiffReport } from './diff.js';
import { figureRows, figureTitles } from './diff-figures.js';
import { diffLines, type DiffLine } from './diff-lines.js';
import { interfaceVerdict, weightsVerdict } from './diff-verdicts.js';
import { plain, type Emphasis } from './emphasis.js';
import { pathAtLineStart, textAtLineStart } from './line-start.js';

/** A comparison for people, each line ended; models that are the same are counted. */
export function diffText(report: DiffReport, emphasis: Emphasis = plain): string {
  const parts = report.files.flatMap((file) => fileParts(file, emphasis));
  const same = report.files.flatMap(({ models }) => models).filter(isSameModel).length;
  const count = same === 0 ? [] : [`${counted(same, 'model')} without a difference\n`];
  return [...parts, ...count].join('\n');
}

/** The name of a file in both versions. */
export function nameOfFile({ before, after }: DiffFile): string {
  if (before === undefined || after === undefined || before === after) return after ?? before ?? '';
  return `${before} → ${after}`;
}

/** What became of a file that is there in one version only, nothing where it is there in both. */
export function fileFate({ before, after }: DiffFile): string | undefined {
  if (before === undefined) return 'the file is new';
  return after === undefined ? 'the file is gone' : undefined;
}

function fileParts(file: DiffFile, emphasis: Emphasis): readonly string[] {
  const fate = fileFate(file);
  const heading = fate === undefined ? [] : [`${pathAtLineStart(nameOfFile(file))}: ${fate}\n`];
  const models = file.models.filter((model) => !isSameModel(model));
  return [...heading, ...models.map((model) => modelText(file, model, emphasis))];
}

function modelText(file: DiffFile, model: DiffModel, { bold, dim }: Emphasis): string {
  const title = bold(textAtLineStart(nameOfModel(model)));
  const place = dim(escapeForTerminal(nameOfFile(file)));
  if (model.kind !== 'compared') {
    const { params, macs } = model.model.total;
    const fate = model.kind === 'added' ? 'is new' : 'is gone';
    return `${title}  ${place}\n\n  the model ${fate}: ${toGrouped(params)} params, ${toGrouped(macs)} macs\n`;
  }
  const { comparison } = model;
  const [verdict, ...details] = weightsVerdict(comparison);
  const lines = alignColumns(lineColumns, diffLines(comparison).map(cellsOf)).slice(1);
  const [titles = '', ...figures] = alignColumns(figureColumns, figureRows(comparison));
  const text = [
    `${title}  ${place}`,
    '',
    ...lines.map((line) => `  ${line}`),
    ...(lines.length === 0 ? [] : ['']),
    dim(`  ${titles}`),
    ...figures.map((line) => `  ${line}`),
    '',
    `  weights    ${escapeForTerminal(verdict)}`,
    ...details.map((detail) => `             ${escapeForTerminal(detail)}`),
    `  interface  ${escapeForTerminal(interfaceVerdict(comparison))}`,
  ];
  return text.map((line) => `${line}\n`).join('');
}

const lineColumns: readonly Column[] = ['', '', ''].map((title) => ({ title, align: 'left' }));

const figureColumns: readonly Column[] = figureTitles.map((title, place) => ({
  title,
  align: place === 0 ? 'left' : 'right',
}));

function cellsOf({ sign, name, words }: DiffLine): readonly string[] {
  return [sign, escapeForTerminal(name), escapeForTerminal(words)];
}
