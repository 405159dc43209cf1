import { toDigits } from '../compiler/values/exact.js';
import { rowsOf } from './rows.js';
import type { Summary } from './summary.js';

/** The lines of the models as CSV (RFC 4180), numbers with all their digits. Folded blocks are lines, headings are not. */
export function summaryCsv(summaries: readonly Summary[], depth?: number): string {
  const titles = [
    'model',
    'path',
    'written',
    'output',
    'params',
    'trainable',
    'macs',
    'flops',
    'weight bytes',
    'activation bytes',
    'field rows',
    'field columns',
  ];
  const lines = summaries.flatMap((summary) => linesOf(summary, depth));
  return [titles, ...lines].map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function linesOf(summary: Summary, depth?: number): readonly (readonly string[])[] {
  return rowsOf(summary, depth).flatMap(({ kind, path, written, shape, tally, field }) => {
    if (kind === 'heading') return [];
    const { params, trainable, macs, flops, weightBytes, activationBytes } = tally;
    const figures = [params, trainable, macs, flops, weightBytes, activationBytes, ...(field?.size ?? [])];
    const output = shape.map(toDigits).join('x');
    return [[summary.graph.name, path, written, output, ...figures.map(toDigits)]];
  });
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
