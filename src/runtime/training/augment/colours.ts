import type { Augmentation } from '../../../compiler/training/settings.js';
import type { Generator } from '../../random/generator.js';

/** The settings that change values and leave pixels where they are. */
export const colourParts = [
  'brightness',
  'contrast',
  'saturation',
  'hue',
] as const satisfies (keyof Augmentation)[];

/** Draws and applies the changes in this order: brightness, contrast, saturation, hue. Values may leave 0 to 255. */
export function changeColours(
  pixels: ArrayLike<number>,
  channels: 1 | 3,
  { brightness, contrast, saturation, hue }: Augmentation,
  generator: Generator,
): Float32Array {
  const spread = (most: number): number => most * (2 * generator.uniform() - 1);
  const added = 255 * spread(brightness?.share ?? 0);
  const stretch = 1 + spread(contrast?.share ?? 0);
  const strength = 1 + spread(saturation?.share ?? 0);
  const turn = (spread(hue?.angle ?? 0) * Math.PI) / 180;
  const mean = Float32Array.from(pixels).reduce((sum, value) => sum + value, 0) / Math.max(1, pixels.length);
  const result = Float32Array.from(pixels, (value) => (value - mean) * stretch + mean + added);
  if (channels === 3 && (strength !== 1 || turn !== 0)) turnColours(result, strength, turn);
  return result;
}

/** Strengthens the colours and turns them around the axis of greys (the YIQ colours of NTSC, whose plane I, Q turns). */
function turnColours(pixels: Float32Array, strength: number, turn: number): void {
  const cosine = strength * Math.cos(turn);
  const sine = strength * Math.sin(turn);
  for (let place = 0; place < pixels.length; place += 3) {
    const red = pixels[place] ?? 0;
    const green = pixels[place + 1] ?? 0;
    const blue = pixels[place + 2] ?? 0;
    const light = 0.299 * red + 0.587 * green + 0.114 * blue;
    const inPhase = 0.596 * red - 0.274 * green - 0.322 * blue;
    const quadrature = 0.211 * red - 0.523 * green + 0.312 * blue;
    const i = cosine * inPhase - sine * quadrature;
    const q = sine * inPhase + cosine * quadrature;
    pixels[place] = light + 0.956 * i + 0.621 * q;
    pixels[place + 1] = light - 0.272 * i - 0.647 * q;
    pixels[place + 2] = light - 1.106 * i + 1.703 * q;
  }
}
