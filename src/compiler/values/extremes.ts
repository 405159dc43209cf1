import { highestOf, lowestOf } from './bounds.js';
import { addExact, fromAtom, isFormula, keyOf, negateExact, writtenOrder, type Exact } from './polynomial.js';
import { compareClosed, signOf } from './rational.js';

/** Whether `a >= b`, at all sizes (true), at none (false), or it depends or can't be told (undefined). */
export function isAtLeast(a: Exact, b: Exact): boolean | undefined {
  if (!isFormula(a) && !isFormula(b)) return compareClosed(a, b) >= 0;
  const difference = addExact(a, negateExact(b));
  const lowest = lowestOf(difference);
  if (lowest !== undefined && signOf(lowest) >= 0) return true;
  const highest = highestOf(difference);
  return highest !== undefined && signOf(highest) < 0 ? false : undefined;
}

/** The greatest of some numbers, at least one. */
export function greatestOf(items: readonly Exact[]): Exact {
  return extremeOf('max', items);
}

/** The least of some numbers, at least one. */
export function leastOf(items: readonly Exact[]): Exact {
  return extremeOf('min', items);
}

function extremeOf(kind: 'max' | 'min', items: readonly Exact[]): Exact {
  const candidates: Exact[] = [];
  for (const item of items.flatMap((each) => flatten(kind, each))) {
    if (candidates.some((other) => isBeside(kind, other, item))) continue;
    const left = candidates.filter((other) => !isBeside(kind, item, other));
    candidates.splice(0, candidates.length, ...left, item);
  }
  const [first] = candidates;
  if (first === undefined) throw new Error(`the ${kind} of nothing`);
  if (candidates.length === 1) return first;
  candidates.sort(writtenOrder);
  return fromAtom({ kind, key: `${kind}(${candidates.map(keyOf).join(',')})`, items: candidates });
}

/** True where the second number makes no difference beside the first. */
function isBeside(kind: 'max' | 'min', first: Exact, second: Exact): boolean {
  return (kind === 'max' ? isAtLeast(first, second) : isAtLeast(second, first)) === true;
}

function flatten(kind: 'max' | 'min', a: Exact): readonly Exact[] {
  if (!isFormula(a) || a.terms.length > 1) return [a];
  const [term] = a.terms;
  const [factor] = term?.monomial.factors ?? [];
  if (term?.coefficient !== 1 || term.monomial.factors.length > 1 || factor?.exponent !== 1) return [a];
  return factor.atom.kind === kind ? factor.atom.items : [a];
}
