import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../../src/runtime/node/decode-picture.js';
import { end, headerChunk, pngFile, pngOf, type PngChunk, type PngHeader } from './png-file.js';

/** The red, green and blue of every pixel, or what is wrong. */
function pixelsOf(bytes: Uint8Array): readonly number[] | string | undefined {
  const read = decodePicture('a.png', bytes);
  return read.ok ? [...read.value.pixels] : read.problems[0]?.message;
}

function grey(...values: readonly number[]): readonly number[] {
  return values.flatMap((value) => [value, value, value]);
}

const palette: PngChunk = {
  type: 'PLTE',
  data: Uint8Array.of(10, 20, 30, 40, 50, 60, 70, 80, 90, 255, 0, 128),
};
const transparency = (...data: readonly number[]): PngChunk => ({
  type: 'tRNS',
  data: Uint8Array.from(data),
});

interface Kind {
  readonly kind: string;
  readonly header: PngHeader;
  readonly row: readonly number[];
  readonly before?: readonly PngChunk[];
  readonly pixels: readonly number[];
}

const kinds: readonly Kind[] = [
  {
    kind: 'grey of 1 bit',
    header: { width: 3, height: 1, depth: 1, colorType: 0 },
    row: [0b10100000],
    pixels: grey(255, 0, 255),
  },
  {
    kind: 'grey of 2 bits',
    header: { width: 4, height: 1, depth: 2, colorType: 0 },
    row: [0b00011011],
    pixels: grey(0, 85, 170, 255),
  },
  {
    kind: 'grey of 4 bits',
    header: { width: 3, height: 1, depth: 4, colorType: 0 },
    row: [0x07, 0xf0],
    pixels: grey(0, 119, 255),
  },
  {
    kind: 'grey of 8 bits',
    header: { width: 3, height: 1, depth: 8, colorType: 0 },
    row: [0, 100, 255],
    pixels: grey(0, 100, 255),
  },
  {
    kind: 'grey of 16 bits, rounded',
    header: { width: 4, height: 1, depth: 16, colorType: 0 },
    row: [0x00, 0x00, 0x00, 0x81, 0x64, 0x64, 0xff, 0xff],
    pixels: grey(0, 1, 100, 255),
  },
  {
    kind: 'colours of 8 bits',
    header: { width: 2, height: 1, depth: 8, colorType: 2 },
    row: [1, 2, 3, 250, 251, 252],
    pixels: [1, 2, 3, 250, 251, 252],
  },
  {
    kind: 'colours of 16 bits',
    header: { width: 1, height: 1, depth: 16, colorType: 2 },
    row: [1, 1, 2, 2, 3, 3],
    pixels: [1, 2, 3],
  },
  ...[1, 2, 4, 8].map((depth) => ({
    kind: `a palette of ${String(depth)} bits`,
    header: { width: 2, height: 1, depth, colorType: 3 },
    row: depth === 8 ? [1, 0] : [1 << (8 - depth)],
    before: [palette],
    pixels: [40, 50, 60, 10, 20, 30],
  })),
  {
    kind: 'a palette of which one colour lets white through',
    header: { width: 2, height: 1, depth: 8, colorType: 3 },
    row: [0, 1],
    before: [palette, transparency(255, 51)],
    pixels: [10, 20, 30, 212, 214, 216],
  },
  {
    kind: 'grey with opacity, of 8 bits',
    header: { width: 3, height: 1, depth: 8, colorType: 4 },
    row: [0, 255, 0, 0, 0, 51],
    pixels: grey(0, 255, 204),
  },
  {
    kind: 'grey with opacity, of 16 bits',
    header: { width: 2, height: 1, depth: 16, colorType: 4 },
    row: [0, 0, 0xff, 0xff, 0, 0, 0x33, 0x33],
    pixels: grey(0, 204),
  },
  {
    kind: 'colours with opacity, of 8 bits',
    header: { width: 2, height: 1, depth: 8, colorType: 6 },
    row: [255, 0, 0, 255, 255, 0, 0, 51],
    pixels: [255, 0, 0, 255, 204, 204],
  },
  {
    kind: 'colours with opacity, of 16 bits',
    header: { width: 1, height: 1, depth: 16, colorType: 6 },
    row: [0xff, 0xff, 0, 0, 0, 0, 0x33, 0x33],
    pixels: [255, 204, 204],
  },
  {
    kind: 'grey of which one value is transparent',
    header: { width: 2, height: 1, depth: 8, colorType: 0 },
    row: [7, 8],
    before: [transparency(0, 7)],
    pixels: grey(255, 8),
  },
  {
    kind: 'colours of which one is transparent',
    header: { width: 2, height: 1, depth: 8, colorType: 2 },
    row: [1, 2, 3, 1, 2, 4],
    before: [transparency(0, 1, 0, 2, 0, 3)],
    pixels: [255, 255, 255, 1, 2, 4],
  },
];

