import { add, mul, neg, rsqrt, scalar, sub, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { ending, endingAll } from '../ending.js';
import { inTurn } from '../in-turn.js';
import type { Training } from '../lowering.js';
import type { Tape } from '../tape.js';
import { affine, type Affine } from './affine.js';
import { scaleBy, shiftBy } from './constants.js';
import { meanOfChannels, standardise } from './standardise.js';

/** The weights of batch normalisation, each `[c]`. */
export interface NormWeights extends Affine {
  readonly movingMean: Tensor;
  readonly movingVariance: Tensor;
}

/** What normalising by a batch needs: epsilon, the share of the old statistics in the new ones, and where these go. */
export interface BatchPass {
  readonly eps: number;
  readonly momentum: number;
  readonly training: Training;
}

/** What normalising by statistics needs beside the weights. */
export interface StatisticsPass {
  readonly eps: number;
  /** Frees the values that arrive, if nothing else reads them. */
  readonly release: () => void;
  readonly tape: Tape | undefined;
}

/** Batch normalisation by the moving statistics; what depends on the weights alone is computed once a channel. */
export function normaliseByStatistics(
  x: Tensor,
  weights: NormWeights,
  { eps, release, tape }: StatisticsPass,
): Tensor {
  const { gamma, beta, movingMean, movingVariance } = weights;
  const inverse = inTurn(movingVariance, (variance) => add(variance, eps), rsqrt);
  if (tape !== undefined) {
    const shifted = shiftBy(x, neg(movingMean), tape);
    const values = ending(shifted, (centred) => scaleBy(centred, inverse, tape));
    return affine(values, weights, tape);
  }
  const factor = gamma === undefined ? inverse : ending(inverse, (y) => mul(y, gamma));
  const offset = inTurn(
    movingMean,
    (mean) => mul(mean, factor),
    (shift) => (beta === undefined ? neg(shift) : sub(beta, shift)),
  );
  const scaled = ending(factor, (y) => mul(x, y));
  release();
  return endingAll([scaled, offset], () => add(scaled, offset));
}

/**
 * Batch normalisation by the batch's own statistics, which also move the moving ones: both with the biased variance, as
 * Keras does.
 */
export function normaliseByBatch(
  x: Tensor,
  weights: NormWeights,
  { eps, momentum, training }: BatchPass,
  tape?: Tape,
): Tensor {
  const { values, mean, variance } = standardise(x, meanOfChannels, eps, tape);
  const moved = (old: Tensor, now: Tensor): Tensor =>
    tidy(() => add(mul(old, scalar(momentum)), mul(now, scalar(1 - momentum))));
  training.update('moving_mean', moved(weights.movingMean, mean));
  training.update('moving_variance', moved(weights.movingVariance, variance));
  return affine(values, weights, tape);
}
