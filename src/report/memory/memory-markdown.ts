import { shapeText } from '../../compiler/values/shape-text.js';
import { escapeForMarkdown, tableRow } from '../markdown.js';
import { bytesInFull, bytesText, shareText } from '../quantities.js';
import { shownPath } from '../rows.js';
import type { MemoryReport } from './memory-report.js';
import { aliveWords, basisText, manner, placeText, undecidedPeak } from './memory-words.js';
import { profileRows } from './profile-rows.js';

/** The memory of an inference as GitHub's markdown. */
export function memoryMarkdown(report: MemoryReport, depth?: number): string {
  const { graph, profile, weightBytes } = report;
  const { at, bytes, alive } = profile.peak;
  const moment = at === undefined ? undecidedPeak : `while ${shownPath(graph, at.id)} runs, ${placeText(at)}`;
  const rows = profileRows(report, depth).flatMap(({ row, bytes: taken, isPeak }) => {
    if (taken === undefined) return [];
    const cells = [row.path, shapeText(row.shape), bytesText(taken), shareText(taken, bytes)].map(
      escapeForMarkdown,
    );
    return [tableRow(isPeak ? cells.map((cell) => `**${cell}**`) : cells)];
  });
  const lines = [
    `## ${escapeForMarkdown(graph.name)}`,
    '',
    escapeForMarkdown(`peak ${bytesInFull(bytes)} of activations, ${moment}; ${basisText(report)}`),
    '',
    escapeForMarkdown(`weights ${bytesInFull(weightBytes)} beside it; ${manner(profile.peak)}`),
    '',
    ...(alive.length === 0
      ? []
      : [
          tableRow(['bytes', 'at the peak', 'written at', 'still needed by', 'at']),
          tableRow(['---:', '---', '---', '---', '---']),
          ...aliveWords(graph, alive).map((one) =>
            tableRow(
              [one.bytes, one.tensor, one.writtenAt, one.neededBy, one.neededAt].map(escapeForMarkdown),
            ),
          ),
          '',
        ]),
    tableRow(['layer', 'output', 'alive', 'of the peak']),
    tableRow(['---', '---:', '---:', '---:']),
    ...rows,
  ];
  return lines.map((line) => `${line}\n`).join('');
}
