import type { Preprocessing } from '../../compiler/training/settings.js';
import { failWith, problem, type Failure } from '../outcome.js';

/** Turns bytes of an image into what a model sees, channel by channel: (value · scale - mean) / std. */
export interface Normalisation {
  readonly channels: number;
  /** For each channel the 256 results, one after the other. */
  readonly table: Float32Array;
}

/** Computes the results once. Of `mean` and `std` a single number stands for all channels. */
export function normalisationOf({ scale, mean, std }: Preprocessing, channels: number): Normalisation {
  const table = new Float32Array(256 * channels);
  for (let channel = 0; channel < channels; channel += 1) {
    const middle = mean?.[mean.length === 1 ? 0 : channel] ?? 0;
    const deviation = std?.[std.length === 1 ? 0 : channel] ?? 1;
    for (let value = 0; value < 256; value += 1) {
      table[256 * channel + value] = (value * scale - middle) / deviation;
    }
  }
  return { channels, table };
}

/** Writes the normalised values of one or several images. */
export function normaliseInto(
  target: Float32Array,
  offset: number,
  pixels: Uint8Array,
  { channels, table }: Normalisation,
): void {
  for (let place = 0; place < pixels.length; place += 1) {
    target[offset + place] = table[256 * (place % channels) + (pixels[place] ?? 0)] ?? 0;
  }
}

/** Lists of another length than the images have channels. */
export function checkNormalisation(preprocess: Preprocessing, channels: number): Failure | undefined {
  const problems = (['mean', 'std'] as const).flatMap((name) => {
    const count = preprocess[name]?.length ?? 1;
    if (count === 1 || count === channels) return [];
    const has = channels === 1 ? '1 channel' : `${String(channels)} channels`;
    return [
      problem(
        'channels-mismatch',
        `\`${name}\` of \`preprocess\` has ${String(count)} numbers, but the model’s images have ${has}`,
      ),
    ];
  });
  return problems.length === 0 ? undefined : failWith(...problems);
}
