import { describe, expect, it } from 'vitest';
import { exact } from '../../src/compiler/values/exact.js';
import { openSize } from '../../src/compiler/values/formula.js';
import { ceilDivide } from '../../src/compiler/values/exact.js';
import { jsonObject, plainJson, writeJson } from '../../src/report/json.js';

describe('JSON of figures', () => {
  it('writes whole numbers with all their digits', () => {
    expect(writeJson(exact(9_007_199_254_740_993n))).toBe('9007199254740993\n');
    expect(writeJson(exact(10n ** 30n))).toBe(`1${'0'.repeat(30)}\n`);
  });

  it('writes open sizes and fractions without end as strings, decimals as numbers', () => {
    expect(writeJson(ceilDivide(openSize('h'), 2))).toBe('"ceil(h/2)"\n');
    expect(writeJson(exact(1n, 3n))).toBe('"1/3"\n');
    expect(writeJson(exact(1n, 10n))).toBe('0.1\n');
  });

  it('writes what JSON has no number for as null', () => {
    expect(writeJson([Number.NaN, Number.POSITIVE_INFINITY])).toBe('[null, null]\n');
  });

  it('keeps the keys in their order and leaves out what is undefined', () => {
    expect(writeJson(jsonObject({ b: 1, a: undefined, c: 'x' }))).toBe('{\n  "b": 1,\n  "c": "x"\n}\n');
  });

  it('takes any name as a key', () => {
    const text = writeJson(
      new Map([
        ['__proto__', 1],
        ['constructor', 2],
      ]),
    );
    expect(text).toBe('{\n  "__proto__": 1,\n  "constructor": 2\n}\n');
  });

  it('escapes what a terminal or a parser would take for more than text', () => {
    expect(writeJson('\u001b[31m"\ud800')).toBe('"\\u001b[31m\\"\\ud800"\n');
  });

  it('puts lists of plain values on one line, and nothing between empty brackets', () => {
    expect(writeJson(jsonObject({ shape: [28, 28, 6], none: [], empty: new Map() }))).toBe(
      '{\n  "shape": [28, 28, 6],\n  "none": [],\n  "empty": {}\n}\n',
    );
  });

  it('takes plain data as it stands', () => {
    expect(writeJson(plainJson({ a: [{ b: 'c', d: undefined }] }))).toBe(
      '{\n  "a": [\n    {\n      "b": "c"\n    }\n  ]\n}\n',
    );
    expect(() => plainJson(() => 1)).toThrow('no JSON');
  });
});
