import { nodeAt } from '../../compiler/ir/graph.js';
import { ops, type OpKind } from '../../compiler/ops/registry.js';
import type { AnyOp } from '../../compiler/ops/op.js';
import { isOpen, product, toNumber } from '../../compiler/values/exact.js';
import { bytesText } from '../../report/quantities.js';
import { problem, type RuntimeProblem } from '../outcome.js';
import type { ExecutionPlan, PlannedStep } from './types.js';

/** What a run takes, before anything is run: upper bounds in bytes, the engine's own copies of weights among them. */
export interface PredictedBytes {
  readonly inference: number;
  /** Without what the optimizer keeps. */
  readonly training: number;
}

/** The most memory that a run may be predicted to take where nothing else is said: 2 GiB. */
const defaultMemoryLimit = 2 * 2 ** 30;

const bytesPerValue = 4;

/** Predicts the memory of a plan for a batch; not for a model with open sizes, whose images decide it. */
export function predictedBytes(plan: ExecutionPlan, batch: number): PredictedBytes | undefined {
  if (plan.training.some(({ node }) => nodeAt(plan.graph, node).shape.some((size) => isOpen(size))))
    return undefined;
  const weights = plan.weights.reduce((sum, { shape }) => sum + bytesPerValue * productOf(shape), 0);
  const activations = plan.training.map((step) => bytesOfStep(plan, step));
  const largest = Math.max(0, ...activations);
  const kept = plan.training.map((step, place) => keptCopies(plan, step) * (activations[place] ?? 0));
  const keptBytes = kept.reduce((sum, bytes) => sum + bytes, 0);
  return {
    // An engine keeps the kernels of convolutions and dense layers a second time, in the order in which it reads them; and
    // a layer that is made of several operations holds up to five tensors of its size while it is computed.
    inference: 2 * weights + batch * (peakOf(plan) + 5 * largest),
    // Weights, the engine's copies, gradients and new values; what gradients read; and what one gradient is made of.
    training: 4 * weights + batch * (keptBytes + 6 * largest),
  };
}

/** What stands in the way of a run that would take more memory than it may. */
export function memoryProblem(bytes: number, limit = defaultMemoryLimit): RuntimeProblem | undefined {
  if (bytes <= limit) return undefined;
  return problem(
    'memory-limit',
    `this would take up to ${bytesText(bytes)} of memory, but the limit is ${bytesText(limit)}`,
    'a smaller batch takes less; or raise the limit',
  );
}

/** The most that lives at once at inference, for one image. */
function peakOf(plan: ExecutionPlan): number {
  const alive = new Map<number, number>();
  let [now, peak] = [0, 0];
  for (const step of plan.inference) {
    const bytes = bytesOfStep(plan, step);
    alive.set(step.node, bytes);
    now += bytes;
    peak = Math.max(peak, now);
    for (const id of step.lastReads) now -= alive.get(id) ?? 0;
  }
  return peak;
}

/** The bytes of one node's tensor for one image; a view has none of its own. */
function bytesOfStep({ graph }: ExecutionPlan, { node: id }: PlannedStep): number {
  const { kind, shape } = nodeAt(graph, id);
  return isView(kind) ? 0 : bytesPerValue * toNumber(product(shape));
}

/**
 * How many tensors of a node's size gradients read at most: its output; of a norm also what is standardised, of dropout the
 * mask, and of a convolution in groups or with spread cells the parts of its input.
 */
function keptCopies({ graph }: ExecutionPlan, { node: id }: PlannedStep): number {
  const op: AnyOp = ops[nodeAt(graph, id).kind];
  const keepsMore = ['convolution', 'normalisation', 'regularisation'].includes(op.category);
  return keepsMore ? 2 : 1;
}

function isView(kind: OpKind): boolean {
  const op: AnyOp = ops[kind];
  return op.memory === 'view';
}

function productOf(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}
