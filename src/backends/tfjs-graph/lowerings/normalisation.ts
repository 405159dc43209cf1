import type { NodeOf } from '../../../compiler/ir/graph.js';
import { channelsOf } from '../../../compiler/ops/sizes.js';
import { isOpen, product, toNumber } from '../../../compiler/values/exact.js';
import { boolean, float, integer } from '../attributes.js';
import { only, optionalWeight, withNumber, type Call, type Lowering } from '../call.js';
import type { Tensor } from '../operation.js';
import { reshaped, reshapedLike } from './sizes.js';

/** Batch normalisation that could not be folded: a factor and an offset of each channel. */
export const bn: Lowering<'bn'> = ({ args, shape }, call) => {
  const channels = [toNumber(channelsOf(shape))];
  const factor = call.derived({
    name: 'factor',
    shape: channels,
    values: (read) => rounded(affine(args, read).factors),
  });
  const offset = call.derived({
    name: 'offset',
    shape: channels,
    values: (read) => rounded(affine(args, read).offsets),
  });
  return call.add('AddV2', [call.add('Mul', [only(call), factor]), offset]);
};

/** Normalises over the channels. */
export const layernorm: Lowering<'layernorm'> = ({ args }, call) => {
  const x = only(call);
  return scaledAndShifted(call, standardised(call, x, [x.shape.length], args.eps));
};

/** Normalises over the image and a group of channels. */
export const groupnorm: Lowering<'groupnorm'> = ({ args, shape }, call) => {
  const x = only(call);
  const channels = toNumber(channelsOf(shape));
  const cells = product(shape.slice(0, -1));
  const seen = reshaped(call, x, [cells, args.groups, channels / args.groups]);
  const values = standardised(call, seen, [1, 3], args.eps);
  const back = isOpen(cells) ? reshapedLike(call, values, x) : reshaped(call, values, shape);
  return scaledAndShifted(call, back);
};

/** Local response normalisation, in TensorFlow's terms: a radius, and an alpha that isn't divided. */
export const lrn: Lowering<'lrn'> = ({ args }, call) => {
  const { size, alpha, beta, k, average } = args;
  return call.add('LRN', [only(call)], {
    depth_radius: integer((size - 1) / 2),
    bias: float(k),
    alpha: float(average ? alpha / size : alpha),
    beta: float(beta),
  });
};

/** A learned factor for each channel. */
export const scale: Lowering<'scale'> = (_node, call) => call.add('Mul', [only(call), call.weight('factor')]);

/** Constants that are subtracted and divided by. */
export const normalize: Lowering<'normalize'> = ({ args }, call) => {
  const shifted = call.add('AddV2', [only(call), call.floats(args.mean.map((value) => -value))]);
  return call.add('Mul', [shifted, call.floats(args.std.map((value) => 1 / value))]);
};

/** Shifts and scales to mean 0 and variance 1 over some dimensions, the batch counted as the first. */
function standardised(call: Call, x: Tensor, axes: readonly number[], eps: number): Tensor {
  const mean = (values: Tensor): Tensor =>
    call.add('Mean', [values, call.integers(axes)], { keep_dims: boolean(true) });
  const centred = call.add('Sub', [x, mean(x)]);
  const variance = mean(call.add('Square', [centred]));
  return call.add('Mul', [centred, call.add('Rsqrt', [withNumber(call, 'AddV2', variance, eps)])]);
}

function scaledAndShifted(call: Call, x: Tensor): Tensor {
  const [gamma, beta] = [optionalWeight(call, 'gamma'), optionalWeight(call, 'beta')];
  const scaled = gamma === undefined ? x : call.add('Mul', [x, gamma]);
  return beta === undefined ? scaled : call.add('AddV2', [scaled, beta]);
}

/** What batch normalisation does to each channel at inference, in float64. */
function affine(
  { eps, scale: hasGamma, center }: NodeOf<'bn'>['args'],
  read: (name: string) => Float32Array,
) {
  const [mean, variance] = [read('moving_mean'), read('moving_variance')];
  const gamma = hasGamma ? read('gamma') : undefined;
  const beta = center ? read('beta') : undefined;
  const factors = Array.from(variance, (value, c) => (gamma?.[c] ?? 1) / Math.sqrt(value + eps));
  const offsets = factors.map((factor, c) => (beta?.[c] ?? 0) - (mean[c] ?? 0) * factor);
  return { factors, offsets };
}

function rounded(values: readonly number[]): Float32Array {
  return Float32Array.from(values);
}
