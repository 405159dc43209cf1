import { inputShapes, nodeAt, type Graph, type Node } from '../ir/graph.js';
import type { AnyOp, Shape } from '../ops/op.js';
import { ops } from '../ops/registry.js';
import { equals, type Exact } from '../values/exact.js';
import { bytesOf, type DType } from './bytes.js';
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
  /** The node whose tensor is the first there; an input's is there before anything runs. */
  readonly first: number;
}

/** Where every tensor of an inference lives: the same in whatever order the nodes run. */
export interface Layout {
  readonly buffers: readonly Buffer[];
  /** The buffer of each node's tensor by id; -1 for nodes that don't run. */
  readonly bufferOf: Int32Array;
  /** 1 where a node's tensor is given as an output. */
  readonly given: Uint8Array;
  /** The last node in the source that uses each stretch of memory; -1 where the model gives it. */
  readonly lastUser: Int32Array;
}

/** How tensors are stored. */
export interface Storing {
  readonly rules: MemoryRules;
  readonly dtype: DType;
  /** Whether layers that exist in training only run too. */
  readonly training?: boolean;
}

/**
 * Assigns tensors to memory. A layer takes over its input's only where it is the one reader of every tensor there and none
 * of them is an output, so that no order of the nodes changes who shares memory with whom.
 */
export function layOut(graph: Graph, { rules, dtype, training = false }: Storing): Layout {
  const needed = neededNodes(graph, { training });
  const { readers, given } = readersOf(graph, needed, training);
  const buffers: { bytes: Exact; first: number; shared: boolean }[] = [];
  const bufferOf = new Int32Array(graph.nodes.length).fill(-1);
  for (const node of graph.nodes) {
    if (needed[node.id] === 0) continue;
    const bytes = bytesOf(node.shape, dtype);
    const several = given[node.id] === 1 || (readers[node.id] ?? 0) > 1;
    const reused = reusedInput(node, bytes);
    const buffer = buffers[reused];
    if (buffer === undefined) {
      bufferOf[node.id] = buffers.length;
      buffers.push({ bytes, first: node.id, shared: several });
    } else {
      bufferOf[node.id] = reused;
      buffer.shared ||= several;
    }
  }
  return { buffers, bufferOf, given, lastUser: lastUsers(graph, { buffers, bufferOf, given }) };

  function reusedInput(node: Node, bytes: Exact): number {
    const shapes = inputShapes(graph, node);
    const way = wayOf(node, shapes, { rules, training });
    if (way === 'own') return -1;
    if (way === 'view') return bufferOf[node.inputs[0] ?? -1] ?? -1;
    const place = node.inputs.findIndex((id, position) => {
      if (buffers[bufferOf[id] ?? -1]?.shared !== false) return false;
      return equals(bytesOf(shapes[position] ?? [], dtype), bytes) === true;
    });
    return bufferOf[node.inputs[place] ?? -1] ?? -1;
  }
}

function lastUsers(graph: Graph, { buffers, bufferOf, given }: Omit<Layout, 'lastUser'>): Int32Array {
  const last = new Int32Array(buffers.length).fill(-1);
  for (const { id, inputs } of graph.nodes) {
    if (bufferOf[id] === -1) continue;
    for (const used of [...inputs, id]) last[bufferOf[used] ?? -1] = id;
  }
  given.forEach((isGiven, id) => {
    if (isGiven === 1) last[bufferOf[id] ?? -1] = -1;
  });
  return last;
}

function wayOf(
  node: Node,
  shapes: readonly Shape[],
  { rules, training }: Omit<Storing, 'dtype'>,
): ReturnType<AnyOp['memory']> {
  if (node.inputs.length === 0) return 'own';
  if (node.kind === 'bn') return rules.foldBatchNorm ? 'in-place' : 'own';
  const op: AnyOp = ops[node.kind];
  // What regularises a training hands on at inference what arrives.
  if (op.category === 'regularisation' && training !== true) return 'view';
  const way = op.memory(node.args, shapes);
  return way === 'in-place' && !rules.elementwiseInPlace ? 'own' : way;
}

interface Readers {
  /** How many nodes read each node's tensor; a layer that reads a tensor twice is one reader. */
  readonly readers: Int32Array;
  readonly given: Uint8Array;
}

function readersOf(graph: Graph, needed: Uint8Array, training: boolean): Readers {
  const last = new Int32Array(graph.nodes.length).fill(-1);
  const readers = new Int32Array(graph.nodes.length);
  const given = new Uint8Array(graph.nodes.length);
  for (const node of graph.nodes) {
    if (needed[node.id] === 0) continue;
    for (const input of node.inputs) {
      if (last[input] !== node.id) readers[input] = (readers[input] ?? 0) + 1;
      last[input] = node.id;
    }
  }
  for (const output of graph.outputs) {
    if (training || !output.training) given[nodeAt(graph, output.node).id] = 1;
  }
  return { readers, given };
}
