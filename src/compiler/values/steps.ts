import { isFormula, type Atom, type Exact, type Factor } from './polynomial.js';
import { denominatorOf, numeratorOf, type Closed } from './rational.js';

/** How something computes with whole numbers: the operations of a model, or the numbers themselves. */
export interface Steps<Whole> {
  number(value: number): Whole;
  /** An open size by its name. */
  size(name: string): Whole;
  add(a: Whole, b: Whole): Whole;
  multiply(a: Whole, b: Whole): Whole;
  /** ⌊a / b⌋ */
  floorDivide(a: Whole, b: Whole): Whole;
  maximum(a: Whole, b: Whole): Whole;
  minimum(a: Whole, b: Whole): Whole;
}

/** Computes an integer that depends on open sizes in steps that each give an integer, fractions as two of them. */
export function compute<Whole>(a: Exact, steps: Steps<Whole>): Whole {
  return floored(fractionOf(a, steps), steps);
}

/** A numerator and its denominator, which is above zero as all sizes are; absent where it is 1. */
interface Fraction<Whole> {
  readonly top: Whole;
  readonly bottom: Whole | undefined;
}

function fractionOf<Whole>(a: Exact, steps: Steps<Whole>): Fraction<Whole> {
  if (!isFormula(a)) return closed(a, steps);
  const [first = closed(0, steps), ...others] = a.terms.map(({ coefficient, monomial: { factors } }) => {
    const powers = factors.map((factor) => powerOf(factor, steps));
    const [one, ...more] = coefficient === 1 ? powers : [...powers, closed(coefficient, steps)];
    return more.reduce((all, power) => times(all, power, steps), one ?? closed(1, steps));
  });
  return others.reduce((all, term) => plus(all, term, steps), first);
}

function closed<Whole>(a: Closed, steps: Steps<Whole>): Fraction<Whole> {
  const [top, bottom] = [Number(numeratorOf(a)), Number(denominatorOf(a))];
  return { top: steps.number(top), bottom: bottom === 1 ? undefined : steps.number(bottom) };
}

function powerOf<Whole>({ atom, exponent }: Factor, steps: Steps<Whole>): Fraction<Whole> {
  const base = atomOf(atom, steps);
  let power = base;
  for (let round = 1; round < Math.abs(exponent); round++) power = times(power, base, steps);
  return exponent > 0 ? power : { top: power.bottom ?? steps.number(1), bottom: power.top };
}

function atomOf<Whole>(atom: Atom, steps: Steps<Whole>): Fraction<Whole> {
  switch (atom.kind) {
    case 'size':
      return { top: steps.size(atom.name), bottom: undefined };
    case 'divisor':
      return fractionOf(atom.of, steps);
    case 'floor':
      return { top: floored(fractionOf(atom.of, steps), steps), bottom: undefined };
    case 'ceil': {
      const { top, bottom } = fractionOf(atom.of, steps);
      if (bottom === undefined) return { top, bottom };
      const more = steps.add(steps.add(top, bottom), steps.number(-1));
      return { top: steps.floorDivide(more, bottom), bottom: undefined };
    }
    case 'max':
    case 'min': {
      const [first = closed(0, steps), ...others] = atom.items.map((item) => fractionOf(item, steps));
      return others.reduce((best, item) => {
        const { one, other, bottom } = together(best, item, steps);
        const top = atom.kind === 'max' ? steps.maximum(one, other) : steps.minimum(one, other);
        return { top, bottom };
      }, first);
    }
  }
}

function floored<Whole>({ top, bottom }: Fraction<Whole>, steps: Steps<Whole>): Whole {
  return bottom === undefined ? top : steps.floorDivide(top, bottom);
}

function plus<Whole>(a: Fraction<Whole>, b: Fraction<Whole>, steps: Steps<Whole>): Fraction<Whole> {
  const { one, other, bottom } = together(a, b, steps);
  return { top: steps.add(one, other), bottom };
}

function times<Whole>(a: Fraction<Whole>, b: Fraction<Whole>, steps: Steps<Whole>): Fraction<Whole> {
  return { top: steps.multiply(a.top, b.top), bottom: bottomOf(a, b, steps) };
}

/** Two numerators over one denominator. */
function together<Whole>(a: Fraction<Whole>, b: Fraction<Whole>, steps: Steps<Whole>) {
  return {
    one: b.bottom === undefined ? a.top : steps.multiply(a.top, b.bottom),
    other: a.bottom === undefined ? b.top : steps.multiply(b.top, a.bottom),
    bottom: bottomOf(a, b, steps),
  };
}

function bottomOf<Whole>(a: Fraction<Whole>, b: Fraction<Whole>, steps: Steps<Whole>): Whole | undefined {
  if (a.bottom === undefined || b.bottom === undefined) return a.bottom ?? b.bottom;
  return steps.multiply(a.bottom, b.bottom);
}
