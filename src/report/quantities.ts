import { divide, isOpen, toGrouped, toNumber, toText, type Exact } from '../compiler/values/exact.js';

/** A count for people: `61,706`, and a dash for none. */
export function countText(count: Exact): string {
  return count === 0 ? '–' : toGrouped(count);
}

/** Bytes in the largest unit that leaves a whole part, to three digits: `18.4 KiB`. */
export function bytesText(bytes: Exact): string {
  if (isOpen(bytes)) return `${toText(bytes)} B`;
  let rest = toNumber(bytes);
  let unit = 0;
  // From 1023.5 on, three digits would read 1024.
  while (rest >= 1023.5 && unit < units.length - 1) {
    rest /= 1024;
    unit++;
  }
  const number = unit === 0 ? String(rest) : threeDigits(rest);
  return `${number} ${units[unit] ?? ''}`;
}

/** `6.89 MiB (7,225,344 bytes)`; a formula where sizes are open. */
export function bytesInFull(bytes: Exact): string {
  return isOpen(bytes) ? `${toText(bytes)} bytes` : `${bytesText(bytes)} (${toGrouped(bytes)} bytes)`;
}

/** A part of a whole in percent: `28.2%`; a dash where there is none or the sizes are open. */
export function shareText(part: Exact, whole: Exact): string {
  if (part === 0) return '–';
  const ratio = ratioOf(part, whole);
  if (ratio === undefined) return '–';
  const percent = 100 * ratio;
  return percent < 0.05 ? '<0.1%' : `${percent.toFixed(1)}%`;
}

/** The nearest double; of two whole numbers that doubles hold exactly, their quotient is that. */
function ratioOf(part: Exact, whole: Exact): number | undefined {
  if (typeof part === 'number' && typeof whole === 'number' && whole !== 0) return part / whole;
  const ratio = divide(part, whole);
  return ratio === undefined || isOpen(ratio) ? undefined : toNumber(ratio);
}

/** A pair of rows and columns: `5` where both are the same, else `1×7`. */
export function pairText([rows, columns]: readonly [Exact, Exact]): string {
  return toText(rows) === toText(columns) ? toGrouped(rows) : `${toGrouped(rows)}×${toGrouped(columns)}`;
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

function threeDigits(number: number): string {
  if (number >= 99.95) return number.toFixed(0);
  return number.toFixed(number >= 9.995 ? 1 : 2);
}
