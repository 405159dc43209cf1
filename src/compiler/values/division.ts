import {
  addExact,
  fromAtom,
  fromTerms,
  invertMonomial,
  isFormula,
  multiplyExact,
  scaleTerms,
  termsOf,
  type Exact,
  type Formula,
  type Term,
} from './polynomial.js';
import { floorExact } from './rounding.js';
import { invertClosed, multiplyClosed, type Closed } from './rational.js';

/** The quotient; the divisor must never be zero. */
export function quotientOf(a: Exact, b: Exact): Exact {
  if (!isFormula(b)) return multiplyExact(a, invertClosed(b));
  return ratioOf(termsOf(a), b.terms) ?? multiplyExact(a, reciprocalOf(b));
}

/** What is left of `a` when `b` is taken away as often as it goes, with the sign of `b`; `b` must never be zero. */
export function remainderOf(a: Exact, b: Exact): Exact {
  const times = floorExact(quotientOf(a, b));
  return addExact(a, multiplyExact(multiplyExact(times, b), -1));
}

/** The number that one polynomial is of another, if it is one. */
function ratioOf(a: readonly Term[], b: readonly Term[]): Closed | undefined {
  const [firstOfA] = a;
  const [firstOfB] = b;
  if (firstOfA === undefined || firstOfB === undefined || a.length !== b.length) return undefined;
  const ratio = multiplyClosed(firstOfA.coefficient, invertClosed(firstOfB.coefficient));
  const [left, right] = [fromTerms(a), fromTerms(scaleTerms(b, ratio))];
  const isEqual = isFormula(left) && isFormula(right) && left.key === right.key;
  return isEqual ? ratio : undefined;
}

function reciprocalOf(b: Formula): Exact {
  const [first] = b.terms;
  if (first === undefined) throw new Error('a formula without terms');
  const scale = invertClosed(first.coefficient);
  if (b.terms.length === 1)
    return fromTerms([{ coefficient: scale, monomial: invertMonomial(first.monomial) }]);
  const monic = fromTerms(scaleTerms(b.terms, scale));
  if (!isFormula(monic)) return multiplyExact(scale, invertClosed(monic));
  const divisor = termsOf(fromAtom({ kind: 'divisor', key: `(${monic.key})`, of: monic }));
  return fromTerms(
    divisor.map(({ monomial }) => ({ coefficient: scale, monomial: invertMonomial(monomial) })),
  );
}
