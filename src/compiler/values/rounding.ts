import {
  addExact,
  fromAtom,
  fromTerms,
  isFormula,
  keyOf,
  negateExact,
  one,
  scaleTerms,
  termsOf,
  type Exact,
  type Formula,
  type Monomial,
  type Term,
} from './polynomial.js';
import {
  addClosed,
  ceilClosed,
  floorClosed,
  floorOfQuotient,
  fraction,
  multiplyClosed,
  negateClosed,
  numeratorOf,
  signOf,
  type Closed,
} from './rational.js';
import { commonDenominator, wholenessOf } from './wholeness.js';

/**
 * The greatest integer not above a number. Of formulas it takes out what is whole and merges what is nested, after
 * Graham, Knuth and Patashnik, Concrete Mathematics, §3.2: ⌊(⌊x⌋ + n) / m⌋ = ⌊(x + n) / m⌋ and ⌈n / m⌉ = ⌊(n + m - 1) / m⌋.
 */
export function floorExact(a: Exact): Exact {
  if (!isFormula(a)) return floorClosed(a);
  const { open, constant } = split(a);
  if (wholenessOf(open) === true) return addExact(open, floorClosed(constant));
  if (isDescending(a)) return negateExact(ceilAscending(negateExact(open), negateClosed(constant)));
  return floorAscending(open, constant);
}

/** The smallest integer not below a number. */
export function ceilExact(a: Exact): Exact {
  return negateExact(floorExact(negateExact(a)));
}

/** ⌊open + constant⌋, where the first coefficient of `open` is positive. */
function floorAscending(open: Exact, constant: Closed): Exact {
  const quotient = asQuotient(open);
  if (quotient !== undefined) {
    const cells = multiplyClosed(constant, fraction(quotient.denominator));
    return floorOfWholes(quotient.terms, numeratorOf(floorClosed(cells)), quotient.denominator);
  }
  const outside = floorClosed(constant);
  const inside = addExact(open, addClosed(constant, negateClosed(outside)));
  return addExact(rounded('floor', inside), outside);
}

function ceilAscending(open: Exact, constant: Closed): Exact {
  const quotient = asQuotient(open);
  if (quotient !== undefined) {
    const cells = multiplyClosed(constant, fraction(quotient.denominator));
    const above = numeratorOf(ceilClosed(cells));
    return floorOfWholes(quotient.terms, above + quotient.denominator - 1n, quotient.denominator);
  }
  const outside = ceilClosed(constant);
  const inside = addExact(open, addClosed(constant, negateClosed(outside)));
  return addExact(rounded('ceil', inside), outside);
}

/** ⌊(terms + constant) / denominator⌋, where the terms are whole. */
function floorOfWholes(terms: readonly Term[], constant: bigint, denominator: bigint): Exact {
  const parts = terms.map((term) => divideTerm(term, denominator));
  const above = floorOfQuotient(constant, denominator);
  const outside = fromTerms([...parts.map(([quotient]) => quotient), constantTerm(above)]);
  const left = parts.map(([, remainder]) => remainder).filter((term) => term.coefficient !== 0);
  return addExact(outside, floorOfProper(left, constant - above * denominator, denominator));
}

/** The same, where all coefficients and the constant are from 0 to below the denominator. */
function floorOfProper(terms: readonly Term[], constant: bigint, denominator: bigint): Exact {
  const share = fraction(1n, denominator);
  const nested = terms.filter(
    ({ coefficient, monomial }) => coefficient === 1 && innerOf(monomial) !== undefined,
  );
  const [term] = nested;
  const inner = term === undefined || nested.length > 1 ? undefined : innerOf(term.monomial);
  if (inner !== undefined) {
    const rest = fromTerms([...terms.filter((other) => other !== term), constantTerm(constant)]);
    return floorExact(fromTerms(scaleTerms(termsOf(addExact(inner, rest)), share)));
  }
  if (constant === denominator - 1n) return rounded('ceil', fromTerms(scaleTerms(terms, share)));
  return rounded('floor', fromTerms(scaleTerms([...terms, constantTerm(constant)], share)));
}

/** What stands in a floor; a ceil of a quotient of whole numbers counts as the floor that it equals. */
function innerOf({ factors }: Monomial): Exact | undefined {
  const [factor] = factors;
  if (factor === undefined || factors.length > 1 || factor.exponent !== 1) return undefined;
  const { atom } = factor;
  if (atom.kind === 'floor') return atom.of;
  if (atom.kind !== 'ceil') return undefined;
  const quotient = asQuotient(atom.of);
  return quotient && addExact(atom.of, fraction(quotient.denominator - 1n, quotient.denominator));
}

/** A number as whole terms over one denominator, where all its atoms are whole. */
function asQuotient(a: Exact): { readonly terms: readonly Term[]; readonly denominator: bigint } | undefined {
  const denominator = commonDenominator(termsOf(a));
  const terms = scaleTerms(termsOf(a), fraction(denominator));
  return wholenessOf(fromTerms(terms)) === true ? { terms, denominator } : undefined;
}

function divideTerm({ coefficient, monomial }: Term, denominator: bigint): readonly [Term, Term] {
  const quotient = floorOfQuotient(numeratorOf(coefficient), denominator);
  const remainder = numeratorOf(coefficient) - quotient * denominator;
  return [
    { coefficient: fraction(quotient), monomial },
    { coefficient: fraction(remainder), monomial },
  ];
}

function split({ terms }: Formula): { readonly open: Exact; readonly constant: Closed } {
  const last = terms[terms.length - 1];
  if (last === undefined || last.monomial.factors.length > 0) return { open: fromTerms(terms), constant: 0 };
  return { open: fromTerms(terms.slice(0, -1)), constant: last.coefficient };
}

function isDescending({ terms: [first] }: Formula): boolean {
  return first !== undefined && signOf(first.coefficient) < 0;
}

function rounded(kind: 'floor' | 'ceil', a: Exact): Exact {
  if (!isFormula(a)) return kind === 'floor' ? floorClosed(a) : ceilClosed(a);
  return fromAtom({ kind, key: `${kind}(${keyOf(a)})`, of: a });
}

function constantTerm(value: bigint): Term {
  return { coefficient: fraction(value), monomial: one };
}
