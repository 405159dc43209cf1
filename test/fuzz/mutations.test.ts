import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { examples, library } from '../examples/files.js';
import { brokenPromises } from './checks.js';
import { isToken, piecesOf } from './pieces.js';

// The seed of a failure is printed by fast-check; CNNC_FUZZ says how many programs are drawn.

const runs = Number(process.env['CNNC_FUZZ'] ?? 300);
const texts = [...examples, ...library].map(({ text }) => text);
const words = [...new Set(texts.flatMap((text) => piecesOf(text).filter(isToken)))];

/** What a place of a text is changed to. */
const novelty = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '0',
      '-1',
      '1.5',
      '1e999',
      '2 ^ 63',
      '?',
      '1 / 0',
      '[]',
      '""',
      '((',
      '}}',
      'in',
      '__proto__',
      '99999999999999999999',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 5, unit: 'binary' }) },
);

const change = fc.record({ place: fc.nat(), length: fc.nat({ max: 3 }), what: novelty });

const program = fc
  .record({ text: fc.constantFrom(...texts), changes: fc.array(change, { minLength: 1, maxLength: 4 }) })
  .map(({ text, changes }) =>
    changes
      .reduce(
        (pieces, { place, length, what }) => pieces.toSpliced(place % (pieces.length + 1), length, what),
        [...piecesOf(text)],
      )
      .join(''),
  );

/** Programs of nothing but words of the language. */
const salad = fc
  .array(fc.oneof(fc.constantFrom(...words), fc.constantFrom('\n', '\n', '{', '}', '<', '>', '|')), {
    maxLength: 40,
  })
  .map((pieces) => pieces.join(' '));

describe('a program that was changed at random', () => {
  it('breaks no promise', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(program, (text) => {
        expect(brokenPromises(text)).toEqual([]);
      }),
      { numRuns: runs },
    );
  });
});

describe('words of the language at random', () => {
  it('break no promise', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(salad, (text) => {
        expect(brokenPromises(`model M {\n  input 8x8x4\n  ${text}\n}\n`)).toEqual([]);
        expect(brokenPromises(text)).toEqual([]);
      }),
      { numRuns: runs },
    );
  });
});

describe('any text whatever', () => {
  it('breaks no promise', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(brokenPromises(text)).toEqual([]);
      }),
      { numRuns: runs },
    );
  });
});
