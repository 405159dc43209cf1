import type { Tensor } from '@tensorflow/tfjs-core';
import { poolWindow } from '../../compiler/ops/pool.js';
import type { OpKind } from '../../compiler/ops/registry.js';
import { placeOf, type Axis } from '../../compiler/ops/types/axis.js';
import type { Pair } from '../../compiler/ops/types/pair.js';
import { ending, endingAll } from './ending.js';
import { only, type Call, type Lowerings } from './lowering.js';
import { activate } from './operations/activate.js';
import * as activations from './operations/activations.js';
import { affine, scaleChannels, type Affine } from './operations/affine.js';
import { normaliseByBatch, normaliseByStatistics } from './operations/batch-normalisation.js';
import { depthToSpace, shuffle, spaceToDepth } from './operations/blocks.js';
import { constants, scaleBy, shiftBy } from './operations/constants.js';
import type { KernelAndBias } from './operations/convolve.js';
import { convolution, depthwiseConvolution } from './operations/convolution.js';
import { dense } from './operations/dense.js';
import { dropout } from './operations/dropout.js';
import { imagesOf } from './operations/geometry.js';
import { resize } from './operations/interpolation.js';
import { averageOf, largestOf, productOf, sumOf } from './operations/joins.js';
import { localResponse } from './operations/lrn.js';
import type { PoolWindow } from './operations/pool-window.js';
import { averagePool, maxPool } from './operations/pooling.js';
import { prelu } from './operations/prelu.js';
import { lastSize } from './operations/rows.js';
import { concat, crop, pad, reshape, same, slice, transpose } from './operations/shape.js';
import { softmax } from './operations/softmax.js';
import { meanOver, standardise, type Standardised } from './operations/standardise.js';
import { transposedConvolution } from './operations/transposed-convolution.js';

/** Every layer on TensorFlow.js: images as batch × height × width × channels, all values float32. */
export const lowerings: Lowerings = {
  input(call) {
    const image = same(only(call), call.tape);
    call.release();
    return image;
  },
  conv(call) {
    const { args, tape } = call;
    return convolution(only(call), kernelAndBias(call), args, tape);
  },
  dwconv: (call) => depthwiseConvolution(only(call), kernelAndBias(call), call.args, call.tape),
  deconv(call) {
    const spreading = { ...call.args, output: rowsAndColumns(call) };
    return transposedConvolution(only(call), kernelAndBias(call), spreading, call.tape);
  },
  dense: (call) => dense(only(call), call.weight('kernel'), call.optionalWeight('bias'), call.tape),
  pool(call) {
    const { args, tape } = call;
    const window = { ...poolWindow(args), output: rowsAndColumns(call) };
    return args.mode === 'max'
      ? maxPool(only(call), window, tape)
      : averagePool(only(call), window, args.count_padding, tape);
  },
  gap: (call) => features(averagePool(only(call), wholeImage(call), false, call.tape), call),
  gmp: (call) => features(maxPool(only(call), wholeImage(call), call.tape), call),
  bn(call) {
    const { args, training, tape } = call;
    const weights = {
      ...gammaAndBeta(call),
      movingMean: call.weight('moving_mean'),
      movingVariance: call.weight('moving_variance'),
    };
    return training === undefined || training.isFrozen('moving_mean')
      ? normaliseByStatistics(only(call), weights, { eps: args.eps, release: call.release, tape })
      : normaliseByBatch(only(call), weights, { ...args, training }, tape);
  },
  layernorm(call) {
    const { args, tape } = call;
    const x = only(call);
    return affineOf(standardise(x, meanOver([x.rank - 1]), args.eps, tape), call);
  },
  groupnorm(call) {
    const { args, tape } = call;
    const x = only(call);
    const [batch = 1] = x.shape;
    const grouped = reshape(x, [batch, -1, args.groups, lastSize(x) / args.groups], tape);
    const standardised = standardise(grouped, meanOver([1, 3]), args.eps, tape);
    const values = ending(standardised.values, (y) => reshape(y, x.shape, tape));
    return affineOf({ ...standardised, values }, call);
  },
  lrn(call) {
    const { size, alpha, beta, k, average } = call.args;
    const response = { depthRadius: (size - 1) / 2, bias: k, alpha: average ? alpha / size : alpha, beta };
    return localResponse(only(call), response, call.tape);
  },
  scale: (call) => scaleChannels(only(call), call.weight('factor'), call.tape),
  normalize(call) {
    const { args, tape } = call;
    const offsets = constants(args.mean.map((value) => -value));
    const shifted = ending(offsets, (each) => shiftBy(only(call), each, tape));
    call.release();
    const factors = constants(args.std.map((value) => 1 / value));
    return endingAll([shifted, factors], () => scaleBy(shifted, factors, tape));
  },

  relu: (call) => activate(only(call), activations.relu, call.tape),
  relu6: (call) => activate(only(call), activations.relu6, call.tape),
  leaky_relu: (call) => activate(only(call), activations.leakyRelu(call.args.alpha), call.tape),
  prelu: (call) => prelu(only(call), call.weight('alpha'), call.tape),
  elu: (call) => activate(only(call), activations.elu(call.args.alpha), call.tape),
  selu: (call) => activate(only(call), activations.selu, call.tape),
  gelu(call) {
    const form = call.args.approximate ? activations.approximateGelu : activations.gelu;
    return activate(only(call), form, call.tape);
  },
  silu: (call) => activate(only(call), activations.silu, call.tape),
  mish: (call) => activate(only(call), activations.mish, call.tape),
  hardswish: (call) => activate(only(call), activations.hardswish, call.tape),
  hardsigmoid: (call) => activate(only(call), activations.hardsigmoid, call.tape),
  sigmoid: (call) => activate(only(call), activations.sigmoid, call.tape),
  tanh: (call) => activate(only(call), activations.tanh, call.tape),
  softplus: (call) => activate(only(call), activations.softplus, call.tape),
  softmax: (call) => softmax(only(call), call.tape),

  dropout(call) {
    const { args, training, tape } = call;
    return training === undefined
      ? same(only(call), tape)
      : dropout(only(call), args.rate, training.seed(), tape);
  },
  flatten: (call) => reshape(only(call), withBatch(call), call.tape),
  reshape: (call) => reshape(only(call), withBatch(call), call.tape),
  permute: (call) => transpose(only(call), [0, ...call.args.order.map((place) => place + 1)], call.tape),
  pad: (call) => pad(only(call), call.args.cells, call.args.value, call.tape),
  crop: (call) => crop(only(call), call.args.cells, call.tape),
  upsample: (call) => resize(only(call), rowsAndColumns(call), call.args.mode, call.tape),
  resize: (call) => resize(only(call), rowsAndColumns(call), call.args.mode, call.tape),
  slice(call) {
    const { axis, range } = call.args;
    const from = call.size(range.from);
    const count = call.size(range.to) - from;
    return slice(only(call), { axis: placeInBatch(axis, call), from, count }, call.tape);
  },
  shuffle: (call) => shuffle(only(call), call.args.groups, call.tape),
  depth_to_space: (call) => depthToSpace(only(call), call.args.block, call.tape),
  space_to_depth: (call) => spaceToDepth(only(call), call.args.block, call.tape),
  identity: (call) => same(only(call), call.tape),

  concat: (call) => concat(call.inputs, placeInBatch(call.args.axis, call), call.tape),
  add: (call) => sumOf(call.inputs, call.tape),
  mul: (call) => productOf(call.inputs, call.tape),
  max: (call) => largestOf(call.inputs, call.tape),
  average: (call) => averageOf(call.inputs, call.tape),
};

