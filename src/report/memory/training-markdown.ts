import { escapeForMarkdown, tableRow } from '../markdown.js';
import { bytesInFull, bytesText, shareText } from '../quantities.js';
import { partsOf, type TrainingReport } from './training-report.js';
import { largestTensors, momentText, stepText } from './training-words.js';

/** The memory of a training step as GitHub's markdown. */
export function trainingMemoryMarkdown(report: TrainingReport): string {
  const { graph, memory } = report;
  const { rows, others } = largestTensors(report);
  const lines = [
    `## ${escapeForMarkdown(graph.name)}`,
    '',
    escapeForMarkdown(
      `total ${bytesInFull(memory.total)} in a step of training, ${momentText(report)}; ${stepText(report)}`,
    ),
    '',
    tableRow(['', 'bytes', '%', 'what it is']),
    tableRow(['---', '---:', '---:', '---']),
    ...partsOf(report).map(({ name, bytes, meaning }) =>
      tableRow([name, bytesText(bytes), shareText(bytes, memory.total), meaning].map(escapeForMarkdown)),
    ),
    '',
    tableRow(['bytes', 'at the peak', 'written at', 'for']),
    tableRow(['---:', '---', '---', '---']),
    ...rows.map((row) => tableRow(row.map(escapeForMarkdown))),
    ...(others === 0 ? [] : ['', `and ${String(others)} more`]),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
