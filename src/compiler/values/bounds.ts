import {
  addExact,
  fromTerms,
  isFormula,
  monomialOf,
  multiplyExact,
  multiplyTerm,
  negateExact,
  one,
  termsOf,
  type Atom,
  type Exact,
  type Factor,
  type Formula,
  type Term,
} from './polynomial.js';
import {
  ceilClosed,
  compareClosed,
  floorClosed,
  fraction,
  invertClosed,
  negateClosed,
  signOf,
  type Closed,
} from './rational.js';
import { commonDenominator, wholenessOf } from './wholeness.js';

/**
 * A number that `a` is never below, whatever the open sizes are (integers of at least 1); not always the greatest such
 * number, and undefined where none is found.
 */
export function lowestOf(a: Exact): Closed | undefined {
  if (!isFormula(a)) return a;
  if (known.has(a)) return known.get(a);
  const lowest = search(a, mostReplacements);
  known.set(a, lowest);
  return lowest;
}

/** A number that `a` is never above; undefined where none is found. */
export function highestOf(a: Exact): Closed | undefined {
  const lowest = lowestOf(negateExact(a));
  return lowest === undefined ? undefined : negateClosed(lowest);
}

/** True where it is certain that a number is never zero. */
export function isNeverZero(a: Exact): boolean {
  const [lowest, highest] = [lowestOf(a), highestOf(a)];
  if (lowest !== undefined && signOf(lowest) > 0) return true;
  return (highest !== undefined && signOf(highest) < 0) || wholenessOf(a) === false;
}

const mostReplacements = 8;
const mostTerms = 64;
const known = new WeakMap<Formula, Closed | undefined>();

function search(a: Exact, replacements: number): Closed | undefined {
  if (!isFormula(a)) return a;
  const lowest = greatest(byShifting(a), byReplacing(a, replacements));
  return lowest !== undefined && wholenessOf(a) === true ? ceilClosed(lowest) : lowest;
}

/**
 * Writes every atom as its own lowest value plus something that is not negative: where all coefficients but the constant
 * are then positive, the constant is a bound.
 */
function byShifting({ terms }: Formula): Closed | undefined {
  if (terms.length > mostTerms) return undefined;
  let shifted: Exact = 0;
  for (const term of terms) {
    const part = shiftTerm(term);
    if (part === undefined) return undefined;
    shifted = addExact(shifted, part);
  }
  let lowest: Closed = 0;
  for (const { coefficient, monomial } of termsOf(shifted)) {
    if (monomial.factors.length === 0) lowest = coefficient;
    else if (signOf(coefficient) < 0) return undefined;
  }
  return lowest;
}

const mostExpanded = 6;

function shiftTerm({ coefficient, monomial }: Term): Exact | undefined {
  const degree = monomial.factors.reduce((sum, { exponent }) => sum + Math.max(exponent, 0), 0);
  if (degree > mostExpanded) return undefined;
  const lowest = monomial.factors.map(({ atom }) => lowestOfAtom(atom));
  const divides = monomial.factors.some(({ exponent }) => exponent < 0);
  let product: Exact = coefficient;
  for (const [place, factor] of monomial.factors.entries()) {
    const bound = lowest[place];
    if (bound === undefined || (divides && signOf(bound) < 0)) return undefined;
    const base = shiftFactor(factor, bound, signOf(coefficient) > 0);
    if (base === undefined) return undefined;
    for (let round = 0; round < Math.abs(factor.exponent); round++) product = multiplyExact(product, base);
  }
  return product;
}

/** For a negative power of a positive atom: nothing where the term adds, the most it can be where it takes away. */
function shiftFactor({ atom, exponent }: Factor, lowest: Closed, adds: boolean): Exact | undefined {
  if (exponent > 0) {
    return fromTerms([...termsOf(lowest), { coefficient: 1, monomial: monomialOf([{ atom, exponent: 1 }]) }]);
  }
  if (signOf(lowest) <= 0) return undefined;
  return adds ? 0 : invertClosed(lowest);
}

function lowestOfAtom(atom: Atom): Closed | undefined {
  switch (atom.kind) {
    case 'size':
      return 1;
    case 'divisor':
      return lowestOf(atom.of);
    case 'floor': {
      const lowest = lowestOf(atom.of);
      return lowest === undefined ? undefined : floorClosed(lowest);
    }
    case 'ceil': {
      const lowest = lowestOf(atom.of);
      return lowest === undefined ? undefined : ceilClosed(lowest);
    }
    case 'max':
      return greatest(...atom.items.map(lowestOf));
    case 'min':
      return least(atom.items.map(lowestOf));
  }
}

