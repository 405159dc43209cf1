import { nodeAt, type Graph } from '../ir/graph.js';
import type { Layout } from './buffers.js';

/** When each stretch of memory is taken, in steps of one order. */
export interface Lifetimes {
  /** The node that runs at each step. */
  readonly order: Int32Array;
  /** For each stretch of memory the step from which it is there. */
  readonly from: Int32Array;
  /** The last step that needs it; behind the last step for what is still there at the end. */
  readonly until: Int32Array;
  /** For each node the step of its last reader; behind the last step for outputs; its own where nothing reads it. */
  readonly lastRead: Int32Array;
}

/** Follows all memory through an order; inputs are there from step 0. */
export function lifetimesOf(graph: Graph, layout: Layout, order: Int32Array, frees: boolean): Lifetimes {
  const { buffers, bufferOf, given } = layout;
  const end = order.length;
  const from = new Int32Array(buffers.length);
  const until = new Int32Array(buffers.length).fill(frees ? -1 : end);
  const lastRead = new Int32Array(graph.nodes.length).fill(-1);
  order.forEach((id, step) => {
    const node = nodeAt(graph, id);
    const buffer = bufferOf[id] ?? -1;
    if (buffers[buffer]?.first === id) from[buffer] = node.inputs.length === 0 ? 0 : step;
    // A tensor that nothing reads is there while it is made.
    use(id, given[id] === 1 ? end : step);
    for (const input of node.inputs) use(input, step);
  });
  return { order, from, until, lastRead };

  function use(id: number, step: number): void {
    const buffer = bufferOf[id] ?? -1;
    lastRead[id] = Math.max(lastRead[id] ?? -1, step);
    until[buffer] = Math.max(until[buffer] ?? -1, step);
  }
}
