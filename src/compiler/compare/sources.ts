import type { Change } from './change.js';
import type { LayerItem, Outline } from './outline.js';

/** Tells for a node of either model which layer of the first it comes from; nothing where its way begins at a new input. */
export interface Sources {
  readonly before: (node: number) => LayerItem | undefined;
  readonly after: (node: number) => LayerItem | undefined;
}

/**
 * Follows tensors back to the nearest layer that both models have. A layer that only one of them has passes on what arrives at
 * its first input, so that what stands behind it counts as reading the same.
 */
export function sourcesOf(outlines: Change<Outline>, layers: ReadonlyMap<LayerItem, LayerItem>): Sources {
  const back = new Map([...layers].map(([before, after]) => [after, before]));
  const before = rootsIn(outlines.before, (layer) => (layers.has(layer) ? layer : undefined));
  const after = rootsIn(outlines.after, (layer) => back.get(layer));
  return { before: (node) => before[node], after: (node) => after[node] };
}

/** By node id; inputs have smaller ids, so one walk is enough. */
function rootsIn(
  { graph, lineOf }: Outline,
  known: (layer: LayerItem) => LayerItem | undefined,
): readonly (LayerItem | undefined)[] {
  const roots: (LayerItem | undefined)[] = [];
  for (const { id } of graph.nodes) {
    const line = lineOf[id];
    const first = line?.head.inputs[0];
    const own = line === undefined ? undefined : known(line);
    roots.push(own ?? (first === undefined ? undefined : roots[first]));
  }
  return roots;
}
