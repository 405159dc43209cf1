import { describe, expect, it } from 'vitest';
import { exact } from '../../src/compiler/values/exact.js';
import { openSize } from '../../src/compiler/values/formula.js';
import { bytesText, countText, pairText, shareText } from '../../src/report/quantities.js';

describe('quantities for people', () => {
  it('groups the digits of a count, and shows none as a dash', () => {
    expect(countText(61_706)).toBe('61,706');
    expect(countText(exact(10n ** 18n))).toBe('1,000,000,000,000,000,000');
    expect(countText(0)).toBe('–');
  });

  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.00 KiB'],
    [18_816, '18.4 KiB'],
    [246_824, '241 KiB'],
    [1_048_575, '1.00 MiB'],
    [3_211_264, '3.06 MiB'],
    [244_403_360, '233 MiB'],
  ])('shows %d bytes as %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });

  it('shows bytes that depend on open sizes as a formula', () => {
    expect(bytesText(openSize('h'))).toBe('h B');
  });

  it('shows a share in percent, and none where there is nothing to share', () => {
    expect(shareText(48_120, 61_706)).toBe('78.0%');
    expect(shareText(1, 1_000_000)).toBe('<0.1%');
    expect(shareText(0, 61_706)).toBe('–');
    expect(shareText(0, 0)).toBe('–');
    expect(shareText(openSize('h'), openSize('w'))).toBe('–');
  });

  it('shows a share of a whole that is open where it is known all the same', () => {
    expect(shareText(openSize('h'), openSize('h'))).toBe('100.0%');
  });

  it('shows rows and columns once where they are the same', () => {
    expect(pairText([5, 5])).toBe('5');
    expect(pairText([1, 7])).toBe('1×7');
  });
});