/** Replaces one atom by polynomials that are never above it where it adds and never below it where it takes away. */
function byReplacing(a: Formula, replacements: number): Closed | undefined {
  if (replacements === 0 || a.terms.length > mostTerms) return undefined;
  const factors = a.terms.flatMap(({ monomial }) => monomial.factors);
  const atoms = factors.filter(({ exponent }) => exponent > 0).map(({ atom }) => atom);
  const extreme = atoms.find((atom) => atom.kind === 'max' || atom.kind === 'min');
  if (factors.some(({ atom, exponent }) => exponent < 0 && atom.kind !== 'size')) return undefined;
  if (extreme !== undefined) return byCases(a, extreme, replacements - 1);
  const rounded = atoms.find((atom) => atom.kind === 'floor' || atom.kind === 'ceil');
  if (rounded === undefined) return undefined;
  const replaced = replaceRounded(a, rounded);
  return replaced === undefined ? undefined : search(replaced, replacements - 1);
}

/** A max is always one of its items, and at least each; a min is one of its items, and at most each. */
function byCases(a: Formula, extreme: Atom, replacements: number): Closed | undefined {
  if (extreme.kind !== 'max' && extreme.kind !== 'min') return undefined;
  const cases = extreme.items.map((item) => search(replaceAtom(a, extreme, item), replacements));
  const isLinear = a.terms.every((term) => isOne(term, extreme) || exponentOf(term, extreme) === 0);
  const adds = a.terms.some((term) => isOne(term, extreme) && signOf(term.coefficient) > 0);
  return isLinear && adds === (extreme.kind === 'max') ? greatest(...cases) : least(cases);
}

function replaceAtom(a: Formula, atom: Atom, by: Exact): Exact {
  const parts = a.terms.map((term) => {
    let part: Exact = fromTerms([without(term, atom)]);
    for (let round = 0; round < exponentOf(term, atom); round++) part = multiplyExact(part, by);
    return part;
  });
  return fromTerms(parts.flatMap(termsOf));
}

function replaceRounded(a: Formula, atom: Atom): Exact | undefined {
  if (atom.kind !== 'floor' && atom.kind !== 'ceil') return undefined;
  // Of a whole number over n, rounding moves by at most (n - 1) / n; of other numbers by less than 1.
  const gap = gapOf(atom.of);
  const below = atom.kind === 'floor' ? addExact(atom.of, negateClosed(gap)) : atom.of;
  const above = atom.kind === 'ceil' ? addExact(atom.of, gap) : atom.of;
  const parts: Term[] = [];
  for (const term of a.terms) {
    if (exponentOf(term, atom) === 0) {
      parts.push(term);
      continue;
    }
    const rest = lowered(term, atom);
    const positive = fromTerms([{ coefficient: 1, monomial: rest.monomial }]);
    const lowest = isFormula(positive) ? byShifting(positive) : positive;
    if (lowest === undefined || signOf(lowest) < 0) return undefined;
    const by = signOf(term.coefficient) > 0 ? below : above;
    parts.push(...termsOf(by).map((inner) => multiplyTerm(rest, inner)));
  }
  return fromTerms(parts);
}

function gapOf(a: Formula): Closed {
  const denominator = commonDenominator(a.terms);
  const isQuotient = wholenessOf(multiplyExact(a, fraction(denominator))) === true;
  return isQuotient ? fraction(denominator - 1n, denominator) : 1;
}

function exponentOf({ monomial }: Term, atom: Atom): number {
  return monomial.factors.find((factor) => factor.atom.key === atom.key)?.exponent ?? 0;
}

/** True where the term is the atom times a number. */
function isOne(term: Term, atom: Atom): boolean {
  return term.monomial.factors.length === 1 && exponentOf(term, atom) === 1;
}

function without({ coefficient, monomial }: Term, atom: Atom): Term {
  return {
    coefficient,
    monomial: monomialOf(monomial.factors.filter((factor) => factor.atom.key !== atom.key)),
  };
}

/** The term divided by the atom. */
function lowered(term: Term, atom: Atom): Term {
  const exponent = exponentOf(term, atom) - 1;
  const rest = without(term, atom);
  const power = exponent === 0 ? one : monomialOf([{ atom, exponent }]);
  return multiplyTerm(rest, { coefficient: 1, monomial: power });
}

function greatest(...bounds: readonly (Closed | undefined)[]): Closed | undefined {
  return bounds.reduce((best, bound) => {
    if (best === undefined || bound === undefined) return best ?? bound;
    return compareClosed(best, bound) < 0 ? bound : best;
  }, undefined);
}

function least(bounds: readonly (Closed | undefined)[]): Closed | undefined {
  return bounds.reduce((best, bound) => {
    if (best === undefined || bound === undefined) return undefined;
    return compareClosed(best, bound) > 0 ? bound : best;
  });
}
