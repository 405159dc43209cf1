import { inputShapes, nodeAt, type Graph, type Node } from '../ir/graph.js';
import { add, compare, multiply, subtract, type Exact } from '../values/exact.js';
import type { Shape } from '../ops/op.js';
import { layOut, type Layout, type MemoryRules } from './buffers.js';
import { bytesOfType, type DType } from './bytes.js';
import { figuresOf, totalOf } from './figures.js';
import { largestOf } from './largest.js';
import { lifetimesOf, type Lifetimes } from './lifetimes.js';
import { bestOrder, sourceOrder } from './order.js';

export type { MemoryRules } from './buffers.js';

/** The rules that hold where nothing else is said. */
const defaultMemoryRules: MemoryRules = {
  freeAfterLastUse: true,
  elementwiseInPlace: true,
  foldBatchNorm: true,
};

/** The order in which layers run: as they are written, or one that takes less memory where branches allow it. */
export type Order = 'source' | 'best';

/** How an inference is thought to run. */
export interface InferenceOptions {
  readonly rules?: Partial<MemoryRules>;
  readonly order?: Order;
  readonly dtype?: DType;
  /** Images that are computed at once; one where nothing is said. */
  readonly batch?: Exact;
  /** Bytes that nodes take beside their tensors while they run; none where nothing is said. */
  readonly temporaries?: Temporaries;
}

/**
 * The bytes that a node takes beside what is alive while it runs, for a whole batch. Where it reads a tensor for the last
 * time, it may give that up before it is done.
 */
export type Temporaries = (node: Node, moment: Moment) => Exact;

/** What is known of the moment at which a node runs. */
export interface Moment {
  /** The shapes that arrive, for one image. */
  readonly shapes: readonly Shape[];
  readonly batch: Exact;
  /** Whether nothing reads its inputs after it. */
  readonly isLastReader: boolean;
}

/** A tensor that takes memory at the peak. */
export interface AliveTensor {
  /** The node that wrote it last. */
  readonly node: Node;
  readonly bytes: Exact;
  /** The node that still reads it, or `output` for what the model gives. */
  readonly neededBy: Node | 'output';
}

/** The most memory that an inference needs for activations, of one batch. */
export interface MemoryPeak {
  readonly bytes: Exact;
  /** The node that runs at the peak; absent where open sizes decide which one it is, or nothing runs. */
  readonly at: Node | undefined;
  /** What is there at the peak, largest first as far as sizes are known; empty where `at` is absent. */
  readonly alive: readonly AliveTensor[];
  readonly order: Order;
  readonly rules: MemoryRules;
  readonly dtype: DType;
}

/** All activations of an inference, step by step; weights are not in it. */
export interface MemoryProfile {
  readonly peak: MemoryPeak;
  /** The nodes in the order in which they run. */
  readonly nodes: readonly Node[];
  /** The bytes that are taken while each of them runs. */
  readonly bytes: readonly Exact[];
  /** The step of the peak; absent where open sizes decide which one it is, or nothing runs. */
  readonly peakStep: number | undefined;
  /** Everything that is ever there, in the order in which it is first made. */
  readonly stretches: readonly HeldStretch[];
  /** What is there at a step, largest first. */
  alive(step: number): readonly AliveTensor[];
}

/** One stretch of memory and the steps at which it is taken. */
export interface HeldStretch {
  readonly bytes: Exact;
  /** The node that is the first to write there. */
  readonly node: Node;
  readonly from: number;
  /** The last step. */
  readonly until: number;
}

/** Finds the peak over all steps of an inference; weights are not in it. */
export function inferencePeak(graph: Graph, options: InferenceOptions = {}): MemoryPeak {
  return inferenceProfile(graph, options).peak;
}

/** The bytes of all weights in a type. */
export function weightBytesIn(graph: Graph, dtype: DType): Exact {
  return multiply(bytesOfType[dtype], totalOf(figuresOf(graph)).stored);
}

