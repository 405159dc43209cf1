import type { Picture } from './picture.js';

/** How many pixels high a drawn number is. */
export const numberHeight = 14;

/** Draws a whole number in black, its first digit at a place; what lies outside of the image is left away. */
export function drawNumber(
  picture: Picture,
  value: number,
  { top, left }: { readonly top: number; readonly left: number },
): void {
  for (const [place, digit] of Array.from(String(value)).entries()) {
    for (const [line, dots] of (digits[Number(digit)] ?? []).entries()) {
      for (const [dot, sign] of Array.from(dots).entries()) {
        if (sign === '#') fillSquare(picture, top + line * scale, left + (place * advance + dot) * scale);
      }
    }
  }
}

/** Blackens a dot. */
function fillSquare({ height, width, channels, pixels }: Picture, top: number, left: number): void {
  const end = Math.min(width, left + scale);
  for (let row = top; row < Math.min(height, top + scale); row += 1) {
    if (left < end) pixels.fill(0, (row * width + left) * channels, (row * width + end) * channels);
  }
}

/** Each dot of a digit is a square of this many pixels. */
const scale = 2;

/** From one digit to the next, in dots: five of the digit, one between. */
const advance = 6;

/** The digits from 0 to 9, five dots wide and seven high. */
const digits: readonly (readonly string[])[] = [
  [' ### ', '#   #', '#  ##', '# # #', '##  #', '#   #', ' ### '],
  ['  #  ', ' ##  ', '  #  ', '  #  ', '  #  ', '  #  ', ' ### '],
  [' ### ', '#   #', '    #', '   # ', '  #  ', ' #   ', '#####'],
  ['#####', '   # ', '  #  ', '   # ', '    #', '#   #', ' ### '],
  ['   # ', '  ## ', ' # # ', '#  # ', '#####', '   # ', '   # '],
  ['#####', '#    ', '#### ', '    #', '    #', '#   #', ' ### '],
  ['  ## ', ' #   ', '#    ', '#### ', '#   #', '#   #', ' ### '],
  ['#####', '    #', '   # ', '  #  ', ' #   ', ' #   ', ' #   '],
  [' ### ', '#   #', '#   #', ' ### ', '#   #', '#   #', ' ### '],
  [' ### ', '#   #', '#   #', ' ####', '    #', '   # ', ' ##  '],
];
