import { inputShapes, type Node } from '../../ir/graph.js';
import { reportAt } from '../../ir/report-at.js';
import { channelsOf } from '../../ops/sizes.js';
import { raggedGroupsProblem } from '../problems.js';
import type { Rule } from '../scene.js';

/** Values that processors multiply at once, at the least. */
const lanes = 4;

/** A convolution whose groups have channels or filters that fill no whole number of lanes. */
export const raggedGroups: Rule = ({ graph }, tell) => {
  for (const node of graph.nodes) {
    if (node.kind !== 'conv' || node.args.groups === 1) continue;
    const { groups, filters } = node.args;
    const channels = channelsOf(inputShapes(graph, node)[0] ?? []);
    // One channel a group is a depthwise convolution, which goes over places instead of channels.
    if (typeof channels !== 'number' || channels === groups) continue;
    tellOf(node, channels / groups, 'channels');
    if (channels % (lanes * groups) === 0) tellOf(node, filters / groups, 'filters');
  }

  function tellOf(node: Node & { readonly kind: 'conv' }, each: number, what: string): void {
    const wasted = (lanes - (each % lanes)) % lanes;
    if (wasted > 0)
      tell(reportAt(raggedGroupsProblem, node, { groups: node.args.groups, what, each, wasted }));
  }
};
