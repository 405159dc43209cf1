import { textWidth, type Weight } from '../graph/text-width.js';
import { short } from '../graph/svg-path.js';
import { escapeForTerminal } from '../../diagnostics/escape.js';
import { bytesInFull } from '../quantities.js';
import { xmlAttribute, xmlText } from '../xml.js';
import type { Group } from './groups.js';
import { groupsOf } from './groups.js';
import type { MemoryReport } from './memory-report.js';
import { aliveWords, basisText, manner } from './memory-words.js';
import { plot, plotSvg } from './plot-svg.js';
import { colours, svgStyle } from './svg-style.js';

/**
 * The memory of an inference as an SVG picture, readable on light and on dark ground: time across, bytes up, what was made
 * first at the bottom, a colour for each block; below it who is there at the peak. Every size must be closed.
 */
export function memorySvg(report: MemoryReport): string {
  const { graph, profile } = report;
  const groupOf = groupsOf(graph, profile.nodes);
  const listed = listSvg(report, (node) => colourOf(groupOf(node)));
  const description = `${graph.name}: ${bytesInFull(profile.peak.bytes)} of activations at the peak`;
  const [width, height] = [short(plot.width), short(plot.end + listed.length * line + 20)];
  const note = `activations that are alive while each layer runs; ${basisText(report)}; ${manner(profile.peak)}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="cnnc-memory" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${xmlAttribute(description)}">`,
    `<title>${xmlText(description)}</title>`,
    `<style>${svgStyle}</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    textSvg({ text: graph.name, kind: 'name', x: plot.left, y: 26, room: plot.right - plot.left }),
    textSvg({ text: note, kind: 'note', x: plot.left, y: 46, room: plot.right - plot.left }),
    ...plotSvg(report, (node) => {
      const group = groupOf(node);
      return { name: group.name, colour: colourOf(group) };
    }),
    ...listed,
    '</svg>',
    '',
  ].join('\n');
}

const line = 18;

/** So many tensors are listed at most. */
const mostListed = 24;

function colourOf({ index }: Group): string {
  return `c${String(index % colours)}`;
}

/** Who is there at the peak, a line each under the picture. */
function listSvg(
  { graph, profile }: MemoryReport,
  colourOfNode: (node: MemoryReport['graph']['nodes'][number]) => string,
): readonly string[] {
  const { alive } = profile.peak;
  const words = aliveWords(graph, alive);
  const heading = {
    bytes: 'bytes',
    tensor: 'at the peak',
    writtenAt: '',
    neededBy: 'still needed by',
    neededAt: '',
  };
  const rows = words.slice(0, mostListed).map((one, index) => {
    const node = alive[index]?.node;
    const y = plot.end + (index + 2) * line;
    const swatch =
      node === undefined
        ? ''
        : `<rect class="${colourOfNode(node)}" x="${short(plot.left)}" y="${short(y - 10)}" width="11" height="11"/>`;
    return swatch + rowSvg(one, y, '');
  });
  const rest = words.length - mostListed;
  const more = `and ${String(rest)} more`;
  const y = plot.end + (mostListed + 2) * line;
  return [
    rowSvg(heading, plot.end + line, 'head'),
    ...rows,
    ...(rest > 0 ? [textSvg({ text: more, kind: 'note', x: tabs.tensor, y, room: 300 })] : []),
  ];
}

/** Where the columns of the list begin, and where that of the bytes ends. */
const tabs = { bytes: plot.left + 92, tensor: plot.left + 108, neededBy: plot.left + 480 } as const;

function rowSvg(words: ReturnType<typeof aliveWords>[number], y: number, kind: string): string {
  const made = words.writtenAt === '' ? words.tensor : `${words.tensor}, ${words.writtenAt}`;
  const needed = words.neededAt === '' ? words.neededBy : `${words.neededBy}, ${words.neededAt}`;
  const weight = kind === 'head' ? 'bold' : 'normal';
  return [
    `<text${kind === '' ? '' : ` class="${kind}"`} x="${short(tabs.bytes)}" y="${short(y)}" text-anchor="end">${xmlText(words.bytes)}</text>`,
    textSvg({ text: made, kind, x: tabs.tensor, y, room: tabs.neededBy - tabs.tensor - 12, weight }),
    textSvg({ text: needed, kind, x: tabs.neededBy, y, room: plot.right - tabs.neededBy, weight }),
  ].join('');
}

interface Text {
  readonly text: string;
  readonly kind: string;
  readonly x: number;
  readonly y: number;
  /** Pixels that it may take. */
  readonly room: number;
  readonly weight?: Weight;
}

const sizes: ReadonlyMap<string, number> = new Map([
  ['name', 16],
  ['note', 11],
  ['head', 11],
]);

function textSvg({ text, kind, x, y, room, weight = kind === 'name' ? 'bold' : 'normal' }: Text): string {
  const className = kind === '' ? '' : ` class="${kind}"`;
  const shown = fitted(text, room, (part) => textWidth(part, sizes.get(kind) ?? 12, weight));
  return `<text${className} x="${short(x)}" y="${short(y)}">${xmlText(shown)}</text>`;
}

/** The text, shortened with an ellipsis where it takes more room. */
function fitted(text: string, room: number, widthOf: (part: string) => number): string {
  const clean = escapeForTerminal(text);
  if (widthOf(clean) <= room) return clean;
  const characters = Array.from(clean);
  while (characters.length > 0 && widthOf(`${characters.join('')}…`) > room) characters.pop();
  return `${characters.join('')}…`;
}
