import type { Generator } from '../../../src/runtime/random/generator.js';

/** A generator that draws the given numbers, then the last of them again and again. */
export function fixed(...numbers: readonly number[]): Generator {
  let drawn = 0;
  const uniform = (): number => {
    const number = numbers[Math.min(drawn, numbers.length - 1)] ?? 0;
    drawn += 1;
    return number;
  };
  return {
    bits: () => 0,
    uniform,
    normal: () => 0,
    below: (end) => Math.min(Math.floor(uniform() * end), end - 1),
    fork: () => fixed(...numbers),
  };
}

/** Draws the upper end of every range, and mirrors nothing. */
export const most = fixed(1);

/** Draws the middle of every range, and mirrors nothing. */
export const middle = fixed(0.5);
