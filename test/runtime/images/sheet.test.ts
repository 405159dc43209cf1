import { describe, expect, it } from 'vitest';
import { drawNumber, numberHeight } from '../../../src/runtime/images/numerals.js';
import type { Picture } from '../../../src/runtime/images/picture.js';
import { drawSheet, sheetSize } from '../../../src/runtime/images/sheet.js';

function plain(side: number, value: number): Picture {
  return { height: side, width: side, channels: 1, pixels: new Uint8Array(side * side).fill(value) };
}

/** The values of an image at a row and a column. */
function at({ width, channels, pixels }: Picture, row: number, column: number): readonly number[] {
  const place = (row * width + column) * channels;
  return [...pixels.subarray(place, place + channels)];
}

describe('drawSheet', () => {
  it('lays images row after row on white, enlarged by a whole number', () => {
    const pictures = [50, 100, 150].map((value) => plain(28, value));
    const grid = { series: 1, rows: 2, columns: 2 };
    const sheet = drawSheet([pictures], grid);
    expect(sheetSize(plain(28, 0), grid)).toEqual({ height: sheet.height, width: sheet.width });
    const across = 4 * 28 + 8;
    const down = 4 * 28 + 3 + numberHeight + 8;
    expect([at(sheet, 8, 8), at(sheet, 8 + 111, 8 + 111)]).toEqual([[50], [50]]);
    expect(at(sheet, 8, 8 + across)).toEqual([100]);
    expect(at(sheet, 8 + down, 8)).toEqual([150]);
    expect(at(sheet, 8 + down, 8 + across)).toEqual([255]);
    expect([at(sheet, 7, 8), at(sheet, 8, 7), at(sheet, 8, 8 + 112)]).toEqual([[255], [255], [255]]);
  });

  it('keeps the size of large images, and is in colours where one of them is', () => {
    const red: Picture = {
      height: 120,
      width: 120,
      channels: 3,
      pixels: Uint8Array.from({ length: 120 * 120 * 3 }, (_, place) => (place % 3 === 0 ? 200 : 0)),
    };
    const sheet = drawSheet([[red], [plain(120, 9)]], { series: 2, rows: 1, columns: 1 });
    expect(sheet.channels).toBe(3);
    expect(sheet.width).toBe(120 + 16);
    expect(at(sheet, 8, 8)).toEqual([200, 0, 0]);
    expect(at(sheet, 8 + 120 + 3 + numberHeight + 8 + 8, 8)).toEqual([9, 9, 9]);
  });

  it('writes under each image its place in the series', () => {
    const pictures = Array.from({ length: 13 }, () => plain(112, 77));
    const sheet = drawSheet([pictures], { series: 1, rows: 1, columns: 13 });
    const drawn = pictures.map((_, place) =>
      Array.from({ length: numberHeight * 24 }, (_cell, cell) => {
        const row = 8 + 112 + 3 + Math.floor(cell / 24);
        return at(sheet, row, 8 + place * 120 + (cell % 24))[0];
      }).join(),
    );
    expect(new Set(drawn).size).toBe(13);
  });
});

describe('drawNumber', () => {
  it('draws digits of squares, side by side', () => {
    const picture = plain(26, 255);
    drawNumber(picture, 14, { top: 0, left: 0 });
    const rows = Array.from({ length: 7 }, (_, row) =>
      Array.from({ length: 11 }, (_cell, column) =>
        at(picture, 2 * row + 1, 2 * column + 1)[0] === 0 ? '#' : '.',
      ).join(''),
    );
    expect(rows).toEqual([
      '..#......#.',
      '.##.....##.',
      '..#....#.#.',
      '..#...#..#.',
      '..#...#####',
      '..#......#.',
      '.###.....#.',
    ]);
  });

  it('leaves away what lies outside', () => {
    const picture = plain(4, 255);
    drawNumber(picture, 8, { top: 0, left: 2 });
    const white = [255, 255, 255, 255];
    expect([...picture.pixels]).toEqual([...white, ...white, 255, 255, 0, 0, 255, 255, 0, 0]);
  });
});
