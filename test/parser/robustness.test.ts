import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSource } from '../../src/diagnostics/source.js';
import { parse, type Parsed } from '../../src/parser/parse.js';
import { print } from '../../src/parser/print.js';
import { programs, samples } from './samples.js';

// What a text may hold that is no program: the parser gives a tree and messages, whatever it is.

const runs = Number(process.env['CNNC_FUZZ'] ?? '300');

/** Parses a text that may be broken anyhow; every place that is told lies in it. */
function survive(text: string): Parsed {
  const parsed = parse(makeSource('broken.cnn', text));
  for (const { span, related, fix, message } of parsed.diagnostics) {
    const spans = [span, ...related.map((one) => one.span), ...(fix === undefined ? [] : [fix.span])];
    for (const { start, end } of spans) {
      const isInside = Number.isInteger(start) && 0 <= start && start <= end && end <= text.length;
      if (!isInside) throw new Error(`${message} stands at ${String(start)} to ${String(end)}`);
    }
  }
  print(parsed.tree);
  return parsed;
}

/** Words, numbers, signs and line ends of a text, with the spaces before them. */
function piecesOf(text: string): readonly string[] {
  return text.match(/[ \t]*(?:\w+|\/\/[^\n]*|[^\w\s]|\n)/g) ?? [];
}

describe('a text that is cut off anywhere', () => {
  it.each(programs.map((text, place) => [place, text] as const))(
    'is no trouble: program %i',
    (_place, text) => {
      for (let end = 0; end <= text.length; end += 1) survive(text.slice(0, end));
    },
  );
});

describe('a text with one piece of it left out, doubled or swapped', () => {
  it.each(programs.map((text, place) => [place, text] as const))(
    'is no trouble: program %i',
    (_place, text) => {
      const pieces = piecesOf(text);
      for (const [place, piece] of pieces.entries()) {
        const before = pieces.slice(0, place).join('');
        const after = pieces.slice(place + 1);
        survive(before + after.join(''));
        survive(before + piece + piece + after.join(''));
        survive(before + (after[0] ?? '') + piece + after.slice(1).join(''));
      }
    },
  );

  it('has few messages: a mistake leads to no flood of them', () => {
    let most = 0;
    for (const text of programs) {
      const pieces = piecesOf(text);
      for (const place of pieces.keys()) {
        // Without the line end behind a comment, a line that opens braces may be part of it: many mistakes.
        if (pieces[place - 1]?.trimStart().startsWith('//') === true) continue;
        const found = survive(pieces.filter((_, other) => other !== place).join('')).diagnostics;
        most = Math.max(most, found.length);
      }
    }
    expect(most).toBeLessThanOrEqual(2);
  });
});

describe('a mutated text', () => {
  const anyPiece = fc.constantFrom(
    ...new Set(samples.flatMap(piecesOf)),
    '\u202e',
    'ï',
    '"',
    '/*',
    '((((',
    '}}}}',
    '<<',
    '\0',
  );

  it(`is no trouble (${String(runs)} of them)`, () => {
    const edit = fc.record({
      at: fc.nat(),
      drop: fc.nat({ max: 3 }),
      add: fc.array(anyPiece, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(edit, { minLength: 1, maxLength: 8 }),
        (text, edits) => {
          const pieces = [...piecesOf(text)];
          for (const { at, drop, add } of edits) pieces.splice(at % (pieces.length + 1), drop, ...add);
          survive(pieces.join(''));
        },
      ),
      { numRuns: runs, verbose: fc.VerbosityLevel.Verbose },
    );
  });

  it(`of signs alone is no trouble (${String(runs)} of them)`, () => {
    fc.assert(
      fc.property(fc.array(anyPiece, { maxLength: 200 }), (pieces) => {
        survive(pieces.join(''));
      }),
      { numRuns: runs },
    );
  });

  it(`of any characters is no trouble (${String(runs)} of them)`, () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        survive(text);
      }),
      { numRuns: runs },
    );
  });
});
