import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../../src/runtime/images/encode.js';
import { convertChannels } from '../../../src/runtime/images/picture.js';
import { decodePicture } from '../../../src/runtime/node/decode-picture.js';

const pictures = fc
  .tuple(
    fc.integer({ min: 1, max: 9 }),
    fc.integer({ min: 1, max: 9 }),
    fc.constantFrom(1 as const, 3 as const),
  )
  .chain(([height, width, channels]) => {
    const count = height * width * channels;
    return fc
      .uint8Array({ minLength: count, maxLength: count })
      .map((pixels) => ({ height, width, channels, pixels }));
  });

describe('a picture written as PNG', () => {
  it('is equal when it is read', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        expect(decodePicture('a.png', encodePng(picture))).toEqual({
          ok: true,
          value: convertChannels(picture, 3),
        });
      }),
    );
  });

  it('has the type of its colours in the header', () => {
    const grey = encodePng({ height: 1, width: 1, channels: 1, pixels: Uint8Array.of(7) });
    const colours = encodePng({ height: 1, width: 1, channels: 3, pixels: Uint8Array.of(7, 8, 9) });
    expect([grey[25], colours[25]]).toEqual([0, 2]);
  });
});
