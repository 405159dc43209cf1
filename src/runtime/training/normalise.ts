import type { Preprocessing } from '../../compiler/training/settings.js';
import { usualScale } from '../../compiler/training/usual-scale.js';
import { failWith, problem, type Failure } from '../outcome.js';

/** Turns bytes of an image into what a model sees, channel by channel: (value · scale - mean) / std. */
export interface Normalisation {
  readonly channels: number;
  /** For each channel that is written the 256 results, one after the other. */
  readonly table: Float32Array;
  /** Whether the channels are written in the opposite order: blue, green, red. */
  readonly isReversed: boolean;
}

/** The numbers of a normalisation. */
export interface NormalisationConstants {
  readonly scale: number;
  readonly mean: readonly number[] | undefined;
  readonly std: readonly number[] | undefined;
  readonly isReversed: boolean;
}

/** What is written, or what a convention means: `keras.applications.imagenet_utils.preprocess_input` and its modes. */
export function constantsOf({
  convention,
  scale = usualScale,
  mean,
  std,
}: Preprocessing): NormalisationConstants {
  return convention === undefined ? { scale, mean, std, isReversed: false } : conventions[convention];
}

const conventions: Readonly<Record<NonNullable<Preprocessing['convention']>, NormalisationConstants>> = {
  caffe: { scale: 1, mean: [103.939, 116.779, 123.68], std: undefined, isReversed: true },
  torch: { scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225], isReversed: false },
  tf: { scale: 1 / 127.5, mean: [1], std: undefined, isReversed: false },
};

/** Computes the results once. Of `mean` and `std` a single number stands for all channels. */
export function normalisationOf(preprocess: Preprocessing, channels: number): Normalisation {
  const { scale, mean, std, isReversed } = constantsOf(preprocess);
  const table = new Float32Array(256 * channels);
  for (let channel = 0; channel < channels; channel += 1) {
    const middle = mean?.[mean.length === 1 ? 0 : channel] ?? 0;
    const deviation = std?.[std.length === 1 ? 0 : channel] ?? 1;
    for (let value = 0; value < 256; value += 1) {
      table[256 * channel + value] = (value * scale - middle) / deviation;
    }
  }
  return { channels, table, isReversed };
}

/** Writes the normalised values of one or several images. */
export function normaliseInto(
  target: Float32Array,
  offset: number,
  pixels: Uint8Array,
  { channels, table, isReversed }: Normalisation,
): void {
  for (let place = 0; place < pixels.length; place += 1) {
    const channel = place % channels;
    const read = isReversed ? place + channels - 1 - 2 * channel : place;
    target[offset + place] = table[256 * channel + (pixels[read] ?? 0)] ?? 0;
  }
}

/** Lists of another length than the images have channels. */
export function checkNormalisation(preprocess: Preprocessing, channels: number): Failure | undefined {
  const { convention } = preprocess;
  const constants = constantsOf(preprocess);
  const twice = (['scale', 'mean', 'std'] as const).filter((name) => preprocess[name] !== undefined);
  if (convention !== undefined && twice.length > 0) {
    const refused = twice.map((name) =>
      problem(
        'normalised-twice',
        `\`preprocess ${convention}\` has a \`${name}\` of its own, and another is given`,
        `leave \`${name}\` or \`${convention}\` out`,
      ),
    );
    return failWith(...refused);
  }
  const problems = (['mean', 'std'] as const).flatMap((name) => {
    const count = constants[name]?.length ?? 1;
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
