import {
  addClosed,
  compareClosed,
  denominatorOf,
  multiplyClosed,
  negateClosed,
  numeratorOf,
  type Closed,
} from './rational.js';

/**
 * Every number of the language, every size and every count: exact, of any magnitude, and perhaps open.
 * A `number` is always a safe integer, so the common case costs nothing; `Rational` holds what isn't one
 * (fractions, and integers beyond 2^53); `Formula` holds what depends on sizes that are left open.
 */
export type Exact = Closed | Formula;

/**
 * What depends on open sizes: a polynomial with rational coefficients over atoms. Canonical: like terms are
 * collected, none is zero, the order is fixed, and at least one term has factors, so equal polynomials have one key.
 */
export interface Formula {
  readonly kind: 'formula';
  readonly key: string;
  /** Highest degree first; the constant, if there is one, last. */
  readonly terms: readonly Term[];
}

/** A coefficient, never zero, times a product of powers. */
export interface Term {
  readonly coefficient: Closed;
  readonly monomial: Monomial;
}

/** A product of powers of atoms, in the order of their keys; the empty product is 1. */
export interface Monomial {
  readonly key: string;
  readonly factors: readonly Factor[];
}

/** An atom to an integer power, never the zeroth; negative only where the atom is never zero. */
export interface Factor {
  readonly atom: Atom;
  readonly exponent: number;
}

/** What a polynomial can't look into. An open size is an integer of at least 1. */
export type Atom =
  | { readonly kind: 'size'; readonly key: string; readonly name: string }
  | { readonly kind: 'floor' | 'ceil' | 'divisor'; readonly key: string; readonly of: Formula }
  | { readonly kind: 'max' | 'min'; readonly key: string; readonly items: readonly Exact[] };

/** The empty product. */
export const one: Monomial = { key: '', factors: [] };

/** The terms of any number; zero has none. */
export function termsOf(a: Exact): readonly Term[] {
  if (isFormula(a)) return a.terms;
  return a === 0 ? [] : [{ coefficient: a, monomial: one }];
}

/** Tells a formula from a number that is known. */
export function isFormula(a: Exact): a is Formula {
  return typeof a !== 'number' && a.kind === 'formula';
}

/** The sum of terms, in canonical form. */
export function fromTerms(terms: Iterable<Term>): Exact {
  const collected = new Map<string, Term>();
  for (const term of terms) {
    const known = collected.get(term.monomial.key);
    const coefficient =
      known === undefined ? term.coefficient : addClosed(known.coefficient, term.coefficient);
    collected.set(term.monomial.key, known === undefined ? term : { coefficient, monomial: term.monomial });
  }
  const left = [...collected.values()].filter((term) => term.coefficient !== 0);
  const [first] = left;
  if (first === undefined) return 0;
  if (left.length === 1 && first.monomial.factors.length === 0) return first.coefficient;
  left.sort((a, b) => inOrder(a.monomial, b.monomial));
  return { kind: 'formula', key: left.map(termKey).join('+'), terms: left };
}

/** One atom as a number. */
export function fromAtom(atom: Atom): Exact {
  return fromTerms([{ coefficient: 1, monomial: monomialOf([{ atom, exponent: 1 }]) }]);
}

/** The product of two polynomials. */
function multiplyTerms(a: readonly Term[], b: readonly Term[]): Exact {
  return fromTerms(a.flatMap((left) => b.map((right) => multiplyTerm(left, right))));
}

/** The product of two terms. */
export function multiplyTerm(a: Term, b: Term): Term {
  return {
    coefficient: multiplyClosed(a.coefficient, b.coefficient),
    monomial: multiplyMonomials(a.monomial, b.monomial),
  };
}

/** The terms, each multiplied by a number that isn't zero. */
export function scaleTerms(terms: readonly Term[], by: Closed): readonly Term[] {
  return terms.map(({ coefficient, monomial }) => ({
    coefficient: multiplyClosed(coefficient, by),
    monomial,
  }));
}

/** The monomial with every exponent multiplied by -1; all its atoms must be other than zero. */
export function invertMonomial({ factors }: Monomial): Monomial {
  return monomialOf(factors.map(({ atom, exponent }) => ({ atom, exponent: -exponent })));
}

/** The product of powers of different atoms. */
export function monomialOf(factors: readonly Factor[]): Monomial {
  if (factors.length === 0) return one;
  const sorted = [...factors].sort((a, b) => byKey(a.atom.key, b.atom.key));
  return { key: sorted.map(factorKey).join('*'), factors: sorted };
}

/** The sum of the exponents. */
function degreeOf({ factors }: Monomial): number {
  return factors.reduce((degree, { exponent }) => degree + exponent, 0);
}

/** A text that two numbers share exactly when they are written alike. */
export function keyOf(a: Exact): string {
  if (isFormula(a)) return a.key;
  return typeof a === 'number' ? String(a) : `${numeratorOf(a)}/${denominatorOf(a)}`;
}

/** An order for lists in canonical form: formulas by key before closed numbers by value. */
export function writtenOrder(a: Exact, b: Exact): number {
  if (isFormula(a) && isFormula(b)) return byKey(a.key, b.key);
  if (isFormula(a)) return -1;
  return isFormula(b) ? 1 : compareClosed(a, b);
}

/** The number with the other sign. */
export function negateExact(a: Exact): Exact {
  return isFormula(a) ? fromTerms(scaleTerms(a.terms, -1)) : negateClosed(a);
}

/** The sum of any two numbers. */
export function addExact(a: Exact, b: Exact): Exact {
  return isFormula(a) || isFormula(b) ? fromTerms([...termsOf(a), ...termsOf(b)]) : addClosed(a, b);
}

/** The product of any two numbers. */
export function multiplyExact(a: Exact, b: Exact): Exact {
  return isFormula(a) || isFormula(b) ? multiplyTerms(termsOf(a), termsOf(b)) : multiplyClosed(a, b);
}

function multiplyMonomials(a: Monomial, b: Monomial): Monomial {
  if (a.factors.length === 0) return b;
  if (b.factors.length === 0) return a;
  const powers = new Map(a.factors.map((factor) => [factor.atom.key, factor]));
  for (const { atom, exponent } of b.factors) {
    const known = powers.get(atom.key)?.exponent ?? 0;
    powers.set(atom.key, { atom, exponent: known + exponent });
  }
  return monomialOf([...powers.values()].filter((factor) => factor.exponent !== 0));
}

function inOrder(a: Monomial, b: Monomial): number {
  if (a.factors.length === 0 || b.factors.length === 0) return b.factors.length - a.factors.length;
  return degreeOf(b) - degreeOf(a) || byKey(a.key, b.key);
}

function byKey(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function termKey({ coefficient, monomial }: Term): string {
  return `${keyOf(coefficient)}*${monomial.key}`;
}

function factorKey({ atom, exponent }: Factor): string {
  return exponent === 1 ? atom.key : `${atom.key}^${String(exponent)}`;
}
