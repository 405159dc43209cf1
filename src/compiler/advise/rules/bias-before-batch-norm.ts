import { nodeAt } from '../../ir/graph.js';
import { reportAt } from '../../ir/report-at.js';
import { product, toGrouped } from '../../values/exact.js';
import { biasBeforeBatchNormProblem } from '../problems.js';
import type { Rule } from '../scene.js';

/** A bias that only a batch normalisation reads. */
export const biasBeforeBatchNorm: Rule = ({ graph, readersOf, isOutput }, tell) => {
  for (const norm of graph.nodes) {
    const [input] = norm.inputs;
    if (norm.kind !== 'bn' || input === undefined) continue;
    const before = nodeAt(graph, input);
    const bias = before.weights.find(({ name }) => name === 'bias');
    if (bias === undefined || readersOf(before).length > 1 || isOutput(before)) continue;
    const facts = { layer: before.kind, count: toGrouped(product(bias.shape)) };
    const related = [{ span: norm.origin.span, label: 'subtracts the mean of every channel' }];
    tell(reportAt(biasBeforeBatchNormProblem, before, facts, { related }));
  }
};
