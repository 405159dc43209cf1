import { nodeAt, type Graph, type Node } from '../ir/graph.js';
import { add, compare, maximum, subtract, type Exact } from '../values/exact.js';
import { planBuffers, type BufferPlan, type MemoryRules } from './buffers.js';

export type { MemoryRules } from './buffers.js';

/** The rules that hold where nothing else is said. */
export const defaultMemoryRules: MemoryRules = {
  freeAfterLastUse: true,
  elementwiseInPlace: true,
  foldBatchNorm: true,
};

/** A tensor that takes memory at the peak. */
export interface AliveTensor {
  /** The node that wrote it last. */
  readonly node: Node;
  readonly bytes: Exact;
  /** The node that still reads it, or `output` for what the model gives. */
  readonly neededBy: Node | 'output';
}

/** The most memory that an inference needs for activations, one image, fp32. */
export interface MemoryPeak {
  readonly bytes: Exact;
  /** The node that runs at the peak; absent where open sizes decide which one it is, or nothing runs. */
  readonly at: Node | undefined;
  /** What is there at the peak, largest first as far as sizes are known; empty where `at` is absent. */
  readonly alive: readonly AliveTensor[];
  /** The order in which layers run: that of the source. */
  readonly order: 'source';
  readonly rules: MemoryRules;
}

/** Finds the peak over all steps of an inference; weights are not in it. */
export function inferencePeak(graph: Graph, rules: MemoryRules = defaultMemoryRules): MemoryPeak {
  const plan = planBuffers(graph, rules);
  const candidates = peakSteps(graph, plan);
  const [only, ...others] = candidates;
  if (only === undefined) return { bytes: 0, at: undefined, alive: [], order: 'source', rules };
  const bytes = others.reduce((most, { bytes: next }) => maximum(most, next), only.bytes);
  if (others.length > 0) return { bytes, at: undefined, alive: [], order: 'source', rules };
  const at = nodeAt(graph, only.step);
  return { bytes, at, alive: aliveAt(graph, plan, only.step), order: 'source', rules };
}

/** The names of the rules that are on, for reports. */
export function namesOfRules(rules: MemoryRules): readonly string[] {
  const names: string[] = [];
  if (rules.freeAfterLastUse) names.push('free-after-last-use');
  if (rules.elementwiseInPlace) names.push('elementwise-in-place');
  if (rules.foldBatchNorm) names.push('batch-norm-folded');
  return names;
}

interface Step {
  readonly step: number;
  readonly bytes: Exact;
}

/** The steps that no other is known to exceed: one, unless open sizes leave it undecided. */
function peakSteps(graph: Graph, { buffers, bufferOf }: BufferPlan): readonly Step[] {
  const begins: Exact[] = new Array<Exact>(graph.nodes.length).fill(0);
  const ends: Exact[] = new Array<Exact>(graph.nodes.length + 1).fill(0);
  for (const { bytes, from, until } of buffers) {
    begins[from] = add(begins[from] ?? 0, bytes);
    ends[until] = add(ends[until] ?? 0, bytes);
  }
  let alive: Exact = 0;
  let candidates: readonly Step[] = [];
  for (const { id } of graph.nodes) {
    alive = add(alive, begins[id] ?? 0);
    if (bufferOf[id] !== undefined) candidates = withCandidate(candidates, { step: id, bytes: alive });
    alive = subtract(alive, ends[id] ?? 0);
  }
  return candidates;
}

function withCandidate(candidates: readonly Step[], next: Step): readonly Step[] {
  const isExceeded = candidates.some(({ bytes }) => {
    const order = compare(next.bytes, bytes);
    return order === -1 || order === 0;
  });
  if (isExceeded) return candidates;
  return [...candidates.filter(({ bytes }) => compare(bytes, next.bytes) !== -1), next];
}

function aliveAt(graph: Graph, plan: BufferPlan, step: number): readonly AliveTensor[] {
  const holders = new Map<number, Node>();
  for (const node of graph.nodes) {
    const buffer = plan.bufferOf[node.id];
    if (buffer === undefined) continue;
    const isThere = node.id <= step || (plan.buffers[buffer]?.from ?? step) === 0;
    if (isThere && (node.id <= step || !holders.has(buffer))) holders.set(buffer, node);
  }
  const alive: AliveTensor[] = [];
  for (const [index, node] of holders) {
    const buffer = plan.buffers[index];
    if (buffer === undefined || buffer.from > step || buffer.until < step) continue;
    alive.push({ node, bytes: buffer.bytes, neededBy: readerOf(graph, plan, node) });
  }
  return alive.sort((first, second) => compare(second.bytes, first.bytes) ?? 0);
}

/** The layer that still needs a tensor: activations in the tensor's own line only hand it on. */
function readerOf(graph: Graph, { lastReader, bufferOf }: BufferPlan, node: Node): Node | 'output' {
  let holder = node;
  for (;;) {
    const id = lastReader[holder.id] ?? graph.nodes.length;
    if (id >= graph.nodes.length) return 'output';
    const reader = nodeAt(graph, id);
    if (!reader.inline || bufferOf[id] !== bufferOf[holder.id]) return reader;
    holder = reader;
  }
}
