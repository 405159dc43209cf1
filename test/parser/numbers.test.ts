import { describe, expect, it } from 'vitest';
import { expressionOf, parseText } from './tree.js';

describe('numbers', () => {
  it.each([
    ['0', 0n, 1n, false],
    ['007', 7n, 1n, false],
    ['61_706', 61_706n, 1n, false],
    ['94906267', 94_906_267n, 1n, false],
    ['123456789012345678901234567890', 123456789012345678901234567890n, 1n, false],
    ['0.5', 1n, 2n, true],
    ['1e-4', 1n, 10_000n, true],
    ['1e3', 1000n, 1n, false],
    ['2.5e+1', 25n, 1n, true],
    ['40%', 2n, 5n, true],
    ['0.1%', 1n, 1000n, true],
    ['2.5M', 2_500_000n, 1n, true],
    ['3K', 3_000n, 1n, false],
    ['1.5G', 1_500_000_000n, 1n, true],
    ['2T', 2_000_000_000_000n, 1n, false],
    ['64KiB', 65_536n, 1n, false],
    ['3MiB', 3n << 20n, 1n, false],
    ['8GiB', 8n << 30n, 1n, false],
    ['1TiB', 1n << 40n, 1n, false],
    ['10deg', 10n, 1n, false],
  ])('reads %s as %d / %d', (text, numerator, denominator, isDecimal) => {
    const number = expressionOf(text);
    expect(number).toMatchObject({ kind: 'number', numerator, denominator, isDecimal });
    const unit = /[A-Za-z%]+$/.exec(text.replace(/e[+-]?\d+$/, ''))?.[0];
    expect(number.kind === 'number' ? number.unit : '').toBe(unit);
  });

  it.each([
    ['1__0', '`_` stands between two digits', 'write `1_0`'],
    ['1_', '`_` stands between two digits', 'write `1`'],
    ['0x', 'only decimal digits are read', undefined],
    ['0xff', 'only decimal digits are read', undefined],
    ['5.', 'digits stand behind the point', 'write `5` or `5.0`'],
    ['5.M', 'digits stand behind the point', undefined],
    ['1.2.3', 'it has two points', 'a range is written with `..`'],
    ['1e999', 'the exponent lies beyond ±400', undefined],
    ['1e-999', 'the exponent lies beyond ±400', undefined],
    ['1e', 'digits stand behind `e`', 'such as `1e3`'],
    ['5MB', 'there is no unit `MB`', 'did you mean `5M`, a power of 1000, or `5MiB`, a power of 1024?'],
    ['2.5m', 'there is no unit `m`', 'did you mean `2.5M`, a power of 1000?'],
    ['5k', 'there is no unit `k`', 'did you mean `5K`, a power of 1000?'],
    ['90degrees', 'there is no unit `degrees`', 'write `90deg`'],
    ['5px', 'there is no unit `px`', 'separate it from `px` with a space, or multiply with `*`'],
    [
      '5%x',
      'there is no unit `%x`',
      'units are `%`, `deg`, `K`, `M`, `G`, `T`, `KiB`, `MiB`, `GiB` and `TiB`',
    ],
    ['3X3', 'a size is written with the letter `x`', 'write `3x3`'],
    ['3×3', 'a size is written with the letter `x`', 'write `3x3`'],
    ['3xk', 'a size is made of digits and `x`', 'write a size that is computed as a list, `[height, width]`'],
    [
      '3x3x',
      'a size is made of digits and `x`',
      'write a size that is computed as a list, `[height, width]`',
    ],
    [
      '?x3?',
      'a size is made of digits and `x`',
      'write a size that is computed as a list, `[height, width]`',
    ],
    ['5ö', 'there is no unit', undefined],
  ])('says one thing of %s: %s', (text, why, help) => {
    const { diagnostics } = parseText(`let v = ${text}`);
    expect(diagnostics).toHaveLength(1);
    const [found] = diagnostics;
    if (text === '5ö') {
      expect(found?.code).toBe('not-a-number');
      return;
    }
    expect(found?.message).toBe(`\`${text}\` is not a number: ${why}`);
    expect(found?.help).toBe(help);
    expect([found?.span.start, found?.span.end]).toEqual([8, 8 + text.length]);
  });

  it('offers a repair that is one', () => {
    for (const text of ['1__0', '5.', '5k', '90degrees', '3X3', '3×3']) {
      const fix = parseText(`let v = ${text}`).diagnostics[0]?.fix;
      expect(parseText(`let v = ${fix?.text ?? text}`).diagnostics).toEqual([]);
    }
  });

  it('reads what is glued to `..` and `/` as what it is', () => {
    expect(expressionOf('0..58').kind).toBe('range');
    expect(expressionOf('32x32x1')).toMatchObject({ kind: 'size', sizes: [32n, 32n, 1n] });
    expect(expressionOf('?')).toMatchObject({ kind: 'size', sizes: [undefined] });
    expect(expressionOf('7x7/2').kind).toBe('strided');
    expect(expressionOf('1/255').kind).toBe('operation');
  });

  it('bounds the digits of a number and of a size', () => {
    const long = parseText(`let v = ${'9'.repeat(5_000)}`).diagnostics;
    expect(long.map(({ message }) => message.replace(/9+/, '9'))).toEqual([
      '`9…` is not a number: it has more than 4096 digits',
    ]);
    expect(parseText(`let v = 3x${'9'.repeat(5_000)}`).diagnostics.map(({ code }) => code)).toEqual([
      'size-digits',
    ]);
    expect(parseText(`let v = ${'1_'.repeat(200_000)}`, { fileBytes: 1e7 }).diagnostics).toHaveLength(1);
  });
});
