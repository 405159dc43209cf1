import type { HeldStretch } from '../../compiler/analyse/memory.js';
import type { Node } from '../../compiler/ir/graph.js';
import { toNumber } from '../../compiler/values/exact.js';
import { escapeForTerminal } from '../../diagnostics/escape.js';
import { axisTicks } from '../axis-ticks.js';
import { short } from '../graph/svg-path.js';
import { textWidth } from '../graph/text-width.js';
import { bytesText } from '../quantities.js';
import { shownPath } from '../rows.js';
import { xmlText } from '../xml.js';
import { drawingOf, type Band, type Cell } from './bands.js';
import { layLabels, type Wish } from './lay-labels.js';
import type { MemoryReport } from './memory-report.js';

/** How a node's block is called, and the class of its colour. */
export interface Block {
  readonly name: string;
  readonly colour: string;
}

const labelRows = 3;
const rowHeight = 14;
const strip = { gap: 4, height: 8 } as const;

/** Where the picture has its parts, in pixels. */
export const plot = {
  width: 1000,
  left: 84,
  right: 976,
  top: 84,
  bottom: 420,
  end: 420 + 12 + labelRows * rowHeight + 20,
} as const;

/** How the picture maps places of the time axis and bytes to pixels. */
interface Scales {
  readonly x: (place: number) => number;
  readonly y: (bytes: number) => number;
}

/** The axes, the memory that is taken over time, the peak, and the blocks below the time axis. */
export function plotSvg(report: MemoryReport, blockOf: (node: Node) => Block): readonly string[] {
  const { profile, graph } = report;
  const { steps, bands } = drawingOf(profile);
  const { unit, ticks } = byteTicks(toNumber(profile.peak.bytes));
  const most = Math.max(1, (ticks.at(-1) ?? 1) * unit.bytes);
  const scales: Scales = {
    x: (place) => plot.left + (place / Math.max(1, steps.length)) * (plot.right - plot.left),
    y: (bytes) => plot.bottom - (bytes / most) * (plot.bottom - plot.top),
  };
  const nodes = steps.flatMap((step) => profile.nodes[step] ?? []);
  return [
    ...ticks.flatMap((tick) => {
      const y = short(scales.y(tick * unit.bytes));
      return [
        `<line class="grid" x1="${short(plot.left)}" x2="${short(plot.right)}" y1="${y}" y2="${y}"/>`,
        `<text class="tick" x="${short(plot.left - 8)}" y="${short(scales.y(tick * unit.bytes) + 4)}" text-anchor="end">${String(tick)} ${unit.name}</text>`,
      ];
    }),
    ...bands.map((band) =>
      bandSvg(band, scales, {
        colour: blockOf(band.stretch.node).colour,
        title: titleOf(graph, band.stretch, profile.nodes),
      }),
    ),
    `<path class="axis" d="M${short(plot.left)} ${short(plot.bottom)}H${short(plot.right)}"/>`,
    ...stripSvg(nodes.map(blockOf), scales),
    ...peakSvg(report, steps, scales),
  ];
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** Round numbers of bytes up to the peak, in the unit that suits it. */
function byteTicks(peak: number): {
  readonly unit: { readonly name: string; readonly bytes: number };
  readonly ticks: readonly number[];
} {
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, peak)) / 10)));
  const bytes = 1024 ** power;
  return { unit: { name: units[power] ?? '', bytes }, ticks: axisTicks(0, peak / bytes, 5) };
}

function titleOf(
  graph: MemoryReport['graph'],
  { node, bytes, until }: HeldStretch,
  nodes: readonly Node[],
): string {
  const last = nodes[until];
  const end = last === undefined ? '' : `, until ${shownPath(graph, last.id)}`;
  return `${shownPath(graph, node.id)}: ${bytesText(bytes)}${end}`;
}

function bandSvg(
  { cells }: Band,
  scales: Scales,
  { colour, title }: { readonly colour: string; readonly title: string },
): string {
  const path = piecesOf(cells)
    .map((piece) => outline(piece, scales))
    .join('');
  return `<path class="band ${colour}" d="${path}"><title>${xmlText(title)}</title></path>`;
}

