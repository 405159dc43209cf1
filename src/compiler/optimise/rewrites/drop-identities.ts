import { effectOf, perhapsIdle } from '../../ir/effect.js';
import { inputShapes, type Node } from '../../ir/graph.js';
import type { Rewrite } from '../rewrite.js';

/** Takes layers away that give what arrives at them: dropout at inference, a flatten of features, a pad of no cells. */
export const dropIdentities: Rewrite<Node> = {
  name: 'drop-identities',
  matches: ({ graph }) => graph.nodes.filter(({ kind }) => perhapsIdle.has(kind)),
  refuses(node, { graph }) {
    const [arriving = []] = inputShapes(graph, node);
    const why = effectOf(node, arriving);
    return why === undefined ? undefined : { path: node.path, why };
  },
  builds: ({ id, inputs }) => ({ leaves: new Map([[id, inputs[0]]]) }),
};
