import { add } from './add.js';
import { average } from './average.js';
import { bn } from './bn.js';
import { concat } from './concat.js';
import { conv } from './conv.js';
import { crop } from './crop.js';
import { deconv } from './deconv.js';
import { dense } from './dense.js';
import { depthToSpace } from './depth-to-space.js';
import { dropout } from './dropout.js';
import { dwconv } from './dwconv.js';
import { elu } from './elu.js';
import { flatten } from './flatten.js';
import { gap } from './gap.js';
import { gelu } from './gelu.js';
import { gmp } from './gmp.js';
import { groupnorm } from './groupnorm.js';
import { hardsigmoid } from './hardsigmoid.js';
import { hardswish } from './hardswish.js';
import { identity } from './identity.js';
import { input } from './input.js';
import { layernorm } from './layernorm.js';
import { leakyRelu } from './leaky-relu.js';
import { lrn } from './lrn.js';
import { max } from './max.js';
import { mish } from './mish.js';
import { mul } from './mul.js';
import { normalize } from './normalize.js';
import type { AnyOp, Category, Op } from './op.js';
import { pad } from './pad.js';
import { permute } from './permute.js';
import { pool } from './pool.js';
import { prelu } from './prelu.js';
import { relu } from './relu.js';
import { relu6 } from './relu6.js';
import { reshape } from './reshape.js';
import { resize } from './resize.js';
import { scale } from './scale.js';
import { selu } from './selu.js';
import { shuffle } from './shuffle.js';
import { sigmoid } from './sigmoid.js';
import { silu } from './silu.js';
import { slice } from './slice.js';
import { softmax } from './softmax.js';
import { softplus } from './softplus.js';
import { spaceToDepth } from './space-to-depth.js';
import { tanh } from './tanh.js';
import { upsample } from './upsample.js';

/** Every primitive layer by the name it has in the language, in the order of the reference page. */
export const ops = {
  input,
  conv,
  dwconv,
  deconv,
  dense,
  pool,
  gap,
  gmp,
  bn,
  layernorm,
  groupnorm,
  lrn,
  scale,
  normalize,
  relu,
  relu6,
  leaky_relu: leakyRelu,
  prelu,
  elu,
  selu,
  gelu,
  silu,
  mish,
  hardswish,
  hardsigmoid,
  sigmoid,
  tanh,
  softplus,
  softmax,
  dropout,
  flatten,
  reshape,
  permute,
  pad,
  crop,
  upsample,
  resize,
  slice,
  shuffle,
  depth_to_space: depthToSpace,
  space_to_depth: spaceToDepth,
  identity,
  concat,
  add,
  mul,
  max,
  average,
} as const;

/** The name of a primitive layer. */
export type OpKind = keyof typeof ops;

/** The checked arguments of a layer. */
export type ArgsOfKind<K extends OpKind> = (typeof ops)[K] extends Op<infer A> ? A : never;

/** A layer that was found by its name. */
export interface NamedOp {
  readonly kind: OpKind;
  readonly op: AnyOp;
}

/** All names, in the order of the reference page. */
export const opNames: readonly OpKind[] = Object.keys(ops).filter((name) => isOpKind(name));

/** The names that may stand among the arguments of another layer. */
export const activationNames: readonly OpKind[] = namesOf('activation');

/** The names that may have branches. */
export const joinNames: readonly OpKind[] = namesOf('join');

// A map, for a name may be `constructor` or `__proto__`.
const byName: ReadonlyMap<string, NamedOp> = new Map(opNames.map((kind) => [kind, { kind, op: ops[kind] }]));

/** The layer of this name, if there is one. */
export function opNamed(name: string): NamedOp | undefined {
  return byName.get(name);
}

/** Tells the names of layers from other names. */
function isOpKind(name: string): name is OpKind {
  return Object.hasOwn(ops, name);
}

function namesOf(category: Category): readonly OpKind[] {
  return opNames.filter((name) => ops[name].category === category);
}
