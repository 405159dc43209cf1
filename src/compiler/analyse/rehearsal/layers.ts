import type { OpKind } from '../../ops/registry.js';
import { product } from '../../values/exact.js';
import { activate, activationMoments } from './activations.js';
import { only, there, type Call, type Rehearsed } from './call.js';
import { convolution, dense, depthwiseConvolution, transposedConvolution } from './convolutions.js';
import { largestOf, productOf, sumOf } from './joins.js';
import {
  affine,
  ending,
  needing,
  remade,
  scaleBy,
  scaleChannels,
  shiftBy,
  standardise,
  view,
  type Affine,
} from './operations.js';
import { globalAverage, globalMaximum, pool } from './pools.js';
import { resize } from './resizing.js';
import type { Held } from './stage.js';

/**
 * The memory that each layer takes in a training step, as the executor's lowerings take it. The table is total: a
 * forgotten layer doesn't compile.
 */
export const rehearsals: { readonly [K in OpKind]: Rehearsed<K> } = {
  input: (call) => view(call.stage, only(call)),
  conv: convolution,
  dwconv: depthwiseConvolution,
  deconv: transposedConvolution,
  dense,
  pool,
  gap: globalAverage,
  gmp: globalMaximum,
  bn(call) {
    const { stage, shapes } = call;
    const channels = call.once(shapes[0]?.at(-1) ?? 1);
    const { values, statistics } = standardise(stage, only(call), channels);
    call.update(channels);
    call.update(channels);
    const y = ending(stage, values, (standard) => affine(stage, standard, gammaAndBeta(call)));
    for (const one of statistics) stage.end(one);
    return y;
  },
  layernorm(call) {
    const [shape = []] = call.shapes;
    return normalised(call, call.each(product(shape.slice(0, -1))));
  },
  groupnorm: (call) => normalised(call, call.each(call.node.args.groups)),
  lrn(call) {
    const { stage } = call;
    const x = only(call);
    const y = stage.make(x.data.amount);
    stage.record(y, [needing(stage, x, [x, y])]);
    return y;
  },
  scale: (call) => scaleChannels(call.stage, only(call), there(call.weight('factor'))),
  normalize(call) {
    const { stage, node } = call;
    const constants = [node.args.mean, node.args.std].map(({ length }) => stage.make(call.once(length)));
    const shifted = shiftBy(stage, only(call));
    call.release();
    const y = ending(stage, shifted, (centred) => scaleBy(stage, centred, there(constants[1])));
    for (const one of constants) stage.end(one);
    return y;
  },
  relu: (call) => activate(call, activationMoments.relu),
  relu6: (call) => activate(call, activationMoments.relu6),
  leaky_relu: (call) => activate(call, activationMoments.leaky_relu),
  prelu,
  elu: (call) => activate(call, activationMoments[call.node.args.alpha === 1 ? 'elu' : 'scaledElu']),
  selu: (call) => activate(call, activationMoments.selu),
  gelu: (call) => activate(call, activationMoments[call.node.args.approximate ? 'approximateGelu' : 'gelu']),
  silu: (call) => activate(call, activationMoments.silu),
  mish: (call) => activate(call, activationMoments.mish),
  hardswish: (call) => activate(call, activationMoments.hardswish),
  hardsigmoid: (call) => activate(call, activationMoments.hardsigmoid),
  sigmoid: (call) => activate(call, activationMoments.sigmoid),
  tanh: (call) => activate(call, activationMoments.tanh),
  softplus: (call) => activate(call, activationMoments.softplus),
  softmax(call) {
    const { stage, shapes } = call;
    const x = only(call);
    const { amount } = x.data;
    const rows = call.each(product(shapes[0]?.slice(0, -1) ?? []));
    const y = stage.make(amount);
    const gradient = (): Held => {
      const products = stage.make(amount);
      const part = ending(stage, stage.make(rows), () => stage.make(amount));
      const result = ending(stage, part, () => stage.make(amount));
      stage.end(products);
      return result;
    };
    stage.record(y, [{ of: x, needs: [y], gradient }]);
    return y;
  },
  dropout(call) {
    const { stage } = call;
    const x = only(call);
    const mask = stage.make(x.data.amount);
    return ending(stage, mask, (factors) => scaleBy(stage, x, factors));
  },
  flatten: (call) => view(call.stage, only(call)),
  reshape: (call) => view(call.stage, only(call)),
  permute: (call) => remade(call.stage, only(call)),
  pad(call) {
    const { top, bottom, left, right } = call.node.args.cells;
    return top + bottom + left + right === 0 ? view(call.stage, only(call)) : cut(call);
  },
  crop: cut,
  upsample: (call) => resize(call, call.node.args.mode),
  resize: (call) => resize(call, call.node.args.mode),
  slice: cut,
  shuffle: rearranged,
  depth_to_space: rearranged,
  space_to_depth: rearranged,
  identity: (call) => view(call.stage, only(call)),
  concat(call) {
    const { stage, inputs, node } = call;
    const y = stage.make(call.each(product(node.shape)));
    stage.record(
      y,
      inputs.map((part) => needing(stage, part, [])),
    );
    return y;
  },
  add: sumOf,
  mul: productOf,
  max: largestOf,
  average(call) {
    const { stage } = call;
    const share = stage.make(call.once(1));
    const y = ending(stage, sumOf(call), (whole) => scaleBy(stage, whole, share));
    stage.end(share);
    return y;
  },
};

function gammaAndBeta(call: Pick<Call<OpKind>, 'weight'>): Affine {
  return { gamma: call.weight('gamma'), beta: call.weight('beta') };
}

/** Standardised by each image's own values, then scaled and shifted. */
function normalised(call: Call<'layernorm'> | Call<'groupnorm'>, mean: Held['data']['amount']): Held {
  const { stage } = call;
  const { values, statistics } = standardise(stage, only(call), mean);
  for (const one of statistics) stage.end(one);
  return ending(stage, values, (standard) => affine(stage, standard, gammaAndBeta(call)));
}

function prelu(call: Call<'prelu'>): Held {
  const { stage } = call;
  const x = only(call);
  const { amount } = x.data;
  const alpha = there(call.weight('alpha'));
  const y = stage.make(amount);
  stage.record(y, [
    needing(stage, alpha, [x], [amount, amount]),
    needing(stage, x, [x, alpha], [amount, amount]),
  ]);
  return y;
}

/** A tensor of the layer's own size, made of some or all values of the input and zeros. */
function cut<K extends OpKind>(call: Call<K>): Held {
  return remade(call.stage, only(call), call.each(product(call.node.shape)));
}

/** The values in another order: seen otherwise, in that order, and seen as the result. */
function rearranged<K extends OpKind>(call: Call<K>): Held {
  const { stage } = call;
  return ending(stage, view(stage, only(call)), (split) =>
    ending(stage, remade(stage, split), (moved) => view(stage, moved)),
  );
}
