import { nodeAt, type Graph } from '../ir/graph.js';
import type { Layout } from './buffers.js';
import { exactOrder } from './exact-order.js';
import { greedyOrder } from './greedy-order.js';
import { regionOf, regionsOf, type Region } from './regions.js';

/** The nodes that run, as they are written. */
export function sourceOrder({ bufferOf }: Pick<Layout, 'bufferOf'>): Int32Array {
  return Int32Array.from(bufferOf.keys()).filter((id) => bufferOf[id] !== -1);
}

/**
 * An order that takes at most as much memory as that of the source, where tensors are freed after their last reader. The
 * source is cut where all that follows depends on one tensor; between two cuts the order is searched exactly where few
 * states are possible (a shortest way over the sets of nodes that have run, by their largest sum), else greedily. With
 * sizes that are open it is the order of the source.
 */
export function bestOrder(graph: Graph, layout: Layout): Int32Array {
  const source = sourceOrder(layout);
  if (layout.buffers.some(({ bytes }) => typeof bytes !== 'number')) return source;
  const found = new Int32Array(source.length);
  let states = statesInAll;
  let place = 0;
  for (const ids of regionsOf(graph, layout, source)) {
    const { order, tried } = reordered(graph, layout, ids, Math.min(statesInRegion, states));
    states -= tried;
    found.set(order, place);
    place += order.length;
  }
  return found;
}

/** How many sets of nodes are looked at between two cuts, and in a whole model, before the search is given up. */
const statesInRegion = 3_000;
const statesInAll = 60_000;

function reordered(
  graph: Graph,
  layout: Layout,
  ids: Int32Array,
  states: number,
): { readonly order: Int32Array; readonly tried: number } {
  if (isChain(graph, ids)) return { order: ids, tried: 0 };
  const region = regionOf(graph, layout, ids);
  const { order: exact, tried } = exactOrder(region, states);
  return { order: exact ?? lesser(region, ids, greedyOrder(region)), tried };
}

/** True where each node reads the one before it, so that there is one order only. */
function isChain(graph: Graph, ids: Int32Array): boolean {
  return ids.every((id, place) => place === 0 || nodeAt(graph, id).inputs.includes(ids[place - 1] ?? -1));
}

function lesser(region: Region, source: Int32Array, other: Int32Array): Int32Array {
  return peakOf(region, other) < peakOf(region, source) ? other : source;
}

function peakOf(region: Region, order: Int32Array): number {
  const state = region.begin();
  let peak = 0;
  for (const id of order) {
    const place = region.placeOf(id);
    peak = Math.max(peak, state.held() + region.takes(place));
    state.run(place);
  }
  return peak;
}
