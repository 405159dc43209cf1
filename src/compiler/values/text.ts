import { isFormula, type Atom, type Exact, type Factor, type Term } from './polynomial.js';
import {
  denominatorOf,
  fraction,
  multiplyClosed,
  negateClosed,
  numeratorOf,
  signOf,
  type Closed,
} from './rational.js';
import { commonDenominator } from './wholeness.js';

/** As messages show it: `61706`, `0.0001`, `85/3`, `⌈h/2⌉·⌈w/2⌉·64`, `⌊(h + 1)/4⌋ - 2`. */
export function toText(a: Exact): string {
  return write(a, forPeople);
}

/** As JSON files hold it: integers with all digits, formulas as `ceil(h/2)*64`. */
export function toDigits(a: Exact): string {
  return write(a, forMachines);
}

/** As tables show it: like `toText`, with integers as `61,706`. */
export function toGrouped(a: Exact): string {
  return write(a, forTables);
}

/** How numbers and formulas are written. */
interface Notation {
  readonly times: string;
  readonly number: (a: Closed) => string;
  readonly power: (exponent: number) => string;
  readonly rounded: (kind: 'floor' | 'ceil', inside: string) => string;
}

const forMachines: Notation = {
  times: '*',
  number: plainText,
  power: (exponent) => `^${String(exponent)}`,
  rounded: (kind, inside) => `${kind}(${inside})`,
};

const forPeople: Notation = {
  times: '·',
  number: plainText,
  power: (exponent) => Array.from(String(exponent), (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.charAt(Number(digit))).join(''),
  rounded: (kind, inside) => (kind === 'floor' ? `⌊${inside}⌋` : `⌈${inside}⌉`),
};

const forTables: Notation = { ...forPeople, number: groupedText };

function write(a: Exact, notation: Notation): string {
  if (!isFormula(a)) return notation.number(a);
  const denominator = commonDenominator(a.terms);
  if (a.terms.length === 1 || denominator === 1n) return writeSum(a.terms, notation);
  const scaled = a.terms.map(({ coefficient, monomial }) => ({
    coefficient: multiplyClosed(coefficient, fraction(denominator)),
    monomial,
  }));
  return `(${writeSum(scaled, notation)})/${notation.number(fraction(denominator))}`;
}

/** The first term that is added stands first, so that a sum begins without a sign where it can. */
function writeSum(terms: readonly Term[], notation: Notation): string {
  const first = Math.max(
    terms.findIndex(({ coefficient }) => signOf(coefficient) > 0),
    0,
  );
  const ordered = [...terms.slice(first, first + 1), ...terms.slice(0, first), ...terms.slice(first + 1)];
  return ordered.reduce((text, term, place) => {
    const isNegative = signOf(term.coefficient) < 0;
    if (place === 0) return (isNegative ? '-' : '') + writeTerm(term, notation);
    return `${text} ${isNegative ? '-' : '+'} ${writeTerm(term, notation)}`;
  }, '');
}

/** A term without its sign; whole coefficients stand last, as channels do in a shape. */
function writeTerm({ coefficient, monomial }: Term, notation: Notation): string {
  const size = signOf(coefficient) < 0 ? negateClosed(coefficient) : coefficient;
  const above = monomial.factors
    .filter(({ exponent }) => exponent > 0)
    .map((factor) => writeFactor(factor, notation));
  const below = monomial.factors
    .filter(({ exponent }) => exponent < 0)
    .map((factor) => writeFactor(factor, notation));
  const [numerator, denominator] = [numeratorOf(size), denominatorOf(size)];
  if (numerator !== 1n || above.length === 0) above.push(notation.number(fraction(numerator)));
  if (denominator !== 1n) below.push(notation.number(fraction(denominator)));
  const divided = above.join(notation.times);
  if (below.length === 0) return divided;
  return below.length === 1 ? `${divided}/${below.join('')}` : `${divided}/(${below.join(notation.times)})`;
}

function writeFactor({ atom, exponent }: Factor, notation: Notation): string {
  const size = Math.abs(exponent);
  return writeAtom(atom, notation) + (size === 1 ? '' : notation.power(size));
}

function writeAtom(atom: Atom, notation: Notation): string {
  switch (atom.kind) {
    case 'size':
      return atom.name;
    case 'floor':
    case 'ceil':
      return notation.rounded(atom.kind, write(atom.of, notation));
    case 'divisor':
      return `(${write(atom.of, notation)})`;
    case 'max':
    case 'min':
      return `${atom.kind}(${atom.items.map((item) => write(item, notation)).join(', ')})`;
  }
}

function plainText(a: Closed): string {
  if (typeof a === 'number') return String(a);
  if (a.denominator === 1n) return String(a.numerator);
  return decimalText(a.numerator, a.denominator) ?? `${String(a.numerator)}/${String(a.denominator)}`;
}

const mostDecimals = 20;

/** The decimal number that the fraction is, if it is one of at most twenty places. */
function decimalText(numerator: bigint, denominator: bigint): string | undefined {
  const scale = 10n ** BigInt(mostDecimals);
  if ((numerator * scale) % denominator !== 0n) return undefined;
  const digits = String(numerator < 0n ? -numerator : numerator);
  const scaled = (BigInt(digits) * scale) / denominator;
  const places = String(scaled).padStart(mostDecimals + 1, '0');
  const decimals = places.slice(-mostDecimals).replace(/0+$/, '');
  return `${numerator < 0n ? '-' : ''}${places.slice(0, -mostDecimals)}.${decimals}`;
}

function groupedText(a: Closed): string {
  // Most numbers of a table have no thousands.
  if (typeof a === 'number' && Math.abs(a) < 1000) return plainText(a);
  const [whole = '', ...rest] = plainText(a).split('.');
  const grouped = whole.replace(/\d(?=(\d{3})+(?!\d))/g, '$&,');
  return [grouped, ...rest].join('.');
}
