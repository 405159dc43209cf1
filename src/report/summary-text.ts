import { namesOfRules, type MemoryPeak } from '../compiler/analyse/memory.js';
import { coversInput } from '../compiler/analyse/receptive-field.js';
import type { SmallestSize } from '../compiler/analyse/smallest-sizes.js';
import type { Graph, Node } from '../compiler/ir/graph.js';
import { toGrouped } from '../compiler/values/exact.js';
import { escapeForTerminal } from '../diagnostics/escape.js';
import { positionOf } from '../diagnostics/source.js';
import { counted } from './check-text.js';
import { alignColumns, shorten } from './columns.js';
import { plain, type Emphasis } from './emphasis.js';
import { meaningsUnder } from './conventions.js';
import { textAtLineStart } from './line-start.js';
import { bytesInFull, bytesText, pairText } from './quantities.js';
import { shownPath } from './rows.js';
import type { Summary } from './summary.js';
import { summaryColumns, summaryTable, type TableLine } from './summary-table.js';

/** The table of a model for people, with its totals and the conventions, each line ended. */
export function summaryText(summary: Summary, depth?: number, emphasis: Emphasis = plain): string {
  const table = summaryTable(summary, depth);
  const [titles = '', ...lines] = alignColumns(summaryColumns, table.map(cellsOf));
  const body = lines.map((line, index) => emphasised(line, table[index]?.kind, emphasis));
  const rule = '─'.repeat(titles.length);
  const text = [
    ...heading(summary, emphasis),
    '',
    emphasis.bold(titles),
    rule,
    ...body.slice(0, -1),
    rule,
    ...body.slice(-1),
    '',
    ...totals(summary),
    '',
    ...meaningsUnder(summary.convention).map(({ figure, meaning }) => emphasis.dim(`${figure}: ${meaning}`)),
  ];
  return text.map((line) => `${line}\n`).join('');
}

const writtenWidth = 36;

function cellsOf({ level, cells }: TableLine): readonly string[] {
  const [name = '', written = '', ...figures] = cells;
  return [
    '  '.repeat(level) + escapeForTerminal(name),
    shorten(escapeForTerminal(written), writtenWidth),
    ...figures,
  ];
}

function emphasised(line: string, kind: TableLine['kind'] | undefined, { bold, dim }: Emphasis): string {
  switch (kind) {
    case 'total':
      return bold(line);
    case 'heading':
      return dim(line);
    case 'layer':
    case 'block':
    case undefined:
      return line;
  }
}

function heading({ graph, doc }: Summary, { bold }: Emphasis): readonly string[] {
  const parameters = graph.parameters.map(({ name, text }) => `${name} = ${text}`).join(', ');
  const name = parameters === '' ? graph.name : `${graph.name}<${parameters}>`;
  const span = graph.scopes[0]?.origin.span;
  const place =
    span === undefined ? '' : `  ${span.source.name}:${String(positionOf(span.source, span.start).line)}`;
  const lines = doc === undefined ? [] : doc.split('\n').map(textAtLineStart);
  return [`${bold(escapeForTerminal(name))}${escapeForTerminal(place)}`, ...lines];
}

function totals({
  graph,
  total,
  peak,
  fields,
  training,
  figures,
  convention,
  smallest,
}: Summary): readonly string[] {
  const { params, trainable, nonTrainable, macs, flops, weightBytes } = total;
  const isSplit = convention === 'cnnc' || nonTrainable !== 0;
  const split = isSplit ? ` (${toGrouped(trainable)} trainable, ${toGrouped(nonTrainable)} not)` : '';
  const field = fields.ofModel;
  const left = figures.counted.reduce((count, counts) => count + 1 - counts, 0);
  return [
    `params       ${toGrouped(params)}${split}`,
    `macs         ${toGrouped(macs)}`,
    `flops        ${toGrouped(flops)}`,
    `weights      ${bytesInFull(weightBytes)}`,
    `activations  ${bytesInFull(peak.bytes)} at the peak of an inference, one image, fp32`,
    ...peakLines(graph, peak),
    `field        ${pairText(field.size)}, stride ${pairText(field.stride)}${coverText(coversInput(graph, field))}`,
    ...smallest.map((one) => holdsText(graph, one)),
    ...(left > 0 && !training
      ? [`not counted  ${counted(left, 'layer')} that no output needs at inference`]
      : []),
  ];
}

function peakLines(graph: Graph, peak: MemoryPeak): readonly string[] {
  const indent = ' '.repeat(13);
  const rules = namesOfRules(peak.rules).join(', ');
  const at = peak.at === undefined ? [] : [`${indent}while \`${pathText(graph, peak.at)}\` runs:`];
  const alive = peak.alive.map(({ node, bytes, neededBy }) => {
    const reader = neededBy === 'output' ? 'given as output' : `needed by \`${pathText(graph, neededBy)}\``;
    return `${indent}  ${bytesText(bytes)}  \`${pathText(graph, node)}\`, ${reader}`;
  });
  return [...at, ...alive, `${indent}order: ${peak.order}; rules: ${rules === '' ? 'none' : rules}`];
}

function coverText(covers: boolean | undefined): string {
  if (covers === undefined) return '';
  return covers ? '; as large as the image, or larger' : '; smaller than the image';
}

/** `holds for    h >= 29: \`conv3\` needs that much`. */
function holdsText(graph: Graph, { size, atLeast, because }: SmallestSize): string {
  const why = because === undefined ? '' : `, for \`${pathText(graph, because)}\``;
  return `holds for    ${escapeForTerminal(size)} >= ${toGrouped(atLeast)}${why}`;
}

function pathText(graph: Graph, node: Node): string {
  return escapeForTerminal(shownPath(graph, node.id));
}
