import { nodeAt, type Graph, type Node } from '../../ir/graph.js';
import { reportAt } from '../../ir/report-at.js';
import { ops } from '../../ops/registry.js';
import { dropoutBeforeBatchNormProblem } from '../problems.js';
import type { Rule } from '../scene.js';

/** Dropout that reaches a batch normalisation through layers of one input: it changes the variance that is learnt there. */
export const dropoutBeforeBatchNorm: Rule = ({ graph }, tell) => {
  // Whether a dropout's mask shows in a node's tensor; each is decided by its one input, which has a smaller id.
  const droppedBy: (Node | undefined)[] = [];
  for (const node of graph.nodes) {
    const dropped = node.inputs.length === 1 ? droppedBy[node.inputs[0] ?? 0] : undefined;
    if (node.kind === 'bn' && dropped !== undefined) {
      const related = [{ span: node.origin.span, label: 'learns the variance of what was dropped from' }];
      tell(reportAt(dropoutBeforeBatchNormProblem, dropped, { norm: node.path }, { related }));
    }
    droppedBy.push(source(graph, node, dropped));
  }
};

/** The dropout that shows behind a node: a norm or a mean over the image hides it. */
function source(graph: Graph, node: Node, dropped: Node | undefined): Node | undefined {
  if (node.kind === 'dropout' && node.args.rate > 0) return nodeAt(graph, node.id);
  return carries.has(ops[node.kind].category) ? dropped : undefined;
}

const carries: ReadonlySet<string> = new Set([
  'convolution',
  'dense',
  'activation',
  'shape',
  'regularisation',
]);
