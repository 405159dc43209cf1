import { inputShapes, type Node } from '../../ir/graph.js';
import type { Shape } from '../../ops/op.js';
import type { OpKind } from '../../ops/registry.js';
import type { Cells } from '../../ops/types/cells.js';
import { equals } from '../../values/exact.js';
import type { Rewrite } from '../rewrite.js';

/** Takes layers away that give what arrives at them: dropout at inference, a flatten of features, a pad of no cells. */
export const dropIdentities: Rewrite<Node> = {
  name: 'drop-identities',
  matches: ({ graph }) => graph.nodes.filter(({ kind }) => possible.has(kind)),
  refuses(node, { graph }) {
    const [arriving = []] = inputShapes(graph, node);
    const why = whatItDoes(node, arriving);
    return why === undefined ? undefined : { path: node.path, why };
  },
  builds: ({ id, inputs }) => ({ leaves: new Map([[id, inputs[0]]]) }),
};

const possible: ReadonlySet<OpKind> = new Set([
  'dropout',
  'identity',
  'flatten',
  'reshape',
  'permute',
  'pad',
  'crop',
]);

/** What a layer does to the tensor that arrives, if it does anything. */
function whatItDoes(node: Node, arriving: Shape): string | undefined {
  switch (node.kind) {
    case 'flatten':
    case 'reshape':
      return isSame(node.shape, arriving) ? undefined : 'it gives other sizes';
    case 'permute':
      return node.args.order.every((from, place) => from === place) ? undefined : 'it exchanges dimensions';
    case 'pad':
      return isNone(node.args.cells) ? undefined : 'it adds cells';
    case 'crop':
      return isNone(node.args.cells) ? undefined : 'it takes cells away';
    default:
      return undefined;
  }
}

function isSame(shape: Shape, arriving: Shape): boolean {
  return (
    shape.length === arriving.length &&
    shape.every((size, place) => equals(size, arriving[place] ?? -1) === true)
  );
}

function isNone({ top, bottom, left, right }: Cells): boolean {
  return top + bottom + left + right === 0;
}