type AnyCall = Pick<Call<OpKind>, 'inputs' | 'shape' | 'weight' | 'optionalWeight' | 'tape'>;

function kernelAndBias(call: AnyCall): KernelAndBias {
  return { kernel: call.weight('kernel'), bias: call.optionalWeight('bias') };
}

function gammaAndBeta(call: AnyCall): Affine {
  return { gamma: call.optionalWeight('gamma'), beta: call.optionalWeight('beta') };
}

/** The last step of a normalisation; what it standardised by is not read any more. */
function affineOf({ values, mean, variance }: Standardised, call: AnyCall): Tensor {
  mean.dispose();
  variance.dispose();
  return affine(values, gammaAndBeta(call), call.tape);
}

function rowsAndColumns({ shape }: AnyCall): Pair {
  const [rows = 1, columns = 1] = shape;
  return [rows, columns];
}

/** A window over all of the image. */
function wholeImage(call: AnyCall): PoolWindow {
  const { height, width } = imagesOf(only(call));
  const size: Pair = [height, width];
  return { kernel: size, stride: size, dilation: [1, 1], pad: { kind: 'valid' }, output: [1, 1] };
}

/** Images of one pixel as features. */
function features(x: Tensor, { tape }: AnyCall): Tensor {
  const { batch, channels } = imagesOf(x);
  return reshape(x, [batch, channels], tape);
}

function withBatch(call: AnyCall): readonly number[] {
  const [batch = 1] = only(call).shape;
  return [batch, ...call.shape];
}

/** The place of an axis where the batch comes first. */
function placeInBatch(axis: Axis, { inputs, shape }: AnyCall): number {
  const place = placeOf(axis, shape);
  if (place === undefined) throw new Error(`no axis ${String(axis)} in ${String(inputs[0]?.shape)}`);
  return place + 1;
}
