import type { Graph, Node } from '../ir/graph.js';
import {
  add,
  compare,
  floorDivide,
  maximum,
  minimum,
  multiply,
  subtract,
  type Exact,
} from '../values/exact.js';
import { bytesOfType, type DType } from './bytes.js';
import { figuresOf, totalOf } from './figures.js';
import { largestOf } from './largest.js';
import { bytesAt, type Amount } from './rehearsal/amount.js';
import { rehearse } from './rehearsal/rehearse.js';
import { purposeAt, type Purpose } from './rehearsal/stage.js';

/** How a training is thought to run. */
export interface StepOptions {
  /** Values that the optimizer keeps for each weight that is trained. */
  readonly slots: number;
  readonly dtype?: DType;
  /** Whether only what crosses the borders of blocks is kept, and the inside of each is computed once more on the way back. */
  readonly recompute?: boolean;
}

/** The same for a batch of so many images. */
export interface TrainingOptions extends StepOptions {
  readonly batch: Exact;
}

/** The memory of a training, in bytes, by what it is for. */
export interface TrainingMemory {
  /** The most that is there at once in a step: all that follows together. */
  readonly total: Exact;
  /** What is there at that moment; absent where open sizes decide when it is. */
  readonly peak: TrainingPeak | undefined;
}

/** What is there when a step of a training holds the most memory. */
export interface TrainingPeak extends Readonly<Record<Purpose, Exact>> {
  readonly weights: Exact;
  readonly optimizer: Exact;
  /** The layer that runs, forward or back; absent where it is the loss or the end of the step. */
  readonly at: Node | undefined;
  /** Every tensor that is there beside weights and slots, largest first. */
  readonly alive: readonly TrainingTensor[];
}

/** A tensor that a step of a training holds. */
export interface TrainingTensor {
  /** The layer that made it, on the way forward or back; absent for the batch and what the loss leaves. */
  readonly node: Node | undefined;
  readonly purpose: Purpose;
  readonly bytes: Exact;
}

/** The memory of a training for a batch: weights, the optimizer's slots, and the most that a step holds beside them. */
export function trainingMemory(graph: Graph, { batch, ...options }: TrainingOptions): TrainingMemory {
  const base = standingOf(graph, options);
  const { value, place } = largestOf(momentsOf(graph, options).map((moment) => bytesAt(moment, batch)));
  return {
    total: add(add(base.weights, base.optimizer), value),
    peak: place === undefined ? undefined : { ...base, ...presentAt(graph, { ...options, batch }, place) },
  };
}

/** What a training takes, as it depends on the batch. */
export interface TrainingDemand {
  /** The most bytes that a step with so many images holds. */
  readonly bytesFor: (batch: Exact) => Exact;
  /** The largest batch whose training stays within so many bytes; 0 where not even one image does. Every size is closed. */
  readonly largestBatch: (bytes: Exact) => Exact;
}

/** Goes through a step once, and tells the memory of every batch from it. */
export function trainingDemand(graph: Graph, options: StepOptions): TrainingDemand {
  const { weights, optimizer } = standingOf(graph, options);
  const standing = add(weights, optimizer);
  const moments = momentsOf(graph, options);
  return {
    bytesFor: (batch) =>
      add(
        standing,
        moments.reduce<Exact>((most, moment) => maximum(most, bytesAt(moment, batch)), 0),
      ),
    largestBatch: (bytes) =>
      moments.reduce<Exact>((batch, { fixed, perImage }) => {
        const left = subtract(subtract(bytes, standing), fixed);
        if (compare(left, perImage) === -1) return 0;
        return compare(perImage, 0) === 1 ? minimum(batch, floorDivide(left, perImage)) : batch;
      }, Number.MAX_SAFE_INTEGER),
  };
}

/** What is there all the time. */
function standingOf(
  graph: Graph,
  { slots, dtype = 'float32' }: StepOptions,
): Pick<TrainingPeak, 'weights' | 'optimizer'> {
  const { stored, trainable } = totalOf(figuresOf(graph, { training: true }));
  const size = bytesOfType[dtype];
  return { weights: multiply(size, stored), optimizer: multiply(slots, multiply(size, trainable)) };
}

/** What a step holds beside it, moment by moment. */
function momentsOf(graph: Graph, { dtype = 'float32', recompute = false }: StepOptions): readonly Amount[] {
  const moments: Amount[] = [];
  rehearse(graph, { dtype, recompute, watch: (now) => moments.push(now) });
  return moments;
}

function presentAt(
  graph: Graph,
  { batch, dtype = 'float32', recompute = false }: TrainingOptions,
  moment: number,
): Omit<TrainingPeak, 'weights' | 'optimizer'> {
  let count = 0;
  let at: Node | undefined;
  const present: (Pick<TrainingTensor, 'node' | 'bytes'> & { readonly purpose: () => Purpose })[] = [];
  rehearse(graph, {
    dtype,
    recompute,
    watch(_now, live, node) {
      count += 1;
      if (count !== moment + 1) return;
      at = node;
      for (const data of live) {
        const bytes = bytesAt(data.amount, batch);
        if (bytes !== 0) present.push({ node: data.node, purpose: purposeAt(data), bytes });
      }
    },
  });
  const alive = present.map(({ node, bytes, purpose }) => ({ node, bytes, purpose: purpose() }));
  const parts: Record<Purpose, Exact> = { gradients: 0, batch: 0, activations: 0, momentary: 0 };
  for (const { purpose, bytes } of alive) parts[purpose] = add(parts[purpose], bytes);
  return { ...parts, at, alive: alive.sort((one, other) => compare(other.bytes, one.bytes) ?? 0) };
}
