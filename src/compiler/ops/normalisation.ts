import type { Exact } from '../values/exact.js';
import type { WeightSpec } from './op.js';
import { optional } from './params.js';
import { boolean } from './types/boolean.js';
import { number } from './types/number.js';

/** The parameters of normalising layers with a learned factor and a learned offset for each channel. */
export const affineParams = {
  eps: optional(
    number({ above: 0 }),
    1e-3,
    'added to the variance, so that nothing is divided by zero (Keras; PyTorch has 1e-5)',
  ),
  scale: optional(boolean, true, 'whether a learned factor a channel, gamma, follows'),
  center: optional(boolean, true, 'whether a learned offset a channel, beta, follows'),
} as const;

/** gamma and beta, as far as they are wanted. */
export function affineWeights(
  { scale, center }: { readonly scale: boolean; readonly center: boolean },
  channels: Exact,
): readonly WeightSpec[] {
  return [
    ...(scale ? [{ name: 'gamma', shape: [channels], initializer: 'ones', trainable: true } as const] : []),
    ...(center ? [{ name: 'beta', shape: [channels], initializer: 'zeros', trainable: true } as const] : []),
  ];
}

/** Operations for each value: mean, difference, square and its sum, division, and those with gamma and beta. */
export function normalisingWork({
  scale,
  center,
}: {
  readonly scale: boolean;
  readonly center: boolean;
}): number {
  return 5 + Number(scale) + Number(center);
}