describe('a PNG file', () => {
  it.each(kinds)('of $kind is read', ({ header, row, before, pixels }) => {
    expect(pixelsOf(pngFile(header, [[0, ...row]], before))).toEqual(pixels);
  });

  it('is unfiltered row by row', () => {
    // None, Sub, Up, Average and Paeth (PNG specification, 9.2), worked out by hand.
    const rows = [
      [0, 10, 20, 30],
      [1, 10, 10, 10],
      [2, 1, 1, 1],
      [3, 5, 5, 5],
      [4, 1, 1, 1],
    ];
    const expected = [10, 20, 30, 10, 20, 30, 11, 21, 31, 10, 20, 30, 11, 21, 31];
    expect(pixelsOf(pngFile({ width: 3, height: 5, depth: 8, colorType: 0 }, rows))).toEqual(
      grey(...expected),
    );
  });

  it.each([
    [5, 5],
    [1, 1],
    [1, 9],
    [9, 2],
    [8, 8],
    [11, 13],
  ])('that is interlaced is read, %i wide and %i high', (width, height) => {
    const valueAt = (row: number, column: number): number => (row * 31 + column * 7) % 256;
    // The starts and steps of the seven passes (PNG specification, 8.2).
    const passes = [
      { left: 0, top: 0, right: 8, down: 8 },
      { left: 4, top: 0, right: 8, down: 8 },
      { left: 0, top: 4, right: 4, down: 8 },
      { left: 2, top: 0, right: 4, down: 4 },
      { left: 0, top: 2, right: 2, down: 4 },
      { left: 1, top: 0, right: 2, down: 2 },
      { left: 0, top: 1, right: 1, down: 2 },
    ];
    const places = (from: number, step: number, size: number): readonly number[] =>
      Array.from({ length: size }, (_, place) => place).filter(
        (place) => place >= from && (place - from) % step === 0,
      );
    const rows = passes.flatMap(({ left, top, right, down }) => {
      const columns = places(left, right, width);
      if (columns.length === 0) return [];
      return places(top, down, height).map((row) => [0, ...columns.map((column) => valueAt(row, column))]);
    });
    const expected = places(0, 1, height).flatMap((row) =>
      places(0, 1, width).map((column) => valueAt(row, column)),
    );
    const header = { width, height, depth: 8, colorType: 0, interlace: 1 };
    expect(pixelsOf(pngFile(header, rows))).toEqual(grey(...expected));
  });
});

const header: PngHeader = { width: 2, height: 2, depth: 8, colorType: 0 };
const rows = [
  [0, 1, 2],
  [0, 3, 4],
];
const fine = pngFile(header, rows);
const idat = (bytes: readonly number[] | Uint8Array): PngChunk => ({
  type: 'IDAT',
  data: Uint8Array.from(bytes),
});
const packed = (bytes: readonly number[]): PngChunk => idat(deflateSync(Uint8Array.from(bytes)));
const good = packed(rows.flat());

