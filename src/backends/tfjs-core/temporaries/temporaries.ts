import { bytesOf, bytesPerValue } from '../../../compiler/analyse/bytes.js';
import type { Moment } from '../../../compiler/analyse/memory.js';
import type { Node, NodeOf } from '../../../compiler/ir/graph.js';
import { isComplaint, type AnyOp, type Shape } from '../../../compiler/ops/op.js';
import { ops, type OpKind } from '../../../compiler/ops/registry.js';
import { channelsOf } from '../../../compiler/ops/sizes.js';
import { add, maximum, multiply, type Exact } from '../../../compiler/values/exact.js';
import { filledKernel, groupParts } from './convolution.js';
import { outputBytes } from './output-bytes.js';
import { poolSteps } from './pooling.js';

/**
 * The bytes that a layer takes on the cpu engine and on WebAssembly beside its inputs and its output, in float32: what
 * its lowering makes on the way. What a kernel of the engine keeps to itself while it runs is not in it.
 */
export function temporariesOf<K extends OpKind>(node: NodeOf<K>, moment: Moment): Exact {
  const needs: Needs<K> = temporaries[node.kind];
  return needs(node, moment);
}

type Needs<K extends OpKind> = (node: NodeOf<K>, moment: Moment) => Exact;

/** One number, where a layer computes with one. */
const scalar = bytesPerValue;
const none: Needs<OpKind> = () => 0;

/** What was made so far, beside what is made of it. */
const twice: Needs<OpKind> = outputBytes;
/** The same, computed with numbers. */
const twiceAndNumber: Needs<OpKind> = (node, moment) => add(outputBytes(node, moment), scalar);

/** What each layer's lowering makes on the way. The table is total: a forgotten layer doesn't compile. */
const temporaries: { readonly [K in OpKind]: Needs<K> } = {
  input: none,
  conv: groupParts,
  dwconv: filledKernel,
  deconv: (node, moment) => (node.args.bias ? outputBytes(node, moment) : 0),
  dense: none,
  pool: poolSteps,
  gap: none,
  gmp: none,
  bn(node, moment) {
    const channels = bytesOf([channelsOf(node.shape)]);
    // A factor and an offset for each channel; once the factor is read, the input may go.
    return moment.isLastReader ? multiply(2, channels) : add(outputBytes(node, moment), channels);
  },
  layernorm: (node, moment) => standardising(node, moment, node.shape.slice(0, -1)),
  groupnorm: (node, moment) => standardising(node, moment, [node.args.groups]),
  lrn: none,
  scale: none,
  normalize(node, moment) {
    const { args } = node;
    const [means, deviations] = [bytesOf([args.mean.length]), bytesOf([args.std.length])];
    const rest = moment.isLastReader ? deviations : add(outputBytes(node, moment), deviations);
    return maximum(means, rest);
  },
  relu: none,
  relu6: none,
  leaky_relu: none,
  prelu: none,
  // Of another alpha than 1 both sides are computed and added.
  elu: (node, moment) => (node.args.alpha === 1 ? 0 : multiply(2, outputBytes(node, moment))),
  selu: none,
  gelu: twiceAndNumber,
  silu: twice,
  mish: twice,
  hardswish: twiceAndNumber,
  hardsigmoid: twiceAndNumber,
  sigmoid: none,
  tanh: none,
  softplus: none,
  softmax: none,
  dropout: none,
  flatten: none,
  reshape: none,
  permute: none,
  pad: none,
  crop: none,
  upsample: none,
  resize: none,
  slice: none,
  shuffle: none,
  depth_to_space: none,
  space_to_depth: none,
  identity: none,
  concat: none,
  add: joinedSoFar,
  mul: joinedSoFar,
  max: joinedSoFar,
  average: twiceAndNumber,
};

/** All but the last of the tensors that are joined, where that are at least two. */
function joinedSoFar({ kind, args }: Pick<Node, 'kind' | 'args'>, { shapes, batch }: Moment): Exact {
  if (shapes.length < 3) return 0;
  const op: AnyOp = ops[kind];
  const joined = op.inferShape(args, shapes.slice(0, -1));
  return isComplaint(joined) ? 0 : multiply(batch, bytesOf(joined));
}

/** The values and their squares, and besides them mean, variance and factor of each group of values. */
function standardising(node: Pick<Node, 'shape'>, moment: Moment, groups: Shape): Exact {
  return add(outputBytes(node, moment), multiply(3, multiply(moment.batch, bytesOf(groups))));
}