/** Cells at places beside each other. */
function piecesOf(cells: readonly Cell[]): readonly (readonly Cell[])[] {
  const pieces: Cell[][] = [];
  for (const cell of cells) {
    const piece = pieces.at(-1);
    if (piece?.at(-1)?.place === cell.place - 1) piece.push(cell);
    else pieces.push([cell]);
  }
  return pieces;
}

/** Along the top to the right, and along the bottom back. */
function outline(piece: readonly Cell[], { x, y }: Scales): string {
  const [first] = piece;
  if (first === undefined) return '';
  const start = short(y(first.low));
  const above = piece.map(({ place, high }) => ({ level: short(y(high)), x: short(x(place + 1)) }));
  const below = piece.toReversed().map(({ place, low }) => ({ level: short(y(low)), x: short(x(place)) }));
  return `M${short(x(first.place))} ${start}${stairs([...above, ...below], start)}z`;
}

/** Goes up or down where the level changes, and on to each place. */
function stairs(corners: readonly { readonly level: string; readonly x: string }[], start: string): string {
  const parts = corners.map(({ level, x }, index) => {
    const before = index === 0 ? start : corners[index - 1]?.level;
    // What goes on at one level needs no corner.
    const goesOn = corners[index + 1]?.level === level && index + 1 !== corners.length / 2;
    return (level === before ? '' : `V${level}`) + (goesOn ? '' : `H${x}`);
  });
  return parts.join('');
}

/** The blocks as stretches of the time axis, with the names that find room. */
function stripSvg(blocks: readonly Block[], { x }: Scales): readonly string[] {
  const runs: { readonly block: Block; readonly from: number; to: number }[] = [];
  blocks.forEach((block, place) => {
    const run = runs.at(-1);
    if (run?.block.name === block.name) run.to = place + 1;
    else runs.push({ block, from: place, to: place + 1 });
  });
  const top = plot.bottom + strip.gap;
  const wishes = runs.map(({ block, from, to }): Wish => {
    const text = escapeForTerminal(block.name);
    return { text, width: textWidth(text, 11), from: x(from), to: x(to) };
  });
  const labels = layLabels(wishes, labelRows, [plot.left - 40, plot.right + 20]);
  return [
    ...runs.map(
      ({ block, from, to }) =>
        `<rect class="${block.colour}" x="${short(x(from))}" y="${short(top)}" width="${short(x(to) - x(from))}" height="${String(strip.height)}"><title>${xmlText(escapeForTerminal(block.name))}</title></rect>`,
    ),
    ...labels.map(
      ({ text, x: middle, row }) =>
        `<text class="tick" x="${short(middle)}" y="${short(top + strip.height + 13 + row * rowHeight)}" text-anchor="middle">${xmlText(text)}</text>`,
    ),
  ];
}

/** A line at the height of the peak, and a mark where it is. */
function peakSvg(
  { graph, profile }: MemoryReport,
  steps: readonly number[],
  { x, y }: Scales,
): readonly string[] {
  const { at, bytes } = profile.peak;
  const place = steps.findIndex((step) => step === profile.peakStep);
  if (at === undefined || place === -1) return [];
  const text = `${bytesText(bytes)} while ${escapeForTerminal(shownPath(graph, at.id))} runs`;
  const [middle, top] = [x(place + 0.5), y(toNumber(bytes))];
  const half = textWidth(text, 12, 'bold') / 2;
  const centre = Math.min(plot.right - half, Math.max(plot.left + half, middle));
  return [
    `<path class="peak" d="M${short(plot.left)} ${short(top)}H${short(plot.right)}"/>`,
    `<path class="mark" d="M${short(middle)} ${short(top - 1)}l-5 -8h10z"/>`,
    `<text class="mark" x="${short(centre)}" y="${short(top - 13)}" text-anchor="middle">${xmlText(text)}</text>`,
  ];
}
