import { reportAt } from '../../ir/report-at.js';
import { channelsOf } from '../../ops/sizes.js';
import { softmaxOfOneProblem } from '../problems.js';
import type { Rule } from '../scene.js';

/** A softmax over one channel. */
export const softmaxOfOne: Rule = ({ graph }, tell) => {
  for (const node of graph.nodes) {
    if (node.kind === 'softmax' && channelsOf(node.shape) === 1)
      tell(reportAt(softmaxOfOneProblem, node, undefined));
  }
};
