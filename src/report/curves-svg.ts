import { axisTicks } from './axis-ticks.js';
import type { TrainedEpoch } from './training-text.js';
import { xmlText } from './xml.js';

/** A line of a chart: a value after each epoch, absent where there is none. */
interface Series {
  readonly name: string;
  readonly kind: 'trained' | 'measured';
  readonly points: readonly { readonly epoch: number; readonly value: number }[];
}

/** Loss and accuracy over the epochs of a training as an SVG picture, readable on a light and on a dark ground. */
export function curvesSvg(model: string, epochs: readonly TrainedEpoch[]): string {
  const charts = [
    chart({ title: 'loss', unit: '', left: 0, series: lossSeries(epochs) }),
    chart({ title: 'accuracy', unit: '%', left: width / 2, series: accuracySeries(epochs) }),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${fixed(width)} ${fixed(height)}" width="${fixed(width)}" height="${fixed(height)}" role="img">`,
    `<title>${xmlText(model)}: loss and accuracy of ${fixed(epochs.length)} epochs</title>`,
    `<style>${style}</style>`,
    `<rect class="ground" width="${fixed(width)}" height="${fixed(height)}"/>`,
    ...charts.flat(),
    '</svg>',
    '',
  ].join('\n');
}

const width = 920;
const height = 340;
const frame = { left: 64, right: 20, top: 56, bottom: 52 } as const;
const plotWidth = width / 2 - frame.left - frame.right;
const plotHeight = height - frame.top - frame.bottom;

const style = `
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600; font-size: 15px }
.ground { fill: #ffffff }
.grid { stroke: #d8dee4 }
.axis { stroke: #59636e }
.line { fill: none; stroke-width: 2; stroke-linejoin: round }
.trained { stroke: #0550ae; fill: #0550ae }
.measured { stroke: #bc4c00; fill: #bc4c00; stroke-dasharray: 6 4 }
.line.trained, .line.measured { fill: none }
circle.measured { stroke-dasharray: none }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.ground { fill: #0d1117 }
.grid { stroke: #30363d }
.axis { stroke: #9198a1 }
.trained { stroke: #79c0ff; fill: #79c0ff }
.measured { stroke: #ffa657; fill: #ffa657 }
}
`;

function lossSeries(epochs: readonly TrainedEpoch[]): readonly Series[] {
  return [
    series('training', 'trained', epochs, ({ loss }) => loss),
    series('validation', 'measured', epochs, ({ validation }) => validation?.loss),
    series('test', 'measured', epochs, ({ test }) => test?.loss),
  ].filter(({ points }) => points.length > 0);
}

function accuracySeries(epochs: readonly TrainedEpoch[]): readonly Series[] {
  const percent = (share: number | undefined): number | undefined => share && 100 * share;
  return [
    series('training', 'trained', epochs, ({ accuracy }) => percent(accuracy)),
    series('validation', 'measured', epochs, ({ validation }) => percent(validation?.accuracy)),
    series('test', 'measured', epochs, ({ test }) => percent(test?.accuracy)),
  ].filter(({ points }) => points.length > 0);
}

function series(
  name: string,
  kind: Series['kind'],
  epochs: readonly TrainedEpoch[],
  valueOf: (epoch: TrainedEpoch) => number | undefined,
): Series {
  const points = epochs.flatMap((epoch) => {
    const value = valueOf(epoch);
    return value === undefined || !Number.isFinite(value) ? [] : [{ epoch: epoch.epoch, value }];
  });
  return { name, kind, points };
}

interface Chart {
  readonly title: string;
  /** What stands behind the numbers of the axis. */
  readonly unit: string;
  /** Where it begins in the picture. */
  readonly left: number;
  readonly series: readonly Series[];
}

function chart({ title, unit, left, series: lines }: Chart): readonly string[] {
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value));
  const last = Math.max(1, ...lines.flatMap(({ points }) => points.map(({ epoch }) => epoch)));
  const ticks = axisTicks(Math.min(...values, ...(unit === '%' ? [100] : [0])), Math.max(...values, 0), 5);
  const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
  const x = (epoch: number): number =>
    left + frame.left + (last === 1 ? plotWidth / 2 : ((epoch - 1) / (last - 1)) * plotWidth);
  const y = (value: number): number => frame.top + (1 - (value - low) / (high - low)) * plotHeight;
  const [start, end, bottom] = [left + frame.left, left + frame.left + plotWidth, frame.top + plotHeight];
  const epochTicks = axisTicks(1, last, 6).filter(
    (tick) => Number.isInteger(tick) && tick >= 1 && tick <= last,
  );
  return [
    `<text class="title" x="${fixed(start)}" y="26">${title}${unit === '' ? '' : ` in ${unit}`}</text>`,
    ...legend(lines, start + 130),
    ...ticks.flatMap((tick) => [
      `<line class="grid" x1="${fixed(start)}" x2="${fixed(end)}" y1="${fixed(y(tick))}" y2="${fixed(y(tick))}"/>`,
      `<text x="${fixed(start - 8)}" y="${fixed(y(tick) + 4)}" text-anchor="end">${fixed(tick)}</text>`,
    ]),
    ...epochTicks.flatMap((tick) => [
      `<line class="axis" x1="${fixed(x(tick))}" x2="${fixed(x(tick))}" y1="${fixed(bottom)}" y2="${fixed(bottom + 5)}"/>`,
      `<text x="${fixed(x(tick))}" y="${fixed(bottom + 20)}" text-anchor="middle">${fixed(tick)}</text>`,
    ]),
    `<line class="axis" x1="${fixed(start)}" x2="${fixed(end)}" y1="${fixed(bottom)}" y2="${fixed(bottom)}"/>`,
    `<text x="${fixed(start + plotWidth / 2)}" y="${fixed(bottom + 42)}" text-anchor="middle">epoch</text>`,
    ...lines.flatMap((line) => drawn(line, x, y)),
  ];
}

function legend(lines: readonly Series[], from: number): readonly string[] {
  return lines.flatMap(({ name, kind }, place) => {
    const x = from + 110 * place;
    return [
      `<line class="line ${kind}" x1="${fixed(x)}" x2="${fixed(x + 26)}" y1="22" y2="22"/>`,
      `<text x="${fixed(x + 32)}" y="26">${name}</text>`,
    ];
  });
}

/** The line, and its points where they are few enough to be told apart. */
function drawn(
  { kind, points }: Series,
  x: (epoch: number) => number,
  y: (value: number) => number,
): readonly string[] {
  const places = points.map(({ epoch, value }) => ({ x: fixed(x(epoch)), y: fixed(y(value)) }));
  const path = places.map((place) => `${place.x},${place.y}`).join(' ');
  const dots = places.map((place) => `<circle class="${kind}" cx="${place.x}" cy="${place.y}" r="2.5"/>`);
  return [`<polyline class="line ${kind}" points="${path}"/>`, ...(points.length <= 40 ? dots : [])];
}

/** A number without digits that don't matter. */
function fixed(value: number): string {
  return String(Number(value.toPrecision(6)));
}
