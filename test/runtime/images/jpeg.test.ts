import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../../src/runtime/node/decode-picture.js';
import { cmyk, grey, progressive, restart, subsampled } from './jpeg-files.js';
import { joined } from './png-file.js';

describe('a JPEG file', () => {
  // What Pillow reads at the four corners, from left to right and from above.
  it.each([
    ['grey', grey, [0, 0, 0, 210, 210, 210, 24, 24, 24, 235, 235, 235]],
    ['in several scans', progressive, [0, 0, 254, 225, 1, 28, 0, 217, 253, 227, 218, 29]],
    ['with half of the colours', subsampled, [0, 3, 243, 218, 4, 28, 10, 211, 255, 231, 213, 41]],
    ['in four inks', cmyk, [235, 51, 143, 235, 51, 143, 235, 51, 143, 235, 51, 143]],
    ['with restart markers', restart, [0, 3, 239, 205, 9, 33, 18, 208, 255, 227, 213, 55]],
  ])('%s is read, to two steps of brightness', (_kind, bytes, corners) => {
    const read = decodePicture('a.jpg', bytes);
    if (!read.ok) throw new Error(read.problems[0]?.message);
    const { height, width, channels, pixels } = read.value;
    expect(channels).toBe(3);
    const places = [0, width - 1, (height - 1) * width, height * width - 1];
    const found = places.flatMap((place) => [...pixels.subarray(3 * place, 3 * place + 3)]);
    found.forEach((value, place) => {
      expect(Math.abs(value - (corners[place] ?? Number.NaN))).toBeLessThanOrEqual(2);
    });
  });
});

/** The grey file, some of its bytes replaced. */
function changed(place: number, ...values: readonly number[]): Uint8Array {
  const bytes = Uint8Array.from(grey);
  bytes.set(values, place);
  return bytes;
}

function without(from: number, to: number): Uint8Array {
  return joined([grey.subarray(0, from), grey.subarray(to)]);
}

// Where the segments of the grey file begin.
const quantization = 20;
const frame = 89;
const huffman = 102;
const secondHuffman = 124;
const scan = 155;
const pixels = 165;

const tooManyScans = joined([
  grey.subarray(0, grey.length - 2),
  ...Array.from({ length: 100 }, () => grey.subarray(scan, grey.length - 2)),
  Uint8Array.of(0xff, 0xd9),
]);

const broken: readonly (readonly [string, Uint8Array, string])[] = [
  ['is two bytes', grey.subarray(0, 2), 'neither a PNG nor a JPEG'],
  ['is three bytes', grey.subarray(0, 3), 'ends before its pixels begin'],
  ['ends in its first segment', grey.subarray(0, 10), 'ends within a segment'],
  ['ends in a table', grey.subarray(0, 50), 'ends within a segment'],
  ['ends behind a table', grey.subarray(0, frame), 'ends before its pixels begin'],
  ['ends in its header', grey.subarray(0, 95), 'ends within a segment'],
  ['ends before its pixels', grey.subarray(0, scan), 'ends before its pixels begin'],
  ['ends in the header of its pixels', grey.subarray(0, 160), 'ends within a segment'],
  ['ends in its pixels', grey.subarray(0, 168), 'ends before its pixels do'],
  ['has no end', grey.subarray(0, grey.length - 2), 'ends before its pixels do'],
  ['ends in the second of several scans', progressive.subarray(0, 300), 'ends before its pixels do'],
  ['has no table of steps', without(quantization, frame), 'its pixels can’t be decoded'],
  ['has no header', without(frame, huffman), 'its pixels have no header'],
  ['lacks a table of codes', without(huffman, secondHuffman), 'its pixels can’t be decoded'],
  ['has no pixels', joined([grey.subarray(0, scan), Uint8Array.of(0xff, 0xd9, 0, 0)]), 'it holds no pixels'],
  ['is 0 high', changed(frame + 5, 0, 0), 'is 8 pixels wide and 0 high'],
  ['is 0 wide', changed(frame + 7, 0, 0), 'is 0 pixels wide and 6 high'],
  ['is too large', changed(frame + 5, 255, 255, 255, 255), 'limit 33554432 pixels, got 4294836225'],
  ['is higher than its pixels', changed(frame + 6, 200), 'its pixels can’t be decoded'],
  ['has samples of 12 bits', changed(frame + 4, 12), 'its samples have 12 bits, and only 8 are read'],
  ['has no component', changed(frame + 3, 8, 8, 0, 6, 0, 8, 0), 'it has 0 components'],
  ['has another number of components', changed(frame + 9, 3), 'its header has the wrong length'],
  ['has a component without rows', changed(frame + 11, 0x10), 'a resolution that there is not'],
  ['has a component of 15 rows', changed(frame + 11, 0x1f), 'a resolution that there is not'],
  ['names a table that there is not', changed(frame + 12, 3), 'its pixels can’t be decoded'],
  ['has a table of no kind', changed(quantization + 4, 0x25), 'its pixels can’t be decoded'],
  ['has codes that are too many', changed(huffman + 5, 255, 255, 255), 'its pixels can’t be decoded'],
  ['is arithmetically coded', changed(frame + 1, 0xc9), 'arithmetically coded, which isn’t read'],
  ['is lossless', changed(frame + 1, 0xc3), 'it is lossless'],
  ['has a segment of no length', changed(frame + 2, 0, 0), 'ends within a segment'],
  ['has a segment that is longer than the file', changed(frame + 2, 0xff, 0xff), 'ends within a segment'],
  [
    'has something between its segments',
    joined([grey.subarray(0, 20), Uint8Array.of(1, 2, 3, 4), grey.subarray(20)]),
    'a segment doesn’t begin where',
  ],
  ['has pixels of a component that there is not', changed(scan + 5, 77), 'its pixels can’t be decoded'],
  ['has a marker in its pixels', changed(pixels, 0xff, 0x41), 'its pixels can’t be decoded'],
  ['has a hundred scans too many', tooManyScans, 'it has more than 100 scans'],
];

describe('a broken JPEG file', () => {
  it.each(broken)('that %s is refused', (_what, bytes, why) => {
    const read = decodePicture('a.jpg', bytes);
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'broken-image' }] });
    expect(read.ok ? '' : read.problems[0]?.message).toContain(why);
  });
});
