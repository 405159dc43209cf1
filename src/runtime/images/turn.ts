import type { Picture } from './picture.js';

/**
 * How a camera was held, as EXIF numbers it from 1 to 8: which way the first row and the first column of the stored image
 * point. 1 is upright, 3 upside down, 6 lies on its left side and is turned clockwise, 8 the other way; 2, 4, 5, 7 are mirrored.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** The image as it was seen: turned and mirrored back from how it was stored. */
export function turnPicture(picture: Picture, orientation: Orientation): Picture {
  if (orientation === 1) return picture;
  const { height, width, channels, pixels } = picture;
  const isSideways = orientation >= 5;
  const [rows, columns] = isSideways ? [width, height] : [height, width];
  const isFlippedDown = [3, 4, 7, 8].includes(orientation);
  const isFlippedAcross = [2, 3, 6, 7].includes(orientation);
  const turned = new Uint8Array(pixels.length);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const down = isFlippedDown ? rows - 1 - row : row;
      const across = isFlippedAcross ? columns - 1 - column : column;
      const source = isSideways ? across * width + down : down * width + across;
      const target = row * columns + column;
      for (let channel = 0; channel < channels; channel += 1)
        turned[target * channels + channel] = pixels[source * channels + channel] ?? 0;
    }
  }
  return { height: rows, width: columns, channels, pixels: turned };
}
