import type { Direction, PlacedWay, Point } from './placed.js';
import { turned } from './turn.js';

/** The line of a way as the data of a path: straight along the direction, else a bow; it leaves room for its label. */
export function svgPath({ points, hasArrow, turns, label }: PlacedWay, direction: Direction): string {
  const at = (point: Point): string => textOf(turned(point, direction));
  const [start, ...rest] = points.map((point) => turned(point, direction));
  if (start === undefined) return '';
  if (turns === true) return withCorners([start, ...rest], at);
  const gap = label === undefined ? undefined : turned(label, direction);
  const parts = [`M${at(start)}`];
  let from = start;
  for (const [index, point] of rest.entries()) {
    const isEnd = index === rest.length - 1 && hasArrow;
    const to = isEnd ? { x: point.x, y: point.y - arrow } : point;
    const isStraight = Math.abs(to.x - from.x) < 0.5;
    if (isStraight && gap !== undefined && from.y <= gap.y + 1 && to.y >= gap.y + gap.height - 1) {
      const [before, after] = [gap.y, gap.y + gap.height].map((y) => at({ x: to.x, y }));
      parts.push(`L${String(before)}M${String(after)}L${at(to)}`);
    } else if (isStraight) parts.push(`L${at(to)}`);
    else {
      const middle = (from.y + to.y) / 2;
      parts.push(`C${at({ x: from.x, y: middle })} ${at({ x: to.x, y: middle })} ${at(to)}`);
    }
    from = to;
  }
  return parts.join('');
}

/** The head of an arrow where a way ends. */
export function svgArrow({ points }: PlacedWay, direction: Direction): string {
  const head = direction === 'down' ? `l-4 -${String(arrow)}h8z` : `l-${String(arrow)} -4v8z`;
  return `M${textOf(points.at(-1) ?? { x: 0, y: 0 })}${head}`;
}

/** A number of pixels to a tenth. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const arrow = 7;

const radius = 6;

/** Right angles, a little rounded. */
function withCorners(points: readonly Point[], at: (point: Point) => string): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (before === undefined) return `M${at(point)}`;
      if (after === undefined) return `L${at(point)}`;
      return `L${at(toward(point, before))}Q${at(point)} ${at(toward(point, after))}`;
    })
    .join('');
}

/** The point a corner's radius from one point on the way to another, no further than half of it. */
function toward(from: Point, to: Point): Point {
  const [x, y] = [to.x - from.x, to.y - from.y];
  const length = Math.max(Math.abs(x), Math.abs(y));
  const part = length === 0 ? 0 : Math.min(radius, length / 2) / length;
  return { x: from.x + x * part, y: from.y + y * part };
}

function textOf({ x, y }: Point): string {
  return `${short(x)} ${short(y)}`;
}
