import { isOpen, type Exact } from '../compiler/values/exact.js';
import { compute } from '../compiler/values/steps.js';
import { unsupported, type Unsupported } from './backend.js';

/** Why sizes can't be computed when a model runs: a number in their formula with which an image of 65,536 pixels overflows. */
export function tooHeavy(sizes: readonly Exact[], bits: 31 | 53): Unsupported | undefined {
  const most = 2 ** (bits - 16);
  const heaviest = Math.max(0, ...sizes.filter(isOpen).flatMap(numbersIn));
  if (heaviest <= most) return undefined;
  return unsupported(
    `its size is computed with ${String(heaviest)} from one that is open, and whole numbers of ${String(bits)} bits can overflow`,
    'write the sizes in `input`, or give them with `--input`',
  );
}

function numbersIn(size: Exact): readonly number[] {
  const found: number[] = [];
  const nothing = (): number => 0;
  compute(size, {
    number(value) {
      found.push(Math.abs(value));
      return value;
    },
    size: nothing,
    add: nothing,
    multiply: nothing,
    floorDivide: nothing,
    maximum: nothing,
    minimum: nothing,
  });
  return found;
}
