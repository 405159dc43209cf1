import type { PlacedWay, Point } from './placed.js';

/** The line of a way as the data of a path: straight where it goes down, else a bow; it leaves room for its label. */
export function svgPath({ points, hasArrow, label }: PlacedWay): string {
  const [start, ...rest] = points;
  if (start === undefined) return '';
  const parts = [`M${at(start)}`];
  let from = start;
  for (const [index, point] of rest.entries()) {
    const isEnd = index === rest.length - 1 && hasArrow;
    const to = isEnd ? { x: point.x, y: point.y - arrow } : point;
    const isStraight = Math.abs(to.x - from.x) < 0.5;
    if (isStraight && label !== undefined && from.y <= label.y + 1 && to.y >= label.y + label.height - 1) {
      parts.push(`V${short(label.y)}M${short(to.x)} ${short(label.y + label.height)}V${short(to.y)}`);
    } else if (isStraight) parts.push(`V${short(to.y)}`);
    else {
      const middle = (from.y + to.y) / 2;
      parts.push(`C${at({ x: from.x, y: middle })} ${at({ x: to.x, y: middle })} ${at(to)}`);
    }
    from = to;
  }
  return parts.join('');
}

/** The head of an arrow that points down to where a way ends. */
export function svgArrow({ points }: PlacedWay): string {
  const stop = points.at(-1) ?? { x: 0, y: 0 };
  return `M${at(stop)}l-4 -${String(arrow)}h8z`;
}

/** A number of pixels to a tenth. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const arrow = 7;

function at({ x, y }: Point): string {
  return `${short(x)} ${short(y)}`;
}
