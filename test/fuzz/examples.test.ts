import { describe, expect, it } from 'vitest';
import { examples } from '../examples/files.js';
import { brokenPromises } from './checks.js';
import { isToken, piecesOf } from './pieces.js';

describe.each(examples)('$path', ({ path, text }) => {
  it('keeps every promise, cut anywhere', () => {
    expect(brokenOf(prefixesOf(text))).toEqual([]);
  });

  it('keeps every promise without any one of its tokens, with one doubled, and with two swapped', () => {
    expect(brokenOf(changedTokens(text))).toEqual([]);
  });

  it('is whole as it is', () => {
    expect(brokenPromises(text)).toEqual([]);
    expect(piecesOf(text).join('')).toBe(text);
    expect(path).toMatch(/\.cnn$/);
  });
});

/** What breaks a promise, with the text that does. */
function brokenOf(texts: Iterable<string>): readonly string[] {
  for (const text of texts) {
    const broken = outcomeOf(text);
    if (broken.length > 0) return [...broken, text];
  }
  return [];
}

function outcomeOf(text: string): readonly string[] {
  try {
    return brokenPromises(text);
  } catch (error) {
    return [`it throws ${String(error)}`];
  }
}

function* prefixesOf(text: string): Iterable<string> {
  const step = process.env['CNNC_FUZZ'] === '20000' ? 1 : 7;
  for (let end = 0; end < text.length; end += step) yield text.slice(0, end);
}

function* changedTokens(text: string): Iterable<string> {
  const pieces = piecesOf(text);
  const places = pieces.flatMap((piece, place) => (isToken(piece) ? [place] : []));
  for (const [count, place] of places.entries()) {
    const piece = pieces[place] ?? '';
    yield pieces.with(place, '').join('');
    yield pieces.with(place, `${piece} ${piece}`).join('');
    const next = places[count + 1];
    if (next !== undefined)
      yield pieces
        .with(place, pieces[next] ?? '')
        .with(next, piece)
        .join('');
  }
}
