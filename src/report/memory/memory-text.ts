import { isOpen, toNumber, type Exact } from '../../compiler/values/exact.js';
import { shapeText } from '../../compiler/values/shape-text.js';
import { escapeForTerminal } from '../../diagnostics/escape.js';
import { alignColumns, shorten, type Column } from '../columns.js';
import { plain, type Emphasis } from '../emphasis.js';
import { bytesInFull, bytesText } from '../quantities.js';
import { shownPath } from '../rows.js';
import { bar } from './bar.js';
import type { MemoryReport } from './memory-report.js';
import { aliveWords, basisText, manner, placeText, undecidedPeak } from './memory-words.js';
import { profileRows, type ProfileRow } from './profile-rows.js';

/** How a report fits where it is shown. */
export interface Showing {
  /** Cells of a line. */
  readonly columns: number;
  readonly depth?: number | undefined;
  readonly emphasis?: Emphasis;
}

/** The memory of an inference for people: the peak, who is there and why, and the profile over the layers as bars. */
export function memoryText(report: MemoryReport, showing: Showing): string {
  const { bold } = showing.emphasis ?? plain;
  const { graph } = report;
  const [scope] = graph.scopes;
  const place = scope === undefined ? '' : `  ${placeText(scope)}`;
  const lines = [
    `${bold(escapeForTerminal(graph.name))}${escapeForTerminal(place)}`,
    '',
    ...peakLines(report),
    '',
    ...aliveLines(report),
    ...profileLines(report, showing),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function peakLines(report: MemoryReport): readonly string[] {
  const { graph, profile, weightBytes } = report;
  const { bytes, at } = profile.peak;
  const moment =
    at === undefined ? undecidedPeak : `while \`${shownPath(graph, at.id)}\` runs, ${placeText(at)}`;
  return [
    `peak     ${bytesInFull(bytes)} of activations; ${basisText(report)}`,
    `         ${escapeForTerminal(moment)}`,
    `weights  ${bytesInFull(weightBytes)} beside it`,
    `         ${manner(profile.peak)}`,
  ];
}

const aliveColumns: readonly Column[] = [
  { title: 'bytes', align: 'right' },
  { title: 'at the peak', align: 'left' },
  { title: 'written at', align: 'left' },
  { title: 'still needed by', align: 'left' },
  { title: '', align: 'left' },
];

function aliveLines({ graph, profile }: MemoryReport): readonly string[] {
  const words = aliveWords(graph, profile.peak.alive);
  if (words.length === 0) return [];
  const cells = words.map((one) =>
    [one.bytes, one.tensor, one.writtenAt, one.neededBy, one.neededAt].map(escapeForTerminal),
  );
  return [...alignColumns(aliveColumns, cells), ''];
}

const profileColumns: readonly Column[] = [
  { title: 'layer', align: 'left' },
  { title: 'output', align: 'right' },
  { title: 'alive', align: 'right' },
  { title: '', align: 'left' },
];

/** A bar is not narrower than this, however narrow the terminal, and not wider than that. */
const barWidths = { least: 8, most: 60 } as const;
const nameWidth = 40;

function profileLines({ profile, ...report }: MemoryReport, showing: Showing): readonly string[] {
  const { bold, dim } = showing.emphasis ?? plain;
  const rows = profileRows({ ...report, profile }, showing.depth);
  const cells = rows.map(cellsOf);
  const width = alignColumns(profileColumns, cells).reduce((most, line) => Math.max(most, line.length), 0);
  const room = showing.columns - width - ' '.repeat(2).length - mark.length;
  const longest = Math.min(barWidths.most, Math.max(barWidths.least, room));
  const drawn = rows.map((row, index) => [
    ...(cells[index] ?? []).slice(0, 3),
    barOf(row, profile.peak.bytes, longest),
  ]);
  const [heading = '', ...lines] = alignColumns(profileColumns, drawn);
  return [dim(heading), ...lines.map((line, index) => (rows[index]?.isPeak === true ? bold(line) : line))];
}

/** What stands behind the bar of the peak. */
const mark = ' ◀ peak';

function cellsOf({ row, bytes }: ProfileRow): readonly string[] {
  const { kind, level, name, written, shape } = row;
  const title = kind === 'layer' ? name : `${name} ${written}`;
  const shown = shorten('  '.repeat(level) + escapeForTerminal(title), nameWidth);
  return bytes === undefined ? [shown, '', '', ''] : [shown, shapeText(shape), bytesText(bytes), ''];
}

function barOf({ bytes, isPeak }: ProfileRow, peak: Exact, longest: number): string {
  if (bytes === undefined || isOpen(bytes) || isOpen(peak)) return '';
  return bar(toNumber(bytes) / Math.max(1, toNumber(peak)), longest) + (isPeak ? mark : '');
}
