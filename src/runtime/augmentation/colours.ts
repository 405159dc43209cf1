import type { Augmentation } from '../../compiler/training/settings.js';
import type { Generator } from '../random/generator.js';
import type { ImageRange } from './augment.js';

/** Changes the values of an image where they stand. */
type Change = (image: Float32Array) => void;

/** The shares of red, green and blue in brightness (ITU-R BT.601). */
const red = 0.299;
const green = 0.587;
const blue = 0.114;

/**
 * Draws a change of brightness, contrast, saturation and hue, one after the other; after each, values beyond black and
 * white are cut off. `undefined` where no setting changes them.
 */
export function drawColours(
  { brightness, contrast, saturation, hue }: Augmentation,
  { white }: Pick<ImageRange, 'white'>,
  generator: Generator,
): Change | undefined {
  const between = (most: number): number => most * (2 * generator.uniform() - 1);
  const added = between(brightness?.share ?? 0) * white;
  const stretch = 1 + between(contrast?.share ?? 0);
  const strength = 1 + between(saturation?.share ?? 0);
  const angle = (between(hue?.angle ?? 0) * Math.PI) / 180;
  const changes: Change[] = [];
  if (brightness !== undefined)
    changes.push((image) => {
      scaleAndAdd(image, 1, added);
    });
  if (contrast !== undefined)
    changes.push((image) => {
      scaleAndAdd(image, stretch, meanOf(image) * (1 - stretch));
    });
  if (saturation !== undefined)
    changes.push((image) => {
      turnColours(image, 0, strength);
    });
  if (hue !== undefined)
    changes.push((image) => {
      turnColours(image, angle, 1);
    });
  if (changes.length === 0) return undefined;
  return (image) => {
    for (const change of changes) {
      change(image);
      cutOff(image, white);
    }
  };
}

function scaleAndAdd(image: Float32Array, factor: number, added: number): void {
  for (let at = 0; at < image.length; at += 1) image[at] = (image[at] ?? 0) * factor + added;
}

function cutOff(image: Float32Array, white: number): void {
  for (let at = 0; at < image.length; at += 1) image[at] = Math.min(Math.max(image[at] ?? 0, 0), white);
}

function meanOf(image: Float32Array): number {
  let sum = 0;
  for (const value of image) sum += value;
  return sum / image.length;
}

/** Turns the two colour differences of YUV by an angle and multiplies them; the brightness stays. */
function turnColours(image: Float32Array, angle: number, factor: number): void {
  const cosine = Math.cos(angle) * factor;
  const sine = Math.sin(angle) * factor;
  for (let at = 0; at + 2 < image.length; at += 3) {
    const r = image[at] ?? 0;
    const g = image[at + 1] ?? 0;
    const b = image[at + 2] ?? 0;
    const y = red * r + green * g + blue * b;
    const u = (b - y) * blueScale;
    const v = (r - y) * redScale;
    const newBlue = y + (u * cosine - v * sine) / blueScale;
    const newRed = y + (u * sine + v * cosine) / redScale;
    image[at] = newRed;
    image[at + 1] = (y - red * newRed - blue * newBlue) / green;
    image[at + 2] = newBlue;
  }
}

/** What makes of b - y and r - y the axes u and v of a colour circle. */
const blueScale = 0.492;
const redScale = 0.877;
