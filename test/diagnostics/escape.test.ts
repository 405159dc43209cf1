import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeForAnnotation,
  escapeForAnnotationProperty,
  escapeForTerminal,
} from '../../src/diagnostics/escape.js';

describe('text for a terminal', () => {
  it.each([
    ['an escape sequence', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a title', '\u001b]0;title\u0007', '\\u{1b}]0;title\\u{7}'],
    ['the one-byte form of a sequence', '\u009b2J', '\\u{9b}2J'],
    ['line ends', 'a\r\nb\u2028c\u2029d\u0085e', 'a\\u{d}\\u{a}b\\u{2028}c\\u{2029}d\\u{85}e'],
    ['directions of writing', '\u202ea\u2066b\u2069\u200f', '\\u{202e}a\\u{2066}b\\u{2069}\\u{200f}'],
    ['what nobody sees', 'a\u200bb\u00adc\ufeffd\u3164', 'a\\u{200b}b\\u{ad}c\\u{feff}d\\u{3164}'],
    ['tags', 'a\u{e0041}', 'a\\u{e0041}'],
    ['a lone half of a pair', 'a\ud800b\udc00', 'a\\u{d800}b\\u{dc00}'],
    ['deletion', 'a\u007fb\bc', 'a\\u{7f}b\\u{8}c'],
  ])('shows %s', (_what, text, shown) => {
    expect(escapeForTerminal(text)).toBe(shown);
  });

  it('keeps what people write, tabs included', () => {
    const text = 'conv 6\t3x3 // größer, 畳み込み, e\u0301, 🎉👍🏽🇩🇪 28×28 → “×”';
    expect(escapeForTerminal(text)).toBe(text);
  });
});

describe('a line for GitHub Actions', () => {
  it('keeps percent signs and line ends in the message', () => {
    expect(escapeForAnnotation('dropout 40%\r\nnext: a, b')).toBe('dropout 40%25%0D%0Anext: a, b');
  });

  it('keeps what separates properties in a property', () => {
    expect(escapeForAnnotationProperty('a:b,c%\n')).toBe('a%3Ab%2Cc%25%0A');
  });

  it('shows what would steer the page or the terminal of the log', () => {
    expect(escapeForAnnotation('\u001b[2J\u202e')).toBe('\\u{1b}[2J\\u{202e}');
  });

  it('is one line whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(escapeForAnnotation(text)).not.toMatch(/[\r\n\u2028\u2029]/);
        expect(escapeForAnnotationProperty(text)).not.toMatch(/[\r\n:,]/);
      }),
    );
  });
});
