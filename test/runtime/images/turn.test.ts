import { describe, expect, it } from 'vitest';
import { turnPicture, type Orientation } from '../../../src/runtime/images/turn.js';
import { decodePicture } from '../../../src/runtime/node/decode-picture.js';
import { subsampled } from './jpeg-files.js';

/** Stored as two rows of three. */
const stored = { height: 2, width: 3, channels: 1, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) } as const;

const seen: readonly (readonly [Orientation, readonly (readonly number[])[]])[] = [
  [
    1,
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ],
  [
    2,
    [
      [3, 2, 1],
      [6, 5, 4],
    ],
  ],
  [
    3,
    [
      [6, 5, 4],
      [3, 2, 1],
    ],
  ],
  [
    4,
    [
      [4, 5, 6],
      [1, 2, 3],
    ],
  ],
  [
    5,
    [
      [1, 4],
      [2, 5],
      [3, 6],
    ],
  ],
  [
    6,
    [
      [4, 1],
      [5, 2],
      [6, 3],
    ],
  ],
  [
    7,
    [
      [6, 3],
      [5, 2],
      [4, 1],
    ],
  ],
  [
    8,
    [
      [3, 6],
      [2, 5],
      [1, 4],
    ],
  ],
];

describe('an image', () => {
  it.each(seen)('that was taken with the camera held in way %i is turned', (orientation, rows) => {
    const { height, width, pixels } = turnPicture(stored, orientation);
    expect([height, width, [...pixels]]).toEqual([rows.length, rows[0]?.length, rows.flat()]);
  });

  it('keeps the colours of a pixel together', () => {
    const colours = { height: 1, width: 2, channels: 3, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) } as const;
    expect([...turnPicture(colours, 3).pixels]).toEqual([4, 5, 6, 1, 2, 3]);
  });
});

describe('a JPEG file', () => {
  it.each([
    ['that says nothing', subsampled, [12, 20]],
    ['that was taken upright', withExif(1), [12, 20]],
    ['that was taken with the camera on its side', withExif(6), [20, 12]],
    ['with an orientation that there is not', withExif(9), [12, 20]],
    ['whose EXIF is cut', withExif(6, 12), [12, 20]],
    ['whose EXIF is nonsense', withExif(6, 8), [12, 20]],
  ])('%s is read in its size as seen', (_, bytes, size) => {
    const read = decodePicture('a.jpg', bytes);
    expect(read.ok && [read.value.height, read.value.width]).toEqual(size);
  });
});

/** The file with a segment of EXIF that has one tag, the orientation; only its first bytes where `keep` says so. */
function withExif(orientation: number, keep = Number.POSITIVE_INFINITY): Uint8Array {
  const tiff = [
    0x49,
    0x49,
    42,
    0,
    8,
    0,
    0,
    0,
    1,
    0,
    0x12,
    1,
    3,
    0,
    1,
    0,
    0,
    0,
    orientation,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
  ];
  const content = [0x45, 0x78, 0x69, 0x66, 0, 0, ...tiff].slice(0, keep);
  const length = content.length + 2;
  const segment = [0xff, 0xe1, Math.floor(length / 256), length % 256, ...content];
  return Uint8Array.of(...subsampled.subarray(0, 2), ...segment, ...subsampled.subarray(2));
}
