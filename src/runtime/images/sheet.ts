import { drawNumber, numberHeight } from './numerals.js';
import { convertChannels, type Picture, type PictureShape } from './picture.js';

/** How many images a sheet has in a row, in how many series, each of this many rows. */
export interface SheetGrid {
  readonly series: number;
  readonly rows: number;
  readonly columns: number;
}

/** A sheet of series of images of one size, row after row on white ground, each image over its place in the series, from 0. */
export function drawSheet(series: readonly (readonly Picture[])[], grid: SheetGrid): Picture {
  const all = series.flat();
  const [first] = all;
  if (first === undefined) throw new Error('a sheet without an image');
  const shape: PictureShape = { ...first, channels: all.some(({ channels }) => channels === 3) ? 3 : 1 };
  const { factor, cellHeight, cellWidth } = cellOf(shape);
  const { height, width } = sheetSize(shape, grid);
  const pixels = new Uint8Array(height * width * shape.channels).fill(255);
  const sheet: Picture = { height, width, channels: shape.channels, pixels };
  for (const [number, pictures] of series.entries()) {
    const begin = margin + number * (grid.rows * cellHeight + margin);
    for (const [place, picture] of pictures.entries()) {
      const top = begin + Math.floor(place / grid.columns) * cellHeight;
      const left = margin + (place % grid.columns) * cellWidth;
      lay(sheet, convertChannels(picture, shape.channels), { top, left, factor });
      drawNumber(sheet, place, { top: top + shape.height * factor + labelGap, left });
    }
  }
  return sheet;
}

/** How many pixels high and wide a sheet of such images is. */
export function sheetSize(
  shape: PictureShape,
  { series, rows, columns }: SheetGrid,
): { readonly height: number; readonly width: number } {
  const { cellHeight, cellWidth } = cellOf(shape);
  return { height: margin + series * (rows * cellHeight + margin), width: margin + columns * cellWidth };
}

/** White pixels around images, and between an image and its number. */
const margin = 8;
const labelGap = 3;

/** Small images are enlarged to about this many pixels, so that each of theirs can be seen. */
const clearSide = 112;

function cellOf({ height, width }: PictureShape) {
  const factor = Math.max(1, Math.floor(clearSide / Math.max(height, width)));
  const cellHeight = height * factor + labelGap + numberHeight + margin;
  return { factor, cellHeight, cellWidth: width * factor + margin };
}

/** Lays an image onto a sheet, each pixel as a square. */
function lay(
  sheet: Picture,
  { height, width, channels, pixels }: Picture,
  { top, left, factor }: { readonly top: number; readonly left: number; readonly factor: number },
): void {
  for (let row = 0; row < height * factor; row += 1) {
    for (let column = 0; column < width * factor; column += 1) {
      const source = Math.floor(row / factor) * width + Math.floor(column / factor);
      const target = (top + row) * sheet.width + left + column;
      sheet.pixels.set(pixels.subarray(source * channels, (source + 1) * channels), target * channels);
    }
  }
}
