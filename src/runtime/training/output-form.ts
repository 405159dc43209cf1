import { inputShapes, nodeAt, type Graph, type Output } from '../../compiler/ir/graph.js';
import type { AnyOp } from '../../compiler/ops/op.js';
import { ops, type OpKind } from '../../compiler/ops/registry.js';
import type { LossSettings } from '../../compiler/training/settings.js';
import type { ShareRule } from './to-shares.js';

/** What an output is: shares between 0 and 1, logits of any size, or what another activation gives. */
export type OutputForm = 'shares' | 'logits' | 'activation';

/** Tells what an output is from the layer that makes its values. */
export function outputForm(graph: Graph, output: Output): OutputForm {
  const kind = makerOf(graph, output.node);
  if (kind === 'softmax' || kind === 'sigmoid') return 'shares';
  const op: AnyOp = ops[kind];
  return op.category === 'activation' ? 'activation' : 'logits';
}

/** What turns an output into shares: nothing, where it is shares or the loss compares the values as they are. */
export function shareMaker(
  graph: Graph,
  output: Output,
  loss: LossSettings,
): 'softmax' | 'sigmoid' | undefined {
  if (loss.kind === 'mse' || outputForm(graph, output) !== 'logits') return undefined;
  return loss.kind === 'crossentropy' ? 'softmax' : 'sigmoid';
}

/** How what a model gives becomes shares of its classes. */
export function shareRule(
  graph: Graph,
  { output, values }: { readonly output: Output; readonly values: number },
  loss: LossSettings,
): ShareRule {
  const maker = shareMaker(graph, output, loss);
  return maker === undefined ? { values } : { values, maker };
}

/** What people should know of outputs that are taken as logits. */
export function logitNotes(graph: Graph, loss: LossSettings): readonly string[] {
  return graph.outputs.flatMap((output) => {
    const maker = shareMaker(graph, output, loss);
    if (maker === undefined) return [];
    const made = `the result of \`${makerOf(graph, output.node)}\``;
    return [
      `the output \`${output.name}\` is ${made}: it is read as logits, as if a ${maker} stood behind it`,
    ];
  });
}

/** The kind of the layer that makes an output's values, behind which they are only laid otherwise. */
function makerOf(graph: Graph, output: number): OpKind {
  let node = nodeAt(graph, output);
  for (;;) {
    const op: AnyOp = ops[node.kind];
    const [input] = node.inputs;
    const isView = op.memory(node.args, inputShapes(graph, node)) === 'view';
    const isSeenThrough = isView || op.category === 'regularisation';
    if (!isSeenThrough || input === undefined) return node.kind;
    node = nodeAt(graph, input);
  }
}
