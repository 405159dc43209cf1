import { nodeAt, type Node } from '../../ir/graph.js';
import { reportAt } from '../../ir/report-at.js';
import { ops } from '../../ops/registry.js';
import { repeatedActivationProblem } from '../problems.js';
import type { Rule } from '../scene.js';

/** An activation whose only input is another activation that nothing else reads. */
export const repeatedActivation: Rule = ({ graph, readersOf, isOutput }, tell) => {
  for (const node of graph.nodes) {
    const [input] = node.inputs;
    if (!isActivation(node) || input === undefined) continue;
    const before = nodeAt(graph, input);
    if (!isActivation(before) || readersOf(before).length > 1 || isOutput(before)) continue;
    const related = [{ span: before.origin.span, label: `\`${before.kind}\` is here` }];
    tell(reportAt(repeatedActivationProblem, node, { first: before.kind, second: node.kind }, { related }));
  }
};

function isActivation({ kind }: Node): boolean {
  return ops[kind].category === 'activation';
}