/** Follows the activations of an inference from the first step to the last. */
export function inferenceProfile(graph: Graph, options: InferenceOptions = {}): MemoryProfile {
  const rules = { ...defaultMemoryRules, ...options.rules };
  const dtype = options.dtype ?? 'float32';
  const order = options.order ?? 'source';
  const layout = layOut(graph, { rules, dtype });
  const ran = order === 'best' && rules.freeAfterLastUse ? bestOrder(graph, layout) : sourceOrder(layout);
  const lives = lifetimesOf(graph, layout, ran, rules.freeAfterLastUse);
  const batch = options.batch ?? 1;
  const place: Place = { graph, layout, lives, batch };
  const bytes = bytesBySteps(place, options.temporaries);
  const { value: most, place: peakStep } = largestOf(bytes);
  const at = peakStep === undefined ? undefined : nodeAt(graph, ran[peakStep] ?? -1);
  const alive = peakStep === undefined ? [] : aliveAt(place, peakStep);
  return {
    peak: { bytes: most, at, alive, order, rules, dtype },
    nodes: Array.from(ran, (id) => nodeAt(graph, id)),
    bytes,
    peakStep,
    stretches: layout.buffers.map(({ bytes: size, first }, buffer) => ({
      bytes: multiply(batch, size),
      node: nodeAt(graph, first),
      from: lives.from[buffer] ?? 0,
      until: Math.min(lives.until[buffer] ?? 0, ran.length - 1),
    })),
    alive: (step) => aliveAt(place, step),
  };
}

/** The names of the rules that are on, for reports. */
export function namesOfRules(rules: MemoryRules): readonly string[] {
  const names: string[] = [];
  if (rules.freeAfterLastUse) names.push('free-after-last-use');
  if (rules.elementwiseInPlace) names.push('elementwise-in-place');
  if (rules.foldBatchNorm) names.push('batch-norm-folded');
  return names;
}

interface Place {
  readonly graph: Graph;
  readonly layout: Layout;
  readonly lives: Lifetimes;
  readonly batch: Exact;
}

function bytesBySteps({ graph, layout, lives, batch }: Place, temporaries: Temporaries | undefined): Exact[] {
  const begins = new Array<Exact>(lives.order.length).fill(0);
  const ends = new Array<Exact>(lives.order.length + 1).fill(0);
  layout.buffers.forEach(({ bytes }, buffer) => {
    const [from = 0, until = 0] = [lives.from[buffer], lives.until[buffer]];
    begins[from] = add(begins[from] ?? 0, bytes);
    ends[until] = add(ends[until] ?? 0, bytes);
  });
  let alive: Exact = 0;
  return Array.from(lives.order, (id, step) => {
    alive = add(alive, begins[step] ?? 0);
    const now = multiply(batch, alive);
    alive = subtract(alive, ends[step] ?? 0);
    return temporaries === undefined ? now : add(now, temporaries(nodeAt(graph, id), momentOf(id, step)));
  });

  function momentOf(id: number, step: number): Moment {
    const node = nodeAt(graph, id);
    const shapes = inputShapes(graph, node);
    const endsInput = (input: number): boolean => lives.until[layout.bufferOf[input] ?? -1] === step;
    return { shapes, batch, isLastReader: node.inputs.every(endsInput) };
  }
}

function aliveAt(place: Place, step: number): readonly AliveTensor[] {
  const { graph, layout, lives } = place;
  const holders = new Map<number, Node>();
  lives.order.forEach((id, ran) => {
    const buffer = layout.bufferOf[id] ?? -1;
    const [from = 0, until = 0] = [lives.from[buffer], lives.until[buffer]];
    if (from > step || until < step) return;
    // Of what comes later only an input is there already.
    if (ran <= step || !holders.has(buffer)) holders.set(buffer, nodeAt(graph, id));
  });
  const alive = Array.from(holders, ([buffer, node]): AliveTensor => {
    const bytes = multiply(place.batch, layout.buffers[buffer]?.bytes ?? 0);
    return { node, bytes, neededBy: readerOf(place, node) };
  });
  return alive.sort((first, second) => compare(second.bytes, first.bytes) ?? 0);
}

/** The layer that still needs a tensor: activations in the tensor's own line only hand it on. */
function readerOf({ graph, layout, lives }: Place, node: Node): Node | 'output' {
  let holder = node;
  for (;;) {
    const reading = lives.lastRead[holder.id] ?? lives.order.length;
    const id = lives.order[reading];
    if (id === undefined) return 'output';
    const reader = nodeAt(graph, id);
    if (!reader.inline || layout.bufferOf[id] !== layout.bufferOf[holder.id]) return reader;
    holder = reader;
  }
}
