import { convertChannels, type Picture } from './picture.js';

/** Draws an image for the terminal, light pixels as blocks: one character for two rows, so that pixels are square. */
export function drawPicture(picture: Picture, threshold = 100): readonly string[] {
  const { height, width, pixels } = convertChannels(picture, 1);
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

function blockOf(isUpperLight: boolean, isLowerLight: boolean): string {
  if (isUpperLight) return isLowerLight ? '█' : '▀';
  return isLowerLight ? '▄' : ' ';
}
