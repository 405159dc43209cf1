import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { makeSource, spanOf } from '../../src/diagnostics/source.js';
import { diagnostic, find } from './diagnostic.js';

/** The line of source and the line below it, as a terminal shows them, without the numbers. */
function drawn(text: string, marked: string, width = 160): readonly (string | undefined)[] {
  const source = makeSource('net.cnn', text);
  const [, , line, below] = renderDiagnostics([diagnostic(find(source, marked))], { width }).split('\n');
  return [line?.slice('1 │ '.length), below?.slice('  │ '.length)];
}

describe('a caret stands below what it means', () => {
  it.each([
    ['a tab', '\tgap', 'gap', '    gap', '    ^^^'],
    ['a tab in the middle', 'a\tgap', 'gap', 'a    gap', '     ^^^'],
    ['a tab itself', 'a\tb', '\t', 'a    b', ' ^^^^'],
    ['wide characters', '"畳み込み" gap', 'gap', '"畳み込み" gap', '           ^^^'],
    ['a wide character itself', 'a 層 b', '層', 'a 層 b', '  ^^'],
    ['an emoji', '"🎉" gap', 'gap', '"🎉" gap', '     ^^^'],
    ['an emoji with a tone of skin', '"👍🏽" gap', 'gap', '"👍🏽" gap', '     ^^^'],
    ['a flag', '"🇩🇪" gap', 'gap', '"🇩🇪" gap', '     ^^^'],
    ['combining marks', '"e\u0301\u0323" gap', 'gap', '"e\u0301\u0323" gap', '    ^^^'],
    ['a combining mark itself', '"e\u0301"', '\u0301', '"e\u0301"', ' ^'],
    ['half-width forms', '"ｱｲ" gap', 'gap', '"ｱｲ" gap', '     ^^^'],
    ['an escape sequence', '\u001b[1m gap', 'gap', '\\u{1b}[1m gap', '          ^^^'],
    ['a direction of writing', '"\u202egap', 'gap', '"\\u{202e}gap', '         ^^^'],
    ['joined emoji, whose joiner is shown', '👩\u200d🚀 gap', 'gap', '👩\\u{200d}🚀 gap', '             ^^^'],
    ['a character that no one sees', 'a\u3164 gap', 'gap', 'a\\u{3164} gap', '          ^^^'],
    ['half of a pair', 'a\ud83d gap', 'gap', 'a\\u{d83d} gap', '          ^^^'],
  ])('behind %s', (_what, text, marked, ...shown) => {
    expect(drawn(text, marked)).toEqual(shown);
  });

  it('whatever stands before it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, '')),
        (before) => {
          const [line = '', below = ''] = drawn(`${before} <here`, '<here');
          expect(stringWidth(below)).toBe(stringWidth(line));
          expect(below.trimStart()).toBe('^'.repeat('<here'.length));
        },
      ),
    );
  });
});

describe('a line that is too long', () => {
  const words = Array.from({ length: 50 }, (_, place) => `word${String(place).padStart(2, '0')}`).join(' ');

  it('is cut behind what is pointed at', () => {
    expect(drawn(words, 'word01', 44)).toEqual(['word00 word01 word02 word03 word04 wor…', '       ^^^^^^']);
  });

  it('is cut on both sides', () => {
    expect(drawn(words, 'word20', 44)).toEqual([
      '…rd18 word19 word20 word21 word22 word2…',
      '             ^^^^^^',
    ]);
  });

  it('is cut before what is pointed at', () => {
    expect(drawn(words, 'word49', 44)).toEqual([
      '…d44 word45 word46 word47 word48 word49',
      '                                 ^^^^^^',
    ]);
  });

  it('is shown once for each place where they are far apart', () => {
    const source = makeSource('net.cnn', words);
    const found = diagnostic(find(source, 'word40'), {
      related: [
        { span: find(source, 'word02'), label: 'one' },
        { span: find(source, 'word03'), label: 'two' },
      ],
    });
    expect(renderDiagnostics([found], { width: 44 })).toBe(`error[some-code]: a fact
  ┌─ net.cnn:1:281
1 │ …rd00 word01 word02 word03 word04 word0…
  │              ------ one
  │                     ------ two
1 │ …rd38 word39 word40 word41 word42 word4…
  │              ^^^^^^
`);
  });

  it('has carets up to where it is cut', () => {
    const source = makeSource('net.cnn', `let x = "${'a'.repeat(200)}"`);
    const text = renderDiagnostics([diagnostic(spanOf(source, 8, 210))], { width: 44 });
    expect(text.split('\n').slice(2, 4)).toEqual([
      `1 │ let x = "${'a'.repeat(29)}…`,
      `  │         ${'^'.repeat(30)}`,
    ]);
  });

  it('is never wider than it may be, nor cut inside of a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 60, maxLength: 300 }).map((text) => text.replace(/\s/g, '')),
        fc.nat(),
        (text, place) => {
          const source = makeSource('net.cnn', text);
          const start = place % (text.length + 1);
          const [, , line = ''] = renderDiagnostics([diagnostic(spanOf(source, start, start))], {
            width: 60,
          }).split('\n');
          expect(stringWidth(line)).toBeLessThanOrEqual(60);
          expect(line).not.toMatch(/\p{Cs}/u);
        },
      ),
    );
  });

  it('of combining marks without end is cut, too', () => {
    const source = makeSource('net.cnn', `e${'\u0301'.repeat(100_000)} gapp`);
    const text = renderDiagnostics([diagnostic(find(source, 'gapp'))]);
    expect(text.length).toBeLessThan(2000);
    expect(text).toContain('gapp');
  });
});
