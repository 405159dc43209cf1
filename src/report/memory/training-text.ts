import { isOpen, toNumber, type Exact } from '../../compiler/values/exact.js';
import { escapeForTerminal } from '../../diagnostics/escape.js';
import { alignColumns, type Column } from '../columns.js';
import { plain } from '../emphasis.js';
import { bytesInFull, bytesText, shareText } from '../quantities.js';
import { bar } from './bar.js';
import type { Showing } from './memory-text.js';
import { placeText } from './memory-words.js';
import { partsOf, type TrainingReport } from './training-report.js';
import { largestTensors, momentText, stepText } from './training-words.js';

/** The memory of a training step for people: its peak, the parts as bars, and the largest tensors. */
export function trainingMemoryText(report: TrainingReport, { columns, emphasis = plain }: Showing): string {
  const { graph, memory } = report;
  const [scope] = graph.scopes;
  const place = scope === undefined ? '' : `  ${placeText(scope)}`;
  const lines = [
    `${emphasis.bold(escapeForTerminal(graph.name))}${escapeForTerminal(place)}`,
    '',
    `total    ${bytesInFull(memory.total)} in a step of training; ${stepText(report)}`,
    `         ${escapeForTerminal(momentText(report))}`,
    '',
    ...partLines(report, columns),
    ...tensorLines(report),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const partColumns: readonly Column[] = [
  { title: '', align: 'left' },
  { title: 'bytes', align: 'right' },
  { title: '%', align: 'right' },
  { title: '', align: 'left' },
];

/** What stands before the bars, and how wide these are. */
const widths = { before: 34, least: 8, most: 60 } as const;

function partLines(report: TrainingReport, columns: number): readonly string[] {
  const { total } = report.memory;
  const longest = Math.min(widths.most, Math.max(widths.least, columns - widths.before));
  const rows = partsOf(report).map(({ name, bytes }) => [
    name,
    bytesText(bytes),
    shareText(bytes, total),
    bar(shareOf(bytes, total), longest),
  ]);
  return rows.length === 0 ? [] : alignColumns(partColumns, rows);
}

function shareOf(part: Exact, whole: Exact): number {
  return isOpen(part) || isOpen(whole) ? 0 : toNumber(part) / Math.max(1, toNumber(whole));
}

const tensorColumns: readonly Column[] = [
  { title: 'bytes', align: 'right' },
  { title: 'at the peak, beside weights and optimizer', align: 'left' },
  { title: 'written at', align: 'left' },
  { title: 'for', align: 'left' },
];

function tensorLines(report: TrainingReport): readonly string[] {
  const { rows, others } = largestTensors(report);
  if (rows.length === 0) return [];
  const more = others === 0 ? [] : [`          and ${String(others)} more`];
  return [
    '',
    ...alignColumns(
      tensorColumns,
      rows.map((row) => row.map(escapeForTerminal)),
    ),
    ...more,
  ];
}
