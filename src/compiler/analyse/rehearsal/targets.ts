import { nodeAt, type Graph } from '../../ir/graph.js';
import type { AnyOp } from '../../ops/op.js';
import { ops } from '../../ops/registry.js';
import { product, type Exact } from '../../values/exact.js';
import { shapeText } from '../../values/shape-text.js';
import type { Amount } from './amount.js';

/** The targets of the losses that a training takes where nothing else is said: classes, or values; alike outputs share theirs. */
export function targetsOf(graph: Graph, each: (values: Exact) => Amount): readonly Amount[] {
  const targets = new Map<string, Amount>();
  for (const { node } of graph.outputs) {
    const { shape } = nodeAt(graph, node);
    const kind = lossOf(graph, node);
    // Numbers of classes are 4 bytes in whatever type a model is.
    const classes: Amount = { fixed: 0, perImage: product([4, ...shape.slice(0, -1)]) };
    targets.set(`${kind} ${shapeText(shape)}`, kind === 'squared' ? each(product(shape)) : classes);
  }
  return [...targets.values()];
}

/** The nodes before a final softmax or sigmoid, which losses read. */
export function logitsOf(graph: Graph, output: number): readonly number[] {
  const { kind, inputs } = nodeAt(graph, output);
  return kind === 'softmax' || kind === 'sigmoid' ? inputs : [];
}

/** What an output is compared by. */
export type LossKind = 'crossentropy' | 'binary' | 'squared';

/** The loss that fits the last layer: softmax or logits, sigmoid, or any other values. */
export function lossOf(graph: Graph, output: number): LossKind {
  const { kind } = nodeAt(graph, output);
  if (kind === 'sigmoid') return 'binary';
  const op: AnyOp = ops[kind];
  return kind === 'softmax' || op.category !== 'activation' ? 'crossentropy' : 'squared';
}
