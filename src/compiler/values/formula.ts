import { quotientOf } from './division.js';
import { greatestOf, leastOf } from './extremes.js';
import {
  addExact,
  fromAtom,
  isFormula,
  multiplyExact,
  type Atom,
  type Exact,
  type Factor,
  type Formula,
} from './polynomial.js';
import { ceilExact, floorExact } from './rounding.js';

export type { Formula } from './polynomial.js';

/** A size that is left open: an integer of at least 1, known by its name. */
export function openSize(name: string): Formula {
  const size = fromAtom({ kind: 'size', key: name, name });
  if (!isFormula(size)) throw new Error(`the open size ${name} is no formula`);
  return size;
}

/** The number with open sizes replaced by what is known of them, each a whole number of at least 1. */
export function substitute(a: Exact, sizes: ReadonlyMap<string, Exact>): Exact {
  return isFormula(a) ? substituteIn(a, sizes, new Map()) : a;
}

function substituteIn(a: Exact, sizes: ReadonlyMap<string, Exact>, known: Map<string, Exact>): Exact {
  if (!isFormula(a)) return a;
  let all: Exact = 0;
  for (const { coefficient, monomial } of a.terms) {
    let product: Exact = coefficient;
    for (const { atom, exponent } of monomial.factors) {
      product = multiplyPower(product, valueOf(atom, sizes, known), exponent);
    }
    all = addExact(all, product);
  }
  return all;
}

function multiplyPower(a: Exact, base: Exact, exponent: Factor['exponent']): Exact {
  let power: Exact = 1;
  for (let round = 0; round < Math.abs(exponent); round++) power = multiplyExact(power, base);
  return exponent > 0 ? multiplyExact(a, power) : quotientOf(a, power);
}

function valueOf(atom: Atom, sizes: ReadonlyMap<string, Exact>, known: Map<string, Exact>): Exact {
  const found = known.get(atom.key) ?? evaluate(atom, (inner) => substituteIn(inner, sizes, known), sizes);
  known.set(atom.key, found);
  return found;
}

function evaluate(atom: Atom, inner: (a: Exact) => Exact, sizes: ReadonlyMap<string, Exact>): Exact {
  switch (atom.kind) {
    case 'size':
      return sizes.get(atom.name) ?? fromAtom(atom);
    case 'floor':
      return floorExact(inner(atom.of));
    case 'ceil':
      return ceilExact(inner(atom.of));
    case 'divisor':
      return inner(atom.of);
    case 'max':
      return greatestOf(atom.items.map(inner));
    case 'min':
      return leastOf(atom.items.map(inner));
  }
}
