import { describe, expect, it } from 'vitest';
import {
  endOfLine,
  joinSpans,
  lineStarts,
  makeSource,
  placeText,
  positionOf,
  spanOf,
  textOf,
} from '../../src/diagnostics/source.js';

describe('the lines of a text', () => {
  const source = makeSource('net.cnn', 'a\nbc\r\nd\re\n');

  it('end with LF, CR LF or CR, and with nothing else', () => {
    expect(lineStarts(source)).toEqual([0, 2, 6, 8, 10]);
    expect(lineStarts(makeSource('net.cnn', 'a\u2028b\u0085c\fd'))).toEqual([0]);
  });

  it('end before what ends them', () => {
    const ends = [1, 2, 3, 4, 5].map((line) => endOfLine(source, line));
    expect(ends).toEqual([1, 4, 7, 9, 10]);
  });

  it('are one where there is nothing', () => {
    expect(lineStarts(makeSource('net.cnn', ''))).toEqual([0]);
    expect(endOfLine(makeSource('net.cnn', ''), 1)).toBe(0);
  });
});

describe('a place', () => {
  const source = makeSource('net.cnn', 'a\n🎉b\n');

  it('has line and column from 1, and keeps its offset', () => {
    expect(positionOf(source, 0)).toEqual({ line: 1, column: 1, offset: 0 });
    expect(positionOf(source, 1)).toEqual({ line: 1, column: 2, offset: 1 });
    expect(positionOf(source, 4)).toEqual({ line: 2, column: 3, offset: 4 });
    expect(positionOf(source, 6)).toEqual({ line: 3, column: 1, offset: 6 });
  });

  it('is named by file, line and column', () => {
    expect(placeText(spanOf(source, 4, 5))).toBe('net.cnn:2:3');
  });
});

describe('a span', () => {
  const source = makeSource('net.cnn', 'conv 6 3x3');

  it('covers text', () => {
    expect(textOf(spanOf(source, 5, 6))).toBe('6');
  });

  it('joins with another, whichever comes first', () => {
    const joined = { source, start: 0, end: 6 };
    expect(joinSpans(spanOf(source, 0, 4), spanOf(source, 5, 6))).toEqual(joined);
    expect(joinSpans(spanOf(source, 5, 6), spanOf(source, 0, 4))).toEqual(joined);
  });
});
