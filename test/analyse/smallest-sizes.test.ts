import { describe, expect, it } from 'vitest';
import { smallestSizes } from '../../src/compiler/analyse/smallest-sizes.js';
import { graphOf, graphOfBody } from '../compiler/net.js';

/** The conditions of a body with open height and width: `h >= 7 for conv1`. */
function conditionsOf(body: string, input = '?x?x3'): readonly string[] {
  return smallestSizes(graphOfBody(body, input)).map(
    ({ size, atLeast, because }) => `${size} >= ${String(atLeast)} for ${because?.path ?? 'nothing'}`,
  );
}

describe('the smallest image', () => {
  it('holds every window, each direction for itself', () => {
    expect(conditionsOf('conv 8 [7, 3]')).toEqual(['h >= 7 for conv1', 'w >= 3 for conv1']);
    expect(conditionsOf('conv 8 7x7/2\npool max 3x3/2\nconv 8 5x5')).toEqual([
      'h >= 27 for conv2',
      'w >= 27 for conv2',
    ]);
  });

  it('holds what is sliced', () => {
    expect(conditionsOf('pool max 2x2\nslice height 0..4\ngap')).toEqual([
      'h >= 8 for slice1',
      'w >= 2 for pool1',
    ]);
  });

  it('is one pixel where everything is padded, and nothing is said where no size is open', () => {
    expect(conditionsOf('conv 8 7x7/2 same\npool max 3x3/2 same')).toEqual([
      'h >= 1 for nothing',
      'w >= 1 for nothing',
    ]);
    expect(conditionsOf('conv 8 3x3', '8x8x3')).toEqual([]);
  });

  it.each([
    'conv 8 5x5/3',
    'conv 8 3x3 dilation=4',
    'pool avg 3x3/2 ceil=true',
    'crop 3',
    'conv 8 7x7 pad=1',
  ])('is the smallest that compiles: %s', (line) => {
    const text = (input: string) => `model T {\n  input ${input}\n  ${line}\n  gap\n}\n`;
    const [rows = 0, columns = 0] = smallestSizes(graphOf(text('?x?x3'))).map(({ atLeast }) => atLeast);
    const compiles = (height: number, width: number) => {
      try {
        graphOf(text(`${String(height)}x${String(width)}x3`));
        return true;
      } catch {
        return false;
      }
    };
    expect(compiles(rows, columns)).toBe(true);
    if (rows > 1) expect(compiles(rows - 1, columns)).toBe(false);
    if (columns > 1) expect(compiles(rows, columns - 1)).toBe(false);
  });
});
