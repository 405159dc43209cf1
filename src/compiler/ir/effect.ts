import type { Shape } from '../ops/op.js';
import type { OpKind } from '../ops/registry.js';
import type { Cells } from '../ops/types/cells.js';
import { equals } from '../values/exact.js';
import type { Node } from './graph.js';

/** The layers that can be written so that they give what arrives at them; for every other one `effectOf` has no answer. */
export const perhapsIdle: ReadonlySet<OpKind> = new Set([
  'dropout',
  'identity',
  'flatten',
  'reshape',
  'permute',
  'pad',
  'crop',
  'slice',
  'shuffle',
  'upsample',
]);

/** What such a layer does at inference to the tensor that arrives, if it does anything. */
export function effectOf(node: Node, arriving: Shape): string | undefined {
  switch (node.kind) {
    case 'flatten':
    case 'reshape':
    case 'slice':
    case 'upsample':
      return isSame(node.shape, arriving) ? undefined : 'it gives other sizes';
    case 'permute':
      return node.args.order.every((from, place) => from === place) ? undefined : 'it exchanges dimensions';
    case 'shuffle':
      return node.args.groups === 1 ? undefined : 'it exchanges channels';
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
