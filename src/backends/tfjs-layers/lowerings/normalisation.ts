import type { Shape } from '../../../compiler/ops/op.js';
import { product, toNumber } from '../../../compiler/values/exact.js';
import { constantWeight, named, only, present, reshape, type Call, type Lowering } from '../call.js';
import type { Config, LayerWeight, Tensor } from '../layer.js';
import { reshapedTo } from './open-size.js';
import { rescaled } from './activation.js';
import { customNote } from './custom.js';

/** Batch normalisation; its momentum and epsilon are Keras' own. */
export const bn: Lowering<'bn'> = ({ args, shape }, call) => {
  const { momentum, eps, center, scale } = args;
  const affine = scale && center ? gammaAndBeta(call) : filledUp(call, shape);
  const config = { axis: -1, momentum, epsilon: eps, center: true, scale: true };
  const weights = [...affine, ...present(call.weight('moving_mean'), call.weight('moving_variance'))];
  return call.add({ className: 'BatchNormalization', config, weights, shape }, only(call));
};

/** Layer normalisation over the channels. */
export const layernorm: Lowering<'layernorm'> = ({ args, shape }, call) => {
  const { eps, center, scale } = args;
  const weights = scale && center ? gammaAndBeta(call) : filledUp(call, shape);
  const config = { axis: -1, epsilon: eps, center: true, scale: true };
  return call.add({ className: 'LayerNormalization', config, weights, shape }, only(call));
};

/** A factor of 1 or an offset of 0 where there is none: with one of them missing, tfjs-layers fails in training. */
function filledUp(call: Call, shape: Shape): readonly LayerWeight[] {
  const channels = toNumber(shape.at(-1) ?? 1);
  const all = (name: string, value: number): LayerWeight =>
    constantWeight(name, [channels], Array<number>(channels).fill(value));
  call.note(
    'one with factor and offset, 1 and 0 where there are none: without, it could not be trained further',
  );
  return [call.weight('gamma') ?? all('gamma', 1), call.weight('beta') ?? all('beta', 0)];
}

/** Group normalisation is a layer of ours. */
export const groupnorm: Lowering<'groupnorm'> = ({ args, shape }, call) => {
  const { groups, eps, center, scale } = args;
  call.note(customNote('CnncGroupNormalization'));
  const config = { groups, epsilon: eps, center, scale };
  return call.add(
    { className: 'CnncGroupNormalization', config, weights: gammaAndBeta(call), shape },
    only(call),
  );
};

/** Local response normalisation is a layer of ours, in TensorFlow's terms: a radius, and an alpha that isn't divided. */
export const lrn: Lowering<'lrn'> = ({ args, shape }, call) => {
  const { size, alpha, beta, k, average } = args;
  call.note(customNote('CnncLocalResponseNormalization'));
  const config = { radius: (size - 1) / 2, alpha: average ? alpha / size : alpha, beta, bias: k };
  return call.add(named('CnncLocalResponseNormalization', undefined, config, shape), only(call));
};

/** One learned factor a channel: a depthwise convolution of one cell. */
export const scale: Lowering<'scale'> = ({ args, shape }, call) => {
  call.note('a depthwise convolution of one cell');
  const factor = call.weight('factor', 'depthwise_kernel', [1, 1, toNumber(shape.at(-1) ?? 1), 1]);
  const config = {
    use_bias: false,
    depthwise_initializer: { class_name: 'Constant', config: { value: args.init } },
  };
  return byChannel(call, config, present(factor));
};

/** Constants: one for all channels is a layer of tfjs-layers, one for each a depthwise convolution that isn't trained. */
export const normalize: Lowering<'normalize'> = ({ args, shape }, call) => {
  const channels = toNumber(shape.at(-1) ?? 1);
  const [mean, std] = [args.mean, args.std];
  if (mean.length === 1 && std.length === 1) {
    const [offset = 0, divisor = 1] = [...mean, ...std];
    return rescaled(call, undefined, only(call), { scale: 1 / divisor, offset: -offset / divisor });
  }
  call.note('a depthwise convolution of one cell, which is not trained');
  const at = (values: readonly number[], place: number): number =>
    values[values.length === 1 ? 0 : place] ?? 1;
  const places = Array.from({ length: channels }, (_, place) => place);
  const factors = places.map((place) => 1 / at(std, place));
  const offsets = places.map((place) => -at(mean, place) / at(std, place));
  return byChannel(call, { use_bias: true, trainable: false }, [
    constantWeight('depthwise_kernel', [1, 1, channels, 1], factors),
    constantWeight('bias', [channels], offsets),
  ]);
};

/** A depthwise convolution of one cell over a tensor of any rank, seen as images where it is none. */
function byChannel(call: Call, config: Config, weights: readonly LayerWeight[]): Tensor {
  const x = only(call);
  const { shape } = x;
  const cell = {
    className: 'DepthwiseConv2D',
    config: { kernel_size: [1, 1], padding: 'valid', ...config },
    weights,
  };
  if (shape.length === 3) return call.add({ ...cell, shape }, x);
  const seen: Shape = [1, product(shape.slice(0, -1)), ...shape.slice(-1)];
  const image = reshape(call, 'seen', x, seen);
  return reshapedTo(call, 'back', call.add({ ...cell, shape: seen }, image), shape);
}

function gammaAndBeta(call: Call): readonly LayerWeight[] {
  return present(call.weight('gamma'), call.weight('beta'));
}
