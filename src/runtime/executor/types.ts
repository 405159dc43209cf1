import type { Tensor } from '@tensorflow/tfjs-core';
import type { Graph, Output } from '../../compiler/ir/graph.js';
import type { WeightSpec } from '../../compiler/ops/op.js';

/** Tensors by name: `conv1.kernel` for weights, the path of an `input` node or the name of an output for data. */
export type Tensors = ReadonlyMap<string, Tensor>;

/** One array of weights that a plan needs; weights that several layers share stand here once, under their owner's name. */
export interface PlannedWeight {
  /** The owner's path and the weight's own name: `residual3.conv1.kernel`. */
  readonly name: string;
  /** `[height, width, in / groups, out]` for convolutions, `[in, out]` for dense layers; every size is closed. */
  readonly shape: readonly number[];
  readonly spec: WeightSpec;
}

/** One node that runs, and the tensors that nothing reads after it. */
export interface PlannedStep {
  /** The node's id. */
  readonly node: number;
  /** Ids of the nodes whose tensors are disposed as soon as this step has run. */
  readonly lastReads: readonly number[];
  /** The names of its weights in the weights' map, in the order of the node's own list. */
  readonly weights: readonly string[];
}

/** A graph made ready to run: what runs in which order, and when each tensor ends. It holds no tensors. */
export interface ExecutionPlan {
  readonly graph: Graph;
  /** Without the nodes that exist in training only. */
  readonly inference: readonly PlannedStep[];
  /** As at inference, and what losses read besides the outputs is held. */
  readonly evaluation: readonly PlannedStep[];
  /** With them; what the backward pass reads is held by its tape, so that here too tensors end with their last reader. */
  readonly training: readonly PlannedStep[];
  /** The outputs that were asked for, by default all; those of training only are absent from inference. */
  readonly outputs: readonly Output[];
  readonly weights: readonly PlannedWeight[];
}

/** What a forward pass reads. It belongs to the caller, before and after, other than inputs that are handed over. */
export interface Feed {
  /** For each `input` node by its path, one batch: `[batch, height, width, channels]`, float32. */
  readonly inputs: Tensors;
  readonly weights: Tensors;
  /** Whether `run` is handed the inputs, so that each is freed with its last reader, and all in the end. */
  readonly handsInputsOver?: boolean;
}

/** How an output is compared with its target. */
export type OutputLoss = {
  /** How much the rows of each class count; all the same where nothing is said. */
  readonly classWeights?: readonly number[];
} & (
  | ShareLoss<'crossentropy'>
  | ShareLoss<'binary'>
  /** Mean of the squared differences; the target has the output's shape, or is class numbers. */
  | { readonly kind: 'squared' }
);

/**
 * Cross-entropy, over classes or of each value for itself; the target is int32 class numbers, `[batch]` or one a pixel,
 * or float32 shares of the output's own shape.
 */
interface ShareLoss<Kind extends string> {
  readonly kind: Kind;
  readonly smoothing: number;
  /** What the output is; shares where nothing is said. */
  readonly of?: 'shares' | 'logits';
}

/** What an evaluation reads beyond a forward pass. */
export interface EvaluationFeed extends Feed {
  /** The targets by the output's name; an output without one is left aside. */
  readonly targets: Tensors;
  /** How each output with a target is compared; the shares of the sum come from the graph. */
  readonly losses: ReadonlyMap<string, OutputLoss>;
}

/** What a training step reads beyond an evaluation. */
export interface TrainingFeed extends EvaluationFeed {
  /** The run's seed and the number of the step: together they draw the dropout masks. */
  readonly seed: number;
  readonly step: number;
  /**
   * Names of weights that stay as they are: they get no gradient, and batch normalisation whose statistics are
   * frozen normalises with these.
   */
  readonly frozen?: ReadonlySet<string>;
}

/** How well one output did on a batch. */
export interface OutputResult {
  readonly name: string;
  /** Mean over the batch, before the output's weight. */
  readonly loss: number;
  /** How many targets the batch has: its examples, or their pixels where each has a class. */
  readonly count: number;
  /** How many of them have the largest value at the target's class; absent for other losses than cross-entropy. */
  readonly correct?: number;
}

/** What a training step gives. The tensors belong to the caller, who disposes them. */
export interface StepResult {
  /** The weighted sum of the outputs' losses and the penalties (`l1`, `l2`). */
  readonly loss: number;
  readonly outputs: readonly OutputResult[];
  /** The gradient of `loss` for each trainable weight that isn't frozen, in the weight's shape. */
  readonly gradients: Tensors;
  /** New values of weights that aren't trained but follow the data: the moving statistics. */
  readonly updates: Tensors;
}

/** What an evaluation of a batch gives: its loss has no penalties. */
export type EvaluationResult = Pick<StepResult, 'loss' | 'outputs'>;
