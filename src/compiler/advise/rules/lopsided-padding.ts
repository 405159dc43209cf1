import { inputShapes, type Node } from '../../ir/graph.js';
import { reportAt } from '../../ir/report-at.js';
import type { AnyOp } from '../../ops/op.js';
import { ops } from '../../ops/registry.js';
import { lopsidedPaddingProblem } from '../problems.js';
import type { Rule } from '../scene.js';

/** `same` around an even kernel with stride 1. */
export const lopsidedPadding: Rule = ({ graph }, tell) => {
  for (const node of graph.nodes) {
    if (!isSame(node)) continue;
    const op: AnyOp = ops[node.kind];
    const window = op.window(node.args, inputShapes(graph, node));
    if (typeof window !== 'object' || window.upsampling !== undefined) continue;
    const { kernel, stride, dilation } = window;
    const isLopsided = [0, 1].some((direction) => {
      const reach = ((kernel[direction] ?? 1) - 1) * (dilation[direction] ?? 1);
      return stride[direction] === 1 && reach % 2 === 1;
    });
    if (isLopsided) tell(reportAt(lopsidedPaddingProblem, node, { kernel: kernel.join('x') }));
  }
};

function isSame({ args }: Node): boolean {
  return 'pad' in args && args.pad.kind === 'same';
}
