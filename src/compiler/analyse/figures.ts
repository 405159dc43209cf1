import { nodeAt, type Graph, type Node, type Scope } from '../ir/graph.js';
import { add, multiply, subtract, type Exact } from '../values/exact.js';
import { bytesPerValue } from './bytes.js';
import { conventions, type ConventionName } from './conventions.js';
import { costsOf, type Costs } from './costs.js';
import { neededNodes, type Extent } from './needed.js';

/** What a layer, a block or a model comes to, for one image. */
export interface Tally extends Costs {
  readonly nonTrainable: Exact;
  readonly weightBytes: Exact;
}

/** The costs of a graph, summed so that any stretch of nodes is one subtraction away. */
export interface Figures {
  /** 1 where a node counts, 0 where no output of the extent that was asked for needs it. */
  readonly counted: Uint8Array;
  /** For each cost, at `i` the sum over the nodes before `i`. */
  readonly sums: { readonly [K in keyof Costs]: readonly Exact[] };
}

/**
 * Counts a graph in one walk. Weights that several layers share count once, at the first of them; layers that exist
 * in training only count where `training` asks for them. What a convention counts otherwise it counts under the same names.
 */
export function figuresOf(graph: Graph, extent: Extent = {}, convention: ConventionName = 'cnnc'): Figures {
  const { recount } = conventions[convention];
  const counted = neededNodes(graph, extent);
  const stores = weightStores(graph, counted);
  const stored: Exact[] = [0];
  const params: Exact[] = [0];
  const trainable: Exact[] = [0];
  const macs: Exact[] = [0];
  const flops: Exact[] = [0];
  const activationBytes: Exact[] = [0];
  for (const node of graph.nodes) {
    const costs = counted[node.id] === 0 ? nothing : recount(costsOf(graph, node), node, graph);
    const weights = stores[node.id] === 0 ? nothing : costs;
    append(stored, weights.stored);
    append(params, weights.params);
    append(trainable, weights.trainable);
    append(macs, costs.macs);
    append(flops, costs.flops);
    append(activationBytes, costs.activationBytes);
  }
  return { counted, sums: { stored, params, trainable, macs, flops, activationBytes } };
}

/** The figures of the whole model. */
export function totalOf(figures: Figures): Tally {
  return between(figures, 0, figures.counted.length);
}

/** The figures of one node; those of an activation in its line are its own. */
export function tallyOfNode(figures: Figures, node: Pick<Node, 'id'>): Tally {
  return between(figures, node.id, node.id + 1);
}

/** The figures of one call of a block. */
export function tallyOfScope(figures: Figures, scope: Pick<Scope, 'first' | 'end'>): Tally {
  return between(figures, scope.first, scope.end);
}

/** The figures of the nodes from `first` to the one before `end`. */
export function between({ sums }: Figures, first: number, end: number): Tally {
  const over = (prefix: readonly Exact[]): Exact => subtract(prefix[end] ?? 0, prefix[first] ?? 0);
  const params = over(sums.params);
  const trainable = over(sums.trainable);
  const stored = over(sums.stored);
  return {
    stored,
    params,
    trainable,
    nonTrainable: subtract(params, trainable),
    macs: over(sums.macs),
    flops: over(sums.flops),
    weightBytes: multiply(bytesPerValue, stored),
    activationBytes: over(sums.activationBytes),
  };
}

const nothing: Costs = { stored: 0, params: 0, trainable: 0, macs: 0, flops: 0, activationBytes: 0 };

/** 1 where a node's weights count: at the owner, or at the first that shares them where the owner itself doesn't count. */
function weightStores(graph: Graph, counted: Uint8Array): Uint8Array {
  const stores = counted.slice();
  const adopted = new Set<number>();
  for (const node of graph.nodes) {
    if (node.sharesWith === undefined || counted[node.id] === 0) continue;
    const owner = ownerOf(graph, node);
    if (counted[owner] === 1 || adopted.has(owner)) stores[node.id] = 0;
    adopted.add(owner);
  }
  return stores;
}

function ownerOf(graph: Graph, node: Node): number {
  let owner = node;
  while (owner.sharesWith !== undefined) owner = nodeAt(graph, owner.sharesWith);
  return owner.id;
}

function append(prefix: Exact[], cost: Exact): void {
  prefix.push(add(prefix[prefix.length - 1] ?? 0, cost));
}
