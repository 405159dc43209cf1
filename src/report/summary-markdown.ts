import { toGrouped } from '../compiler/values/exact.js';
import { meaningsUnder } from './conventions.js';
import { command } from './line-start.js';
import { escapeForMarkdown, tableRow } from './markdown.js';
import { bytesText } from './quantities.js';
import type { Summary } from './summary.js';
import { summaryColumns, summaryTable, type TableLine } from './summary-table.js';

/** The table of a model as GitHub's markdown, its conventions below. */
export function summaryMarkdown(summary: Summary, depth?: number): string {
  const { graph, doc, total, peak } = summary;
  const rule = summaryColumns.map(({ align }) => (align === 'left' ? '---' : '---:'));
  const lines = [
    `## ${escapeForMarkdown(graph.name)}`,
    '',
    ...(doc === undefined ? [] : [escapeForMarkdown(doc).replace(command, '$1&#58;:'), '']),
    tableRow(summaryColumns.map(({ title }) => title)),
    tableRow(rule),
    ...summaryTable(summary, depth).map((line) => tableRow(cellsOf(line))),
    '',
    `params ${toGrouped(total.params)} (${toGrouped(total.trainable)} trainable) · macs ${toGrouped(total.macs)} · ` +
      `flops ${toGrouped(total.flops)} · weights ${bytesText(total.weightBytes)} · ` +
      `peak of activations ${bytesText(peak.bytes)}`,
    '',
    ...meaningsUnder(summary.convention).map(({ figure, meaning }) => `- **${figure}**: ${meaning}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function cellsOf({ kind, level, cells }: TableLine): readonly string[] {
  const [name = '', ...rest] = cells.map(escapeForMarkdown);
  const indented = `${'&emsp;'.repeat(level)}${name}`;
  return kind === 'total'
    ? [name, ...rest].map((cell) => (cell === '' ? '' : `**${cell}**`))
    : [indented, ...rest];
}
