import { compare, toText, type Exact } from '../../values/exact.js';
import { openSizesIn } from '../../values/kinds.js';
import type { Value } from '../../values/value.js';
import type { Parsed } from '../params.js';

/** What a number may be. */
export interface Bounds {
  readonly atLeast?: number;
  readonly above?: number;
  readonly atMost?: number;
  readonly below?: number;
}

/** True where the number lies within the bounds; false also where that depends on an open size. */
export function isWithin(value: Exact, bounds: Bounds): boolean {
  const { atLeast, above, atMost, below } = bounds;
  if (atLeast !== undefined && !isOneOf(compare(value, atLeast), 0, 1)) return false;
  if (above !== undefined && compare(value, above) !== 1) return false;
  if (atMost !== undefined && !isOneOf(compare(value, atMost), -1, 0)) return false;
  return below === undefined || compare(value, below) === -1;
}

/** The bounds in words, after `a number` or `a whole number`: `of at least 0 and less than 1`. */
export function boundsText(bounds: Bounds): string {
  const { atLeast, above, atMost, below } = bounds;
  if (atLeast !== undefined && atMost !== undefined) return ` from ${toText(atLeast)} to ${toText(atMost)}`;
  const limits = [
    ...(atLeast === undefined ? [] : [`of at least ${toText(atLeast)}`]),
    ...(above === undefined ? [] : [`above ${toText(above)}`]),
    ...(atMost === undefined ? [] : [`of at most ${toText(atMost)}`]),
    ...(below === undefined ? [] : [`less than ${toText(below)}`]),
  ];
  return limits.length === 0 ? '' : ` ${limits.join(' and ')}`;
}

/** A value that fits. */
export function fits<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

/** A value that doesn't fit; a number that depends on open sizes says which ones. */
export function misfits<T>(expected: string, value: Value): Parsed<T> {
  const waitsFor = [...new Set(openSizesIn(value))];
  return { ok: false, expected, ...(waitsFor.length === 0 ? {} : { waitsFor }) };
}

function isOneOf(order: -1 | 0 | 1 | undefined, ...wanted: readonly (-1 | 0 | 1)[]): boolean {
  return order !== undefined && wanted.includes(order);
}