const broken: readonly (readonly [string, Uint8Array])[] = [
  ['is empty', new Uint8Array()],
  ['has half a signature', fine.subarray(0, 4)],
  ['has only a signature', fine.subarray(0, 8)],
  ['ends in its header', fine.subarray(0, 20)],
  ['ends in the checksum of its header', fine.subarray(0, 31)],
  ['begins with another chunk', pngOf([good, headerChunk(header), end])],
  ['has a short header', pngOf([{ type: 'IHDR', data: new Uint8Array(12) }, good, end])],
  ['is 0 wide', pngFile({ ...header, width: 0 }, rows)],
  ['is 0 high', pngFile({ ...header, height: 0 }, rows)],
  ['is 2^32 - 1 wide', pngFile({ ...header, width: 2 ** 32 - 1 }, rows)],
  ['has more pixels than are allowed', pngFile({ ...header, width: 2 ** 13, height: 2 ** 13 }, rows)],
  ['has 3 bits', pngFile({ ...header, depth: 3 }, rows)],
  ['has colours of 4 bits', pngFile({ ...header, depth: 4, colorType: 2 }, rows)],
  ['has a palette of 16 bits', pngFile({ ...header, depth: 16, colorType: 3 }, rows, [palette])],
  ['has a colour type that there is not', pngFile({ ...header, colorType: 5 }, rows)],
  ['is compressed in another way', pngFile({ ...header, compression: 1 }, rows)],
  ['is filtered in another way', pngFile({ ...header, filter: 1 }, rows)],
  ['is interlaced in another way', pngFile({ ...header, interlace: 2 }, rows)],
  ['has a wrong checksum of its header', pngOf([{ ...headerChunk(header), checksum: 1 }, good, end])],
  ['has a wrong checksum of its pixels', pngOf([headerChunk(header), { ...good, checksum: 1 }, end])],
  ['has no pixels', pngOf([headerChunk(header), end])],
  ['has no end', pngOf([headerChunk(header), good])],
  ['ends in its pixels', fine.subarray(0, fine.length - 20)],
  ['has a chunk that is longer than the file', fine.map((byte, place) => (place === 33 ? 0x7f : byte))],
  ['has pixels that are not compressed', pngOf([headerChunk(header), idat(rows.flat()), end])],
  ['has compressed pixels that end', pngOf([headerChunk(header), idat(good.data.subarray(0, 6)), end])],
  ['has too few rows', pngFile(header, rows.slice(1))],
  ['has an unknown filter', pngFile(header, [[5, 1, 2], ...rows.slice(1)])],
  ['has no palette where one is needed', pngFile({ ...header, colorType: 3 }, rows)],
  ['goes beyond its palette', pngFile({ ...header, colorType: 3 }, [[0, 1, 9], ...rows.slice(1)], [palette])],
  ['has a chunk that must be understood', pngFile(header, rows, [{ type: 'ABCD', data: Uint8Array.of(1) }])],
  ['is interlaced with too few rows', pngFile({ ...header, interlace: 1 }, rows.slice(1))],
  [
    'is interlaced, and 16 MB where 7 bytes should be',
    pngOf([headerChunk({ ...header, interlace: 1 }), idat(deflateSync(new Uint8Array(2 ** 24))), end]),
  ],
];

describe('a broken PNG file', () => {
  it.each(broken)('that %s is refused', (_what, bytes) => {
    const read = decodePicture('a.png', bytes);
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'broken-image' }] });
    expect(read.ok ? [] : read.problems).toHaveLength(1);
  });

  it('is refused before anything is allocated for its pixels', () => {
    expect(pixelsOf(pngFile({ ...header, width: 2 ** 16, height: 2 ** 15 }, rows))).toBe(
      'a.png is 65536 pixels wide and 32768 high: limit 33554432 pixels, got 2147483648',
    );
  });
});
