import { effectOf, perhapsIdle } from '../../ir/effect.js';
import { inputShapes, type Node } from '../../ir/graph.js';
import { reportAt } from '../../ir/report-at.js';
import { idleLayerProblem } from '../problems.js';
import type { Rule } from '../scene.js';

/** A line of the model itself that has no effect; in a block or a loop an argument may well be 0 or 1 at times. */
export const idleLayer: Rule = ({ graph }, tell) => {
  for (const node of graph.nodes) {
    const [arriving] = inputShapes(graph, node);
    if (node.origin.trail !== undefined || node.scope !== 0 || arriving === undefined) continue;
    const isIdle = perhapsIdle.has(node.kind) ? effectOf(node, arriving) === undefined : isOnePixel(node);
    if (isIdle && !dropsSomething(node)) tell(reportAt(idleLayerProblem, node, { layer: node.kind }));
  }
};

function dropsSomething(node: Node): boolean {
  return node.kind === 'dropout' && node.args.rate > 0;
}

/** A pool of single pixels, each of which it keeps. */
function isOnePixel(node: Node): boolean {
  if (node.kind !== 'pool') return false;
  const { kernel, stride = kernel, pad } = node.args;
  return [...kernel, ...stride].every((size) => size === 1) && pad.kind !== 'explicit';
}
