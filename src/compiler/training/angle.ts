import type { ParamType } from '../ops/params.js';
import { number } from '../ops/types/number.js';

/** The name by which an angle's type is known: only such a value may be written with `deg`. */
export const angleTypeName = 'angle';

/** An angle in degrees: `10deg`, or `10`. */
export function angle(atMost: number): ParamType<number> {
  const degrees = number({ atLeast: 0, atMost });
  const expected = `an angle from 0deg to ${String(atMost)}deg`;
  return {
    name: angleTypeName,
    expected,
    words: [],
    parse(value) {
      const parsed = degrees.parse(value);
      return parsed.ok ? parsed : { ...parsed, expected };
    },
    write: (value) => `${String(value)}deg`,
  };
}
