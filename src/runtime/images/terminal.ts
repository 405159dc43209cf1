import { convertChannels, type Picture } from './picture.js';
import { resizePicture } from './resize.js';

/** How an image is drawn. */
export interface DrawOptions {
  /** How many characters a line has at the most; a wider image is made smaller. */
  readonly columns?: number;
  /** From this brightness on, of 255, a pixel is drawn as a block. */
  readonly threshold?: number;
}

/** Draws an image for the terminal, light pixels as blocks: one character for two rows, so that pixels are square. */
export function drawPicture(picture: Picture, options: DrawOptions = {}): readonly string[] {
  const { columns = 80, threshold = 100 } = options;
  const { height, width, pixels } = convertChannels(fitColumns(picture, columns), 1);
  const isLight = (row: number, column: number): boolean =>
    row < height && (pixels[row * width + column] ?? 0) >= threshold;
  return Array.from({ length: Math.ceil(height / 2) }, (_, line) =>
    Array.from({ length: width }, (_cell, column) =>
      blockOf(isLight(2 * line, column), isLight(2 * line + 1, column)),
    )
      .join('')
      .trimEnd(),
  );
}

function fitColumns(picture: Picture, columns: number): Picture {
  const { height, width } = picture;
  if (width <= columns) return picture;
  return resizePicture(picture, Math.max(1, Math.round((height * columns) / width)), columns);
}

function blockOf(isUpperLight: boolean, isLowerLight: boolean): string {
  if (isUpperLight) return isLowerLight ? '█' : '▀';
  return isLowerLight ? '▄' : ' ';
}
