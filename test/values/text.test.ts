import { describe, expect, it } from 'vitest';
import {
  add,
  ceilDivide,
  divide,
  exact,
  floorDivide,
  fromDouble,
  maximum,
  modulo,
  multiply,
  power,
  product,
  subtract,
  toDigits,
  toGrouped,
  toText,
  type Exact,
} from '../../src/compiler/values/exact.js';
import { openSize } from '../../src/compiler/values/formula.js';

const h = openSize('h');
const w = openSize('w');

describe('the text of a number', () => {
  it.each([
    [61_706, '61706', '61,706'],
    [-1_234_567, '-1234567', '-1,234,567'],
    [999, '999', '999'],
    [exact(2n ** 64n), '18446744073709551616', '18,446,744,073,709,551,616'],
    [exact(1n, 10_000n), '0.0001', '0.0001'],
    [exact(-5n, 2n), '-2.5', '-2.5'],
    [exact(12_345_678n, 10n), '1234567.8', '1,234,567.8'],
    [exact(85n, 3n), '85/3', '85/3'],
    [exact(-8_500_000n, 3n), '-8500000/3', '-8,500,000/3'],
    [fromDouble(0.1), '3602879701896397/36028797018963968', '3,602,879,701,896,397/36,028,797,018,963,968'],
  ] satisfies readonly (readonly [Exact, string, string])[])('%o is %s', (value, text, grouped) => {
    expect(toText(value)).toBe(text);
    expect(toDigits(value)).toBe(text);
    expect(toGrouped(value)).toBe(grouped);
  });
});

describe('the text of a formula', () => {
  it.each([
    [product([ceilDivide(h, 2), ceilDivide(w, 2), 64]), '⌈h/2⌉·⌈w/2⌉·64', 'ceil(h/2)*ceil(w/2)*64'],
    [add(floorDivide(subtract(h, 7), 2), 1), '⌈h/2⌉ - 3', 'ceil(h/2) - 3'],
    [add(floorDivide(subtract(h, 11), 4), 1), '⌊(h + 1)/4⌋ - 2', 'floor((h + 1)/4) - 2'],
    [modulo(h, 32), 'h - ⌊h/32⌋·32', 'h - floor(h/32)*32'],
    [power(add(h, 1), 3), 'h³ + h²·3 + h·3 + 1', 'h^3 + h^2*3 + h*3 + 1'],
    [divide(add(h, w), 2), '(h + w)/2', '(h + w)/2'],
    [divide(multiply(h, -3), 2), '-h·3/2', '-h*3/2'],
    [divide(multiply(h, w), add(h, 1)), 'h·w/(h + 1)', 'h*w/(h + 1)'],
    [divide(1, multiply(h, 2)), '1/(h·2)', '1/(h*2)'],
    [maximum(h, 3), 'max(h, 3)', 'max(h, 3)'],
    [subtract(4, h), '4 - h', '4 - h'],
  ] satisfies readonly (readonly [Exact | undefined, string, string])[])(
    '%o is %s',
    (value, text, digits) => {
      expect(toText(value ?? 0)).toBe(text);
      expect(toDigits(value ?? 0)).toBe(digits);
    },
  );

  it('groups the digits of its numbers', () => {
    expect(toGrouped(add(multiply(h, 1_234_567), 1000))).toBe('h·1,234,567 + 1,000');
  });
});
