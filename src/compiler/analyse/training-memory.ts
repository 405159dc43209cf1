import { nodeAt, type Graph, type Node } from '../ir/graph.js';
import { add, compare, maximum, multiply, sum, type Exact } from '../values/exact.js';
import { layOut, type Layout } from './buffers.js';
import { bytesOf, bytesOfType, type DType } from './bytes.js';
import { figuresOf, totalOf } from './figures.js';
import { needsOf } from './gradient-needs.js';
import { neededNodes } from './needed.js';

/** How a training is thought to run. */
export interface TrainingOptions {
  /** Images a step. */
  readonly batch: Exact;
  /** Values that the optimizer keeps for each weight that is trained. */
  readonly slots: number;
  readonly dtype?: DType;
  /** Whether only what crosses the borders of blocks is kept, and the inside of each is computed once more on the way back. */
  readonly recompute?: boolean;
}

/** The memory of a training, in bytes, by what it is for. */
export interface TrainingMemory {
  readonly weights: Exact;
  readonly gradients: Exact;
  readonly optimizer: Exact;
  /** What the way back reads, of all images of a batch. */
  readonly activations: Exact;
  readonly total: Exact;
  /** The largest contributors to what is kept for one image, largest first as far as sizes are known. */
  readonly kept: readonly KeptTensor[];
}

/** Something that is kept for the way back. */
export interface KeptTensor {
  /** The node that made it. */
  readonly node: Node;
  readonly bytes: Exact;
}

/** Weights, their gradients, the optimizer's slots, and what the way back reads of a batch. */
export function trainingMemory(graph: Graph, options: TrainingOptions): TrainingMemory {
  const { batch, slots, dtype = 'float32', recompute = false } = options;
  const { stored, trainable } = totalOf(figuresOf(graph, { training: true }));
  const size = bytesOfType[dtype];
  const [weights, gradients] = [multiply(size, stored), multiply(size, trainable)];
  const optimizer = multiply(slots, gradients);
  const kept = keptTensors(graph, dtype);
  const perImage = recompute ? recomputed(graph, kept, dtype) : sum(kept.map(({ bytes }) => bytes));
  const activations = multiply(batch, perImage);
  return {
    weights,
    gradients,
    optimizer,
    activations,
    total: sum([weights, gradients, optimizer, activations]),
    kept: kept.toSorted((one, other) => compare(other.bytes, one.bytes) ?? 0),
  };
}

/** Every stretch of memory that some gradient reads once, and what layers keep beside their tensors, for one image. */
function keptTensors(graph: Graph, dtype: DType): readonly KeptTensor[] {
  const rules = { freeAfterLastUse: true, elementwiseInPlace: false, foldBatchNorm: false };
  const layout = layOut(graph, { rules, dtype, training: true });
  const followed = followedNodes(graph);
  const needed = neededNodes(graph, { training: true });
  const kept: KeptTensor[] = [];
  const seen = new Set<number>();
  for (const node of graph.nodes) {
    if (needed[node.id] === 0 || followed[node.id] === 0) continue;
    for (const id of keptBy(node)) keep(layout, id);
    const { beside } = needsOf(node);
    if (beside > 0) kept.push({ node, bytes: multiply(beside, bytesOf(node.shape, dtype)) });
  }
  return kept;

  function keep({ bufferOf, buffers }: Layout, id: number): void {
    const buffer = bufferOf[id] ?? -1;
    const one = buffers[buffer];
    if (one === undefined || seen.has(buffer)) return;
    seen.add(buffer);
    kept.push({ node: nodeAt(graph, one.first), bytes: one.bytes });
  }
}

/** The ids of the tensors that a node's gradients read. */
function keptBy(node: Node): readonly number[] {
  const needs = needsOf(node);
  return [...(needs.input ? node.inputs : []), ...(needs.output ? [node.id] : [])];
}

/** 1 where gradients flow: at weights that are trained, and behind them. */
function followedNodes(graph: Graph): Uint8Array {
  const followed = new Uint8Array(graph.nodes.length);
  for (const { id, inputs, weights } of graph.nodes) {
    const isFollowed =
      weights.some(({ trainable }) => trainable) || inputs.some((input) => followed[input] === 1);
    followed[id] = Number(isFollowed);
  }
  return followed;
}

/** What is kept at the borders of the outermost blocks, and the most that one of them keeps inside while it is computed again. */
function recomputed(graph: Graph, kept: readonly KeptTensor[], dtype: DType): Exact {
  const blocks = outermostBlocks(graph);
  const borders = new Set<number>();
  for (const { inputs, id } of graph.nodes) {
    for (const input of inputs) if (blocks[input] !== blocks[id]) borders.add(input);
  }
  for (const { node } of graph.outputs) borders.add(node);
  const inside = new Map<number, Exact>();
  let outside: Exact = 0;
  for (const { node, bytes } of kept) {
    const block = blocks[node.id] ?? 0;
    if (borders.has(node.id)) continue;
    // What stands in no block is kept as ever.
    if (block === 0) outside = add(outside, bytes);
    else inside.set(block, add(inside.get(block) ?? 0, bytes));
  }
  const most = [...inside.values()].reduce((one, other) => maximum(one, other), 0);
  const crossing = sum([...borders].map((id) => bytesOf(nodeAt(graph, id).shape, dtype)));
  return sum([crossing, outside, most]);
}

/** For each node the call in the model's own lines in which it stands; 0 for none. */
function outermostBlocks(graph: Graph): Int32Array {
  const blocks = new Int32Array(graph.nodes.length);
  graph.scopes.forEach((scope, index) => {
    if (scope.parent === 0) blocks.fill(index, scope.first, scope.end);
  });
  return blocks;
}
