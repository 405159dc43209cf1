/** A number as written, or why it is none. */
export type ReadNumber =
  | {
      readonly ok: true;
      readonly numerator: bigint;
      readonly denominator: bigint;
      readonly isDecimal: boolean;
      readonly unit?: string;
    }
  | { readonly ok: false; readonly why: string; readonly hint?: string; readonly mended?: string };

/** The largest exponent of ten, in either direction: far beyond any count, and computed at once. */
const maximumExponent = 400;
const maximumDigits = 4_096;
const maximumLength = 10_000;

const isShortInteger = /^\d{1,15}$/;

const factors: ReadonlyMap<string, bigint> = new Map([
  ['K', 10n ** 3n],
  ['M', 10n ** 6n],
  ['G', 10n ** 9n],
  ['T', 10n ** 12n],
  ['KiB', 1n << 10n],
  ['MiB', 1n << 20n],
  ['GiB', 1n << 30n],
  ['TiB', 1n << 40n],
]);

const form = /^(\d[\d_]*)(?:\.(\d[\d_]*))?(?:[eE]([+-]?)(\d+))?([A-Za-z%]*)$/;

/** The exact value of a number: `1_000`, `1e-4`, `40%`, `2.5M`, `64KiB`, `10deg`. */
export function readNumber(text: string): ReadNumber {
  if (isShortInteger.test(text))
    return { ok: true, numerator: BigInt(text), denominator: 1n, isDecimal: false };
  if (text.length > maximumLength)
    return { ok: false, why: `it has more than ${String(maximumLength)} characters` };
  if (/^0[xXbBoO]/.test(text)) return { ok: false, why: 'only decimal digits are read' };
  const match = form.exec(text);
  const [, whole = '', fraction = '', sign = '', exponent = '', unit = ''] = match ?? [];
  if (match === null || /^x/i.test(unit)) return { ok: false, ...malformed(text) };
  if (hasLooseUnderscore(whole) || hasLooseUnderscore(fraction)) {
    const mended = text.replace(/_+/g, '_').replace(/_(?!\d)/g, '');
    return { ok: false, why: '`_` stands between two digits', hint: `write \`${mended}\``, mended };
  }
  const digits = (whole + fraction).replaceAll('_', '');
  if (digits.length > maximumDigits)
    return { ok: false, why: `it has more than ${String(maximumDigits)} digits` };
  if (exponent.length > 4 || Number(exponent) > maximumExponent) {
    return { ok: false, why: `the exponent lies beyond ±${String(maximumExponent)}` };
  }
  const factor = unitFactor(unit);
  if (factor === undefined) return { ok: false, ...unknownUnit(unit, text.slice(0, -unit.length)) };
  const power =
    (sign === '-' ? -1 : 1) * Number(exponent === '' ? '0' : exponent) - fraction.replaceAll('_', '').length;
  const scale = 10n ** BigInt(Math.abs(power));
  const numerator = BigInt(digits) * factor.numerator * (power > 0 ? scale : 1n);
  const denominator = factor.denominator * (power < 0 ? scale : 1n);
  const isDecimal = unit === '%' || fraction !== '' || sign === '-';
  const common = greatestDivisor(numerator, denominator);
  return {
    ok: true,
    numerator: numerator / common,
    denominator: denominator / common,
    isDecimal,
    ...(unit === '' ? {} : { unit }),
  };
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [larger, smaller] = [a, b];
  while (smaller !== 0n) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

function hasLooseUnderscore(digits: string): boolean {
  return digits.includes('__') || digits.endsWith('_') || digits.startsWith('_');
}

function unitFactor(unit: string): { readonly numerator: bigint; readonly denominator: bigint } | undefined {
  if (unit === '' || unit === 'deg') return { numerator: 1n, denominator: 1n };
  if (unit === '%') return { numerator: 1n, denominator: 100n };
  const numerator = factors.get(unit);
  return numerator === undefined ? undefined : { numerator, denominator: 1n };
}

interface Malformed {
  readonly why: string;
  readonly hint?: string;
  readonly mended?: string;
}

function unknownUnit(unit: string, digits: string): Malformed {
  if (unit === 'e' || unit === 'E')
    return { why: 'digits stand behind `e`', hint: `such as \`${digits}e3\`` };
  const why = `there is no unit \`${unit}\``;
  const letter = unit.slice(0, 1).toUpperCase();
  if (/^(?:d|degrees?|°)$/i.test(unit))
    return { why, hint: `write \`${digits}deg\``, mended: `${digits}deg` };
  if (!factors.has(letter)) return { why, hint: unitHint(unit) };
  const decimal = `\`${digits}${letter}\`, a power of 1000`;
  if (unit.length === 1) return { why, hint: `did you mean ${decimal}?`, mended: `${digits}${letter}` };
  return { why, hint: `did you mean ${decimal}, or \`${digits}${letter}iB\`, a power of 1024?` };
}

function unitHint(unit: string): string {
  return /^[A-Za-z_]\w*$/.test(unit)
    ? `separate it from \`${unit}\` with a space, or multiply with \`*\``
    : knownUnits;
}

const knownUnits = 'units are `%`, `deg`, `K`, `M`, `G`, `T`, `KiB`, `MiB`, `GiB` and `TiB`';

function malformed(text: string): Malformed {
  const crossed = text.replaceAll(/[×X*]/g, 'x');
  if (/^(?:\d+|\?)(?:x(?:\d+|\?))+$/.test(crossed) && crossed !== text) {
    return { why: 'a size is written with the letter `x`', hint: `write \`${crossed}\``, mended: crossed };
  }
  if (/^[\d?]+x/.test(text)) {
    return {
      why: 'a size is made of digits and `x`',
      hint: 'write a size that is computed as a list, `[height, width]`',
    };
  }
  if (/^[\d_]+\.$/.test(text)) {
    const whole = text.slice(0, -1);
    return {
      why: 'digits stand behind the point',
      hint: `write \`${whole}\` or \`${whole}.0\``,
      mended: whole,
    };
  }
  if (/^[\d_]+\.[A-Za-z]/.test(text)) return { why: 'digits stand behind the point' };
  if (/\..*\./.test(text)) return { why: 'it has two points', hint: 'a range is written with `..`' };
  const unit = /^[\d_.]+([A-Za-z]+)$/.exec(text)?.[1];
  if (unit !== undefined) return { why: `there is no unit \`${unit}\``, hint: knownUnits };
  return {
    why: 'it doesn’t have the form of one',
    hint: 'separate it from what stands behind it with a space',
  };
}
