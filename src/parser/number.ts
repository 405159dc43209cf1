/** A number as written, or why it is none. */
export type ReadNumber =
  | {
      readonly ok: true;
      readonly numerator: bigint;
      readonly denominator: bigint;
      readonly isDecimal: boolean;
      readonly unit?: string;
    }
  | { readonly ok: false; readonly why: string; readonly hint?: string };

/** The largest exponent of ten, in either direction: far beyond any count, and computed at once. */
const maximumExponent = 400;
const maximumDigits = 4_096;

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
  const match = form.exec(text);
  if (match === null) return { ok: false, ...malformed(text) };
  const [, whole = '', fraction = '', sign = '', exponent = '', unit = ''] = match;
  if (hasLooseUnderscore(whole) || hasLooseUnderscore(fraction)) {
    return {
      ok: false,
      why: '`_` stands between two digits',
      hint: `write \`${text.replace(/_+/g, '_').replace(/_(?!\d)/g, '')}\``,
    };
  }
  const digits = (whole + fraction).replaceAll('_', '');
  if (digits.length > maximumDigits)
    return { ok: false, why: `it has more than ${String(maximumDigits)} digits` };
  if (exponent.length > 4 || Number(exponent) > maximumExponent) {
    return { ok: false, why: `the exponent lies beyond ±${String(maximumExponent)}` };
  }
  const factor = unitFactor(unit);
  if (factor === undefined) return { ok: false, ...unknownUnit(unit, whole) };
  const power =
    (sign === '-' ? -1 : 1) * Number(exponent === '' ? '0' : exponent) - fraction.replaceAll('_', '').length;
  const scale = 10n ** BigInt(Math.abs(power));
  const numerator = BigInt(digits) * factor.numerator * (power > 0 ? scale : 1n);
  const denominator = factor.denominator * (power < 0 ? scale : 1n);
  const isDecimal = unit === '%' || fraction !== '' || sign === '-';
  return { ok: true, numerator, denominator, isDecimal, ...(unit === '' ? {} : { unit }) };
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

function unknownUnit(unit: string, digits: string): { readonly why: string; readonly hint?: string } {
  const why = `there is no unit \`${unit}\``;
  const decimal = [...factors.keys()].find(
    (known) => known.length === 1 && known.toLowerCase() === unit[0]?.toLowerCase(),
  );
  if (decimal === undefined) return { why };
  if (unit.length === 1) return { why, hint: `did you mean \`${digits}${decimal}\`, a power of 1000?` };
  return {
    why,
    hint: `did you mean \`${digits}${decimal}\`, a power of 1000, or \`${digits}${decimal}iB\`, a power of 1024?`,
  };
}

function malformed(text: string): { readonly why: string; readonly hint?: string } {
  if (/^0[xXbBoO]/.test(text)) return { why: 'only decimal digits are read' };
  if (text.endsWith('.'))
    return { why: 'digits stand behind the point', hint: `write \`${text}0\` or \`${text.slice(0, -1)}\`` };
  if (/^\d+(x\d+)*x?[A-Za-z]/.test(text) && text.includes('x')) {
    return {
      why: 'a size is made of digits and `x`',
      hint: 'separate arguments with a space, and write computed sizes as a list, `[h, w]`',
    };
  }
  if (/[eE][+-]?$/.test(text)) return { why: 'digits stand behind `e`' };
  return { why: 'it doesn’t have the form of one' };
}
