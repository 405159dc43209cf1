import { describe, expect, it } from 'vitest';
import { spanOf } from '../../src/diagnostics/source.js';
import { trailLines } from '../../src/diagnostics/trail.js';
import { lines } from './diagnostic.js';

const source = lines('unit<1>', '  unit<2>');
const step = (text: string, start = 0): { text: string; span: ReturnType<typeof spanOf> } => ({
  text,
  span: spanOf(source, start, start + 7),
});

describe('the way that led to a mistake', () => {
  it('is one line a call, with the rounds of the loops around it', () => {
    const trail = [
      step('unit<2>', 10),
      step('second round of `repeat`'),
      step('31st round of `for`'),
      step('unit<1>'),
    ];
    expect(trailLines(trail)).toEqual([
      'in unit<2>, net.cnn:2:3, second round of `repeat`, 31st round of `for`',
      'in unit<1>, net.cnn:1:1',
    ]);
  });

  it('begins with a round where the loop stands around the place itself', () => {
    expect(trailLines([step('third round of `for`'), step('unit<1>')])).toEqual([
      'in the third round of `for`, net.cnn:1:1',
      'in unit<1>, net.cnn:1:1',
    ]);
  });

  it('is empty where nothing was called', () => {
    expect(trailLines([])).toEqual([]);
  });

  it.each([
    [8, 8],
    [9, 8],
    [64, 8],
  ])('of %i calls has %i lines', (calls, shown) => {
    const trail = Array.from({ length: calls }, (_, place) => step(`unit<${String(place)}>`));
    expect(trailLines(trail)).toHaveLength(shown);
  });

  it('names the innermost calls and the outermost one where there are many', () => {
    const trail = Array.from({ length: 20 }, (_, place) => step(`unit<${String(place)}>`));
    expect(trailLines(trail)).toEqual([
      ...[0, 1, 2, 3, 4, 5].map((place) => `in unit<${String(place)}>, net.cnn:1:1`),
      'in 13 calls more',
      'in unit<19>, net.cnn:1:1',
    ]);
  });
});
