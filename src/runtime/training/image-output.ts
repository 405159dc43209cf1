import { nodeAt, type Graph } from '../../compiler/ir/graph.js';

/** What a model says of an image, as far as it can be shown: shares of classes are for others to tell. */
export type OutputKind =
  /** One image: height × width × 1 or 3 channels; its sizes may be open. */
  | 'picture'
  /** Numbers. */
  | 'values'
  /** Maps of features, or several images. */
  | 'other';

/** What the outputs of a model are at inference. */
export function outputKindOf(graph: Graph): OutputKind {
  const shapes = graph.outputs.flatMap(({ node, training }) => (training ? [] : [nodeAt(graph, node).shape]));
  if (shapes.every(({ length }) => length <= 1)) return 'values';
  const [only, ...others] = shapes;
  const channels = only?.[2];
  return only?.length === 3 && others.length === 0 && (channels === 1 || channels === 3)
    ? 'picture'
    : 'other';
}
