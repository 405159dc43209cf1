import type { GraphLowerings } from './call.js';
import * as activations from './lowerings/activation.js';
import { conv, deconv, dwconv } from './lowerings/convolution.js';
import { dense } from './lowerings/dense.js';
import { joined, concat, average } from './lowerings/join.js';
import * as normalisations from './lowerings/normalisation.js';
import { globalPool, pool } from './lowerings/pooling.js';
import * as shapes from './lowerings/shape.js';

/** Every layer as operations of TensorFlow: images as batch × height × width × channels, all values float32. */
export const lowerings: GraphLowerings = {
  input: shapes.input,
  conv,
  dwconv,
  deconv,
  dense,
  pool,
  gap: globalPool('Mean'),
  gmp: globalPool('Max'),
  bn: normalisations.bn,
  layernorm: normalisations.layernorm,
  groupnorm: normalisations.groupnorm,
  lrn: normalisations.lrn,
  scale: normalisations.scale,
  normalize: normalisations.normalize,

  relu: activations.plain('Relu'),
  relu6: activations.plain('Relu6'),
  leaky_relu: activations.leakyRelu,
  prelu: activations.prelu,
  elu: activations.elu,
  selu: activations.plain('Selu'),
  gelu: activations.gelu,
  silu: activations.silu,
  mish: activations.mish,
  hardswish: activations.hardswish,
  hardsigmoid: activations.hardsigmoid,
  sigmoid: activations.plain('Sigmoid'),
  tanh: activations.plain('Tanh'),
  softplus: activations.plain('Softplus'),
  softmax: activations.plain('Softmax'),

  dropout: shapes.same,
  flatten: shapes.reshape,
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
  identity: shapes.same,

  concat,
  add: joined('AddV2'),
  mul: joined('Mul'),
  max: joined('Maximum'),
  average,
};
