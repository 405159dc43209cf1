import { isFormula, type Atom, type Exact, type Factor, type Term } from './polynomial.js';
import { denominatorOf, greatestCommonDivisor, isWholeClosed, numeratorOf } from './rational.js';

/**
 * Whether a number is whole at all sizes (true), at none (false), or it depends or can't be told (undefined).
 * Whole atoms are taken for arbitrary integers, so what the remainders of the atoms decide is decided.
 */
export function wholenessOf(a: Exact): boolean | undefined {
  if (!isFormula(a)) return isWholeClosed(a);
  if (!a.terms.every(({ monomial }) => monomial.factors.every(isWholeFactor))) return undefined;
  const denominator = commonDenominator(a.terms);
  return denominator === 1n ? true : wholenessByRemainders(a.terms, denominator);
}

/** The smallest positive integer that makes all coefficients whole. */
export function commonDenominator(terms: readonly Term[]): bigint {
  let common = 1n;
  for (const { coefficient } of terms) {
    const denominator = denominatorOf(coefficient);
    common = (common / greatestCommonDivisor(common, denominator)) * denominator;
  }
  return common;
}

const mostCases = 1024n;

function wholenessByRemainders(terms: readonly Term[], denominator: bigint): boolean | undefined {
  const atoms = new Map(
    terms.flatMap(({ monomial }) => monomial.factors.map(({ atom }) => [atom.key, atom])),
  );
  const cases = countCases(atoms.size, denominator);
  if (cases === undefined) return undefined;
  const outcomes = new Set<boolean>();
  for (let which = 0n; which < cases && outcomes.size < 2; which++) {
    const remainders = remaindersOf([...atoms.keys()], which, denominator);
    outcomes.add(valueAt(terms, remainders, denominator) % denominator === 0n);
  }
  const [outcome] = outcomes;
  return outcomes.size === 1 ? outcome : undefined;
}

function countCases(atoms: number, denominator: bigint): bigint | undefined {
  let cases = 1n;
  for (let atom = 0; atom < atoms; atom++) {
    cases *= denominator;
    if (cases > mostCases) return undefined;
  }
  return cases;
}

function remaindersOf(keys: readonly string[], which: bigint, denominator: bigint): Map<string, bigint> {
  const remainders = new Map<string, bigint>();
  let left = which;
  for (const key of keys) {
    remainders.set(key, left % denominator);
    left /= denominator;
  }
  return remainders;
}

/** The polynomial times the denominator, at these remainders, up to multiples of the denominator. */
function valueAt(
  terms: readonly Term[],
  remainders: ReadonlyMap<string, bigint>,
  denominator: bigint,
): bigint {
  let value = 0n;
  for (const { coefficient, monomial } of terms) {
    let product = (numeratorOf(coefficient) * denominator) / denominatorOf(coefficient);
    for (const { atom, exponent } of monomial.factors) {
      product = (product * powerModulo(remainders.get(atom.key) ?? 0n, exponent, denominator)) % denominator;
    }
    value += product;
  }
  return value;
}

function powerModulo(base: bigint, exponent: number, modulus: bigint): bigint {
  let power = 1n;
  for (let round = 0; round < exponent; round++) power = (power * base) % modulus;
  return power;
}

function isWholeFactor({ atom, exponent }: Factor): boolean {
  return exponent > 0 && isWholeAtom(atom);
}

function isWholeAtom(atom: Atom): boolean {
  switch (atom.kind) {
    case 'size':
    case 'floor':
    case 'ceil':
      return true;
    case 'divisor':
      return false;
    case 'max':
    case 'min':
      return atom.items.every((item) => wholenessOf(item) === true);
  }
}
