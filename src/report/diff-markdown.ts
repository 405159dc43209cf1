import { toGrouped } from '../compiler/values/exact.js';
import { counted } from './check-text.js';
import { isSameModel, nameOfModel, type DiffFile, type DiffModel, type DiffReport } from './diff.js';
import { figureRows, figureTitles } from './diff-figures.js';
import { diffLines } from './diff-lines.js';
import { fileFate, nameOfFile } from './diff-text.js';
import { interfaceVerdict, weightsVerdict } from './diff-verdicts.js';
import { escapeForMarkdown, tableRow } from './markdown.js';

/** A comparison as a comment for a pull request. */
export function diffMarkdown(report: DiffReport): string {
  const models = report.files.flatMap(({ models: all }) => all);
  const same = models.filter(isSameModel).length;
  const against = report.against === undefined ? '' : ` against ${escapeForMarkdown(report.against)}`;
  const outcome =
    same === models.length ? 'no difference' : `${counted(models.length - same, 'model')} changed`;
  const lines = [
    `### cnnc diff${against}: ${outcome}`,
    '',
    ...report.files.flatMap(fileLines),
    ...(same === 0 ? [] : [`${counted(same, 'model')} without a difference.`]),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

function fileLines(file: DiffFile): readonly string[] {
  const fate = fileFate(file);
  const heading = fate === undefined ? [] : [`${escapeForMarkdown(nameOfFile(file))}: ${fate}.`, ''];
  const models = file.models.filter((model) => !isSameModel(model));
  return [...heading, ...models.flatMap((model) => modelLines(file, model))];
}

function modelLines(file: DiffFile, model: DiffModel): readonly string[] {
  const heading = `#### ${escapeForMarkdown(nameOfModel(model))} (${escapeForMarkdown(nameOfFile(file))})`;
  if (model.kind !== 'compared') {
    const { params, macs } = model.model.total;
    const fate = model.kind === 'added' ? 'is new' : 'is gone';
    return [heading, '', `The model ${fate}: ${toGrouped(params)} params, ${toGrouped(macs)} macs.`, ''];
  }
  const { comparison } = model;
  const [verdict, ...details] = weightsVerdict(comparison);
  const changes = diffLines(comparison).map(({ sign, name, words }) =>
    tableRow([sign, name, words].map(escapeForMarkdown)),
  );
  const figures = figureRows(comparison).map((row) => tableRow(row.map(escapeForMarkdown)));
  return [
    heading,
    '',
    ...(changes.length === 0
      ? []
      : [tableRow(['', 'layer', 'what']), tableRow(['---', '---', '---']), ...changes, '']),
    tableRow(figureTitles),
    tableRow(['---', '---:', '---:', '---:']),
    ...figures,
    '',
    `- **weights**: ${escapeForMarkdown(verdict)}`,
    ...details.map((detail) => `  - ${escapeForMarkdown(detail)}`),
    `- **interface**: ${escapeForMarkdown(interfaceVerdict(comparison))}`,
    '',
  ];
}
