import { inputShapes, nodeAt, type Graph, type Node } from '../ir/graph.js';
import type { AnyOp } from '../ops/op.js';
import { ops } from '../ops/registry.js';
import { equals, type Exact } from '../values/exact.js';
import { bytesOf } from './bytes.js';
import { neededNodes } from './needed.js';

/** What may be assumed about how memory is used; each can be turned off. */
export interface MemoryRules {
  /** A tensor is freed after its last reader; else it stays until the end. */
  readonly freeAfterLastUse: boolean;
  /** An elementwise layer overwrites its input where nothing else reads that. */
  readonly elementwiseInPlace: boolean;
  /** Batch norm is part of the layer before it, or else a scale and an offset in place; else it has an output of its own. */
  readonly foldBatchNorm: boolean;
}

/** One stretch of memory and the tensors that live there one after another. */
export interface Buffer {
  readonly bytes: Exact;
  /** The step from which it is there. */
  readonly from: number;
  /** The last step that needs it; behind the last node for what is still there at the end. */
  readonly until: number;
}

/** Where every tensor of an inference lives. */
export interface BufferPlan {
  readonly buffers: readonly Buffer[];
  /** The buffer of each node's tensor by id; `undefined` for nodes that don't run. */
  readonly bufferOf: readonly (number | undefined)[];
  /** The last node that reads each node's tensor; behind the last node for outputs. */
  readonly lastReader: Int32Array;
}

/** Assigns tensors to memory in the order of the source: node `i` runs at step `i`, and inputs are there from step 0. */
export function planBuffers(graph: Graph, rules: MemoryRules): BufferPlan {
  const end = graph.nodes.length;
  const needed = neededNodes(graph);
  const { lastReader, readers } = readersOf(graph, needed);
  const buffers: { bytes: Exact; from: number; until: number; shared: boolean }[] = [];
  const bufferOf: (number | undefined)[] = [];
  for (const node of graph.nodes) {
    if (needed[node.id] === 0) {
      bufferOf.push(undefined);
      continue;
    }
    const bytes = bytesOf(node.shape);
    const last = lastReader[node.id] ?? end;
    const several = last === end || (readers[node.id] ?? 0) > 1;
    const reused = reusedInput(node, bytes);
    const buffer = reused === undefined ? undefined : buffers[reused];
    if (reused !== undefined && buffer !== undefined) {
      buffer.until = Math.max(buffer.until, last);
      buffer.shared ||= several;
      bufferOf.push(reused);
      continue;
    }
    const from = node.inputs.length === 0 ? 0 : node.id;
    bufferOf.push(buffers.length);
    buffers.push({ bytes, from, until: last, shared: several });
  }
  const free = (until: number): number => (rules.freeAfterLastUse ? until : end);
  return {
    buffers: buffers.map(({ bytes, from, until }) => ({ bytes, from, until: free(until) })),
    bufferOf,
    lastReader,
  };

  function reusedInput(node: Node, bytes: Exact): number | undefined {
    const way = wayOf(node, rules);
    if (way === 'own') return undefined;
    if (way === 'view') return bufferOf[node.inputs[0] ?? -1];
    const shapes = inputShapes(graph, node);
    const place = node.inputs.findIndex((id, position) => {
      const buffer = buffers[bufferOf[id] ?? -1];
      if (buffer === undefined || buffer.shared || buffer.until !== node.id) return false;
      return equals(bytesOf(shapes[position] ?? []), bytes) === true;
    });
    return place === -1 ? undefined : bufferOf[node.inputs[place] ?? -1];
  }
}

function wayOf(node: Node, rules: MemoryRules): AnyOp['memory'] {
  if (node.inputs.length === 0) return 'own';
  if (node.kind === 'bn') return rules.foldBatchNorm ? 'in-place' : 'own';
  const op: AnyOp = ops[node.kind];
  if (op.memory === 'in-place' && !rules.elementwiseInPlace) return 'own';
  return op.memory;
}

interface Readers {
  readonly lastReader: Int32Array;
  /** How many nodes read each node's tensor. */
  readonly readers: Int32Array;
}

function readersOf(graph: Graph, needed: Uint8Array): Readers {
  const end = graph.nodes.length;
  const lastReader = new Int32Array(end);
  const readers = new Int32Array(end);
  for (const node of graph.nodes) {
    if (needed[node.id] === 0) continue;
    for (const input of node.inputs) {
      // A layer that reads a tensor twice is one reader.
      if (lastReader[input] !== node.id) readers[input] = (readers[input] ?? 0) + 1;
      lastReader[input] = node.id;
    }
  }
  for (const output of graph.outputs) {
    if (!output.training) lastReader[nodeAt(graph, output.node).id] = end;
  }
  return { lastReader, readers };
}
