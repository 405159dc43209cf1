import type { LayerLowerings, Lowering } from './call.js';
import { only, present } from './call.js';
import { activation, elu, gelu, hardsigmoid, hardswish, leakyRelu, prelu } from './lowerings/activation.js';
import { conv, deconv, dwconv } from './lowerings/convolution.js';
import { concat, join, max } from './lowerings/join.js';
import { bn, groupnorm, layernorm, lrn, normalize, scale } from './lowerings/normalisation.js';
import { globalPool, pool } from './lowerings/pooling.js';
import * as shapes from './lowerings/shape.js';
import { initializerConfig, regularizerConfig } from './starts.js';

const dense: Lowering<'dense'> = ({ args, shape }, call) => {
  const config = {
    units: args.units,
    use_bias: args.bias,
    kernel_initializer: initializerConfig(args.init),
    bias_initializer: initializerConfig(args.bias_init),
    ...regularizerConfig('kernel_regularizer', args),
  };
  const weights = present(call.weight('kernel'), call.weight('bias'));
  return call.add({ className: 'Dense', config, weights, shape }, only(call));
};

/** Every layer as layers of tfjs-layers 4.22. */
export const lowerings: LayerLowerings = {
  input: shapes.input,
  conv,
  dwconv,
  deconv,
  dense,
  pool,
  gap: globalPool('GlobalAveragePooling2D'),
  gmp: globalPool('GlobalMaxPooling2D'),
  bn,
  layernorm,
  groupnorm,
  lrn,
  scale,
  normalize,
  relu: activation('relu'),
  relu6: activation('relu6'),
  leaky_relu: leakyRelu,
  prelu,
  elu,
  selu: activation('selu'),
  gelu,
  silu: activation('swish'),
  mish: activation('mish'),
  hardswish,
  hardsigmoid,
  sigmoid: activation('sigmoid'),
  tanh: activation('tanh'),
  softplus: activation('softplus'),
  softmax: activation('softmax'),
  dropout: shapes.dropout,
  flatten: shapes.flatten,
  reshape: shapes.reshape,
  permute: shapes.permute,
  pad: shapes.pad,
  crop: shapes.crop,
  upsample: shapes.upsample,
  resize: shapes.resize,
  slice: shapes.slice,
  shuffle: shapes.shuffle,
  depth_to_space: shapes.depthToSpace,
  space_to_depth: shapes.spaceToDepth,
  identity: shapes.identity,
  concat,
  add: join('Add'),
  mul: join('Multiply'),
  max,
  average: join('Average'),
};
