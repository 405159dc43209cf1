import { inputShapes, nodeAt, type Node, type NodeOf } from '../../ir/graph.js';
import { ops } from '../../ops/registry.js';
import type { Edit } from '../edit.js';
import type { Model, Values } from '../model.js';
import type { Rewrite } from '../rewrite.js';

/** A layer whose kernel and bias can take a factor and an offset of each channel up. */
type Weighing = NodeOf<'conv'> | NodeOf<'dwconv'> | NodeOf<'deconv'> | NodeOf<'dense'>;

/** A batch normalisation and the layer before it. */
interface Pair {
  readonly norm: NodeOf<'bn'>;
  readonly before: Node;
}

/**
 * Folds a batch normalisation into the kernel and the bias of the layer before it (Jacob et al. 2018, §3.2): what is left is
 * one layer. The values are computed in float64 and rounded once.
 */
export const foldBatchNorm: Rewrite<Pair> = {
  name: 'fold-batch-norm',
  matches: ({ graph }) =>
    graph.nodes.flatMap((norm) =>
      norm.kind === 'bn' ? [{ norm, before: nodeAt(graph, norm.inputs[0] ?? 0) }] : [],
    ),
  refuses({ norm, before }, _model, uses) {
    const why = (text: string) => ({ path: norm.path, why: text });
    if (!isWeighing(before)) return why(`\`${before.kind}\` stands before it, which has no kernel`);
    if (uses.readers(before.id) > 1) return why(`${before.path} has another reader`);
    if (uses.isShared(before.id)) return why(`the weights of ${before.path} are shared`);
    return undefined;
  },
  builds({ norm, before }, model) {
    if (!isWeighing(before)) throw new Error(`nothing can be folded into ${before.path}`);
    return folded(norm, before, model);
  },
};

function isWeighing(node: Node): node is Weighing {
  return node.kind === 'conv' || node.kind === 'dwconv' || node.kind === 'deconv' || node.kind === 'dense';
}

function folded(norm: NodeOf<'bn'>, before: Weighing, model: Model): Edit {
  const { weights } = model;
  const owner = norm.sharesWith === undefined ? norm : nodeAt(model.graph, norm.sharesWith);
  const kernel = valuesOf(weights, `${before.path}.kernel`);
  const bias = weights.get(`${before.path}.bias`)?.values;
  const gamma = norm.args.scale ? valuesOf(weights, `${owner.path}.gamma`).values : undefined;
  const beta = norm.args.center ? valuesOf(weights, `${owner.path}.beta`).values : undefined;
  const mean = valuesOf(weights, `${owner.path}.moving_mean`).values;
  const variance = valuesOf(weights, `${owner.path}.moving_variance`).values;
  const factors = Array.from(variance, (value, c) => (gamma?.[c] ?? 1) / Math.sqrt(value + norm.args.eps));
  const offsets = factors.map((factor, c) => ((bias?.[c] ?? 0) - (mean[c] ?? 0)) * factor + (beta?.[c] ?? 0));
  const channelOf = channelAt(before, kernel.shape);
  const scaled = kernel.values.map((value, place) => value * (factors[channelOf(place)] ?? 1));
  return {
    leaves: new Map([[norm.id, before.id]]),
    changes: [withBias(before, model)],
    weights: new Map([
      [`${before.path}.kernel`, { shape: kernel.shape, values: scaled }],
      [`${before.path}.bias`, { shape: [offsets.length], values: Float32Array.from(offsets) }],
    ]),
  };
}

/** The output channel that a place of the kernel belongs to: the last dimension, or what the layer has instead of it. */
function channelAt({ kind }: Weighing, shape: readonly number[]): (place: number) => number {
  const [third = 1, last = 1] = shape.slice(-2);
  switch (kind) {
    case 'conv':
    case 'dense':
      return (place) => place % last;
    case 'dwconv':
      return (place) => place % (third * last);
    case 'deconv':
      return (place) => Math.floor(place / last) % third;
    default: {
      const never: never = kind;
      return never;
    }
  }
}

/** The layer with a bias, which it may have had before. */
function withBias(before: Weighing, { graph }: Model): Node {
  const inputs = inputShapes(graph, before);
  switch (before.kind) {
    case 'conv': {
      const args = { ...before.args, bias: true };
      return { ...before, args, weights: ops.conv.weights(args, inputs) };
    }
    case 'dwconv': {
      const args = { ...before.args, bias: true };
      return { ...before, args, weights: ops.dwconv.weights(args, inputs) };
    }
    case 'deconv': {
      const args = { ...before.args, bias: true };
      return { ...before, args, weights: ops.deconv.weights(args, inputs) };
    }
    case 'dense': {
      const args = { ...before.args, bias: true };
      return { ...before, args, weights: ops.dense.weights(args, inputs) };
    }
    default: {
      const never: never = before;
      return never;
    }
  }
}

function valuesOf(weights: Model['weights'], name: string): Values {
  const found = weights.get(name);
  if (found === undefined) throw new Error(`\`${name}\` is not among the weights`);
  return found;
}
