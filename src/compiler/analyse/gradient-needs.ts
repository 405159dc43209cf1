import type { ArgsOfKind, OpKind } from '../ops/registry.js';

/** What the gradients of a layer read on the way back: which of its tensors, and what was made beside them. */
export interface GradientNeeds {
  readonly input: boolean;
  readonly output: boolean;
  /** Tensors of the output's size that are kept beside input and output: standardised values, a mask. */
  readonly beside: number;
}

const nothing: GradientNeeds = { input: false, output: false, beside: 0 };
const input: GradientNeeds = { ...nothing, input: true };
const output: GradientNeeds = { ...nothing, output: true };
const both: GradientNeeds = { ...input, output: true };
/** The standardised values, from which both gradients follow. */
const standardised: GradientNeeds = { ...nothing, beside: 1 };

/** What each layer's gradients read. The table is total: a forgotten layer doesn't compile. */
const gradientNeeds: {
  readonly [K in OpKind]: GradientNeeds | ((args: ArgsOfKind<K>) => GradientNeeds);
} = {
  input: nothing,
  conv: input,
  dwconv: input,
  deconv: input,
  dense: input,
  pool: ({ mode }) => (mode === 'max' ? both : nothing),
  gap: nothing,
  gmp: both,
  bn: standardised,
  layernorm: standardised,
  groupnorm: standardised,
  lrn: both,
  scale: input,
  normalize: nothing,
  relu: output,
  relu6: output,
  leaky_relu: input,
  prelu: input,
  elu: both,
  selu: output,
  gelu: input,
  silu: input,
  mish: input,
  hardswish: input,
  hardsigmoid: input,
  sigmoid: output,
  tanh: output,
  softplus: input,
  softmax: output,
  dropout: { ...nothing, beside: 1 },
  flatten: nothing,
  reshape: nothing,
  permute: nothing,
  pad: nothing,
  crop: nothing,
  upsample: nothing,
  resize: nothing,
  slice: nothing,
  shuffle: nothing,
  depth_to_space: nothing,
  space_to_depth: nothing,
  identity: nothing,
  concat: nothing,
  add: nothing,
  mul: input,
  max: input,
  average: nothing,
};

/** What the gradients of a node read. */
export function needsOf<K extends OpKind>(node: {
  readonly kind: K;
  readonly args: ArgsOfKind<K>;
}): GradientNeeds {
  const needs = gradientNeeds[node.kind];
  return typeof needs === 'function' ? needs(node.args) : needs;
}
