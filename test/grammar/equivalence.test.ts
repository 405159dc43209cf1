import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenType } from 'chevrotain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeSource } from '../../src/diagnostics/source.js';
import { glue } from '../../src/parser/glue.js';
import { layOut } from '../../src/parser/layout.js';
import { lex } from '../../src/parser/lexer.js';
import { defaultParseLimits } from '../../src/parser/limits.js';
import { parse } from '../../src/parser/parse.js';
import * as t from '../../src/parser/tokens.js';
import { samples } from '../parser/samples.js';
import { drawSentence } from './draw.js';
import { namesIn, readEbnf } from './ebnf.js';
import { isSentence } from './recognise.js';

// The grammar that people read and the parser that reads files are one language: what the first makes the second takes, and
// about broken texts both say the same.

const ebnf = readEbnf(readFileSync(join(import.meta.dirname, '../../grammar/cnn.ebnf'), 'utf8'));
const runs = Number(process.env['CNNC_FUZZ'] ?? '300');
/** Twenty thousand sentences take their time. */
const patience = 300_000;

describe('the grammar file', () => {
  const used = new Set([...ebnf.values()].flatMap(namesIn));

  it('uses only rules that it has, and all of them', () => {
    const rules = [...used].filter((name) => /^[a-z]/.test(name));
    expect(rules.filter((name) => !ebnf.has(name))).toEqual([]);
    expect([...ebnf.keys()].filter((name) => name !== 'file' && !used.has(name))).toEqual([]);
  });

  it('has every word of the language, and no other', () => {
    const words = [...used].flatMap((name) => /^"([a-z]+)"$/.exec(name)?.[1] ?? []);
    expect(words.sort()).toEqual([...t.keywords.keys()].sort());
  });

  it('has every sign of the language, and no other', () => {
    const signs = [...used].flatMap((name) => /^["']([^a-z]+)["']$/.exec(name)?.[1] ?? []);
    const known = t.allTokens.flatMap(({ PATTERN, LABEL }) =>
      typeof PATTERN === 'string' && LABEL === PATTERN ? [PATTERN] : [],
    );
    expect([...new Set(signs)].sort()).toEqual(known.filter((sign) => sign !== ';').sort());
  });
});

/** Numbers from 0 up to 1, the same for a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const words: Readonly<Record<string, readonly string[]>> = {
  NAME: ['a', 'conv', 'filters', 'x2', '_', '__proto__', 'input'],
  NUMBER: ['1', '64', '0.5', '1e-4', '40%', '64KiB'],
  SIZE: ['3x3', '?', '?x?x3'],
  STRING: ['"text"', '""', '"a\\"b"'],
  NEGATIVE: ['-1', '-0.5'],
  END: ['\n', '; ', '\n\n'],
};

/** A sentence as text: a space before everything that is not glued. */
function write(sentence: readonly string[], next: () => number): string {
  let text = '';
  for (const [place, terminal] of sentence.entries()) {
    const choices = words[terminal] ?? [terminal.slice(1, -1)];
    const word = choices[Math.floor(next() * choices.length)] ?? '';
    const isGlued = terminal.startsWith("'") || sentence[place - 1] === "'/'";
    text += isGlued ? word : ` ${word}`;
  }
  return text;
}

/** What the grammar's remarks rule out, and its forms don't. */
function contradictsRemarks(sentence: readonly string[]): boolean {
  return sentence.some((terminal, place) => {
    const next = sentence[place + 1] ?? '';
    if (terminal === "'/'") return !['NAME', 'NUMBER', '"("', '"in"'].includes(next);
    return isGreedyAt(sentence, place);
  });
}

/** True where an `in` or a `-` stands somewhere behind `name=` in a statement: there the remark on arguments decides. */
function isGreedyAt(sentence: readonly string[], place: number): boolean {
  if (sentence[place] !== 'NEGATIVE' && sentence[place] !== '"in"') return false;
  for (let before = place - 1; before >= 0; before -= 1) {
    const terminal = sentence[before] ?? '';
    if (['END', '"->"', '"{"', '"|"'].includes(terminal)) return false;
    if (terminal === '"="') return true;
  }
  return false;
}

/** The tokens of a text as the terminals that each may be; undefined where a single token is wrong already. */
function terminalsOf(text: string): readonly ReadonlySet<string>[] | undefined {
  const source = makeSource('a.cnn', text);
  const lexed = lex(source, defaultParseLimits);
  glue(lexed.tokens);
  const laidOut = layOut(source, lexed.tokens, defaultParseLimits);
  if (lexed.diagnostics.length > 0 || laidOut.diagnostics.length > 0) return undefined;
  return laidOut.tokens.map(({ tokenType, image }) => new Set(terminals.get(tokenType) ?? [`"${image}"`]));
}

const terminals: ReadonlyMap<TokenType, readonly string[]> = new Map<TokenType, readonly string[]>([
  [t.Identifier, ['NAME']],
  [t.ArgumentName, ['NAME']],
  [t.NumberToken, ['NUMBER']],
  [t.Size, ['SIZE']],
  [t.StringToken, ['STRING']],
  [t.Terminator, ['END']],
  [t.GluedMinus, ['"-"', 'NEGATIVE']],
  [t.Stray, []],
  [t.GluedParen, ["'('"]],
  [t.GluedBracket, ["'['"]],
  [t.OpenAngle, ["'<'"]],
  [t.CloseAngle, ["'>'"]],
  [t.StrideSlash, ["'/'"]],
  [t.Dot, ["'.'"]],
]);

const messagesOf = (text: string): readonly string[] =>
  parse(makeSource('a.cnn', text)).diagnostics.map(({ message }) => message);

describe('a sentence of the grammar', () => {
  it(
    `is read, whatever it is (${String(runs)} of them)`,
    () => {
      let count = 0;
      fc.assert(
        fc.property(fc.integer(), fc.integer({ min: 10, max: 40 }), (seed, depth) => {
          const next = randomFrom(seed);
          const sentence = drawSentence(ebnf, 'file', { next, depth });
          if (contradictsRemarks(sentence)) return;
          count += 1;
          const text = write(sentence, next);
          expect(messagesOf(text), text).toEqual([]);
        }),
        { numRuns: runs },
      );
      expect(count).toBeGreaterThan(runs / 2);
    },
    patience,
  );

  it('is recognised as one, of every rule', () => {
    const next = randomFrom(1);
    for (const rule of ebnf.keys()) {
      for (let count = 0; count < 20; count += 1) {
        const sentence = drawSentence(ebnf, rule, { next, depth: 12 });
        const tokens = sentence.flatMap((terminal) =>
          terminal === 'NEGATIVE' ? [new Set(['NEGATIVE']), new Set(['NUMBER'])] : [new Set([terminal])],
        );
        expect(isSentence(ebnf, rule, tokens)).toBe(true);
      }
    }
  });
});

describe('the parser and the grammar', () => {
  it.each(samples)('both take %s', (text) => {
    const tokens = terminalsOf(text);
    expect(tokens !== undefined && isSentence(ebnf, 'file', tokens)).toBe(true);
    expect(messagesOf(text)).toEqual([]);
  });

  it(
    `say the same of broken texts (${String(runs)} of them)`,
    () => {
      const outcomes = { taken: 0, refused: 0 };
      const short = samples.filter((text) => text.length < 1_200);
      const pieces = [...new Set(short.flatMap((text) => text.match(/\w+|[^\w\s"]|"[^"\n]*"|\n/g) ?? []))];
      const edit = fc.record({
        at: fc.nat(),
        drop: fc.nat({ max: 2 }),
        add: fc.array(fc.constantFrom(...pieces), { maxLength: 2 }),
      });
      const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
      fc.assert(
        fc.property(fc.constantFrom(...short), fc.integer(), edits, (sample, seed, changes) => {
          const next = randomFrom(seed);
          const base = next() < 0.5 ? sample : write(drawSentence(ebnf, 'file', { next, depth: 24 }), next);
          const parts = base.match(/\w+|[^\w\s"]|"[^"\n]*"|\s+/g) ?? [];
          for (const { at, drop, add } of changes) parts.splice(at % (parts.length + 1), drop, ...add);
          const text = parts.join('');
          const tokens = terminalsOf(text);
          if (tokens === undefined || tokens.length > 400) return;
          const { diagnostics } = parse(makeSource('a.cnn', text));
          // What is wrong with a number's own digits is no matter of the grammar.
          if (diagnostics.some(({ code }) => code === 'not-a-number' || code === 'size-digits')) return;
          const isRead = diagnostics.length === 0;
          outcomes[isRead ? 'taken' : 'refused'] += 1;
          const sentence = tokens.map((one) => (one.has('NEGATIVE') ? 'NEGATIVE' : ([...one][0] ?? '')));
          if (!isRead && sentence.some((_, place) => isGreedyAt(sentence, place))) return;
          expect(isSentence(ebnf, 'file', tokens), `${text}\n${messagesOf(text).join('\n')}`).toBe(isRead);
        }),
        { numRuns: runs },
      );
      expect(Math.min(outcomes.taken, outcomes.refused)).toBeGreaterThan(runs / 50);
    },
    patience,
  );
});
