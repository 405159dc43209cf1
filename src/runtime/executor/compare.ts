import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tape } from '../../backends/tfjs-core/tape.js';
import { nodeAt, type Graph, type Output } from '../../compiler/ir/graph.js';
import {
  countCorrect,
  crossEntropyOfLogits,
  crossEntropyOfShares,
  squaredError,
  targetShares,
  type Loss,
} from './losses.js';
import type { EvaluationFeed, ExecutionPlan, OutputLoss, OutputResult } from './types.js';

/** An output beside its target. */
export interface Comparison {
  readonly output: Output;
  readonly loss: Loss;
  /** A scalar; absent for other losses than cross-entropy. */
  readonly correct: Tensor | undefined;
}

/** Compares the outputs that were computed and have a target. */
export function compareOutputs(
  plan: ExecutionPlan,
  values: ReadonlyMap<number, Tensor>,
  { targets, losses }: Pick<EvaluationFeed, 'targets' | 'losses'>,
  tape?: Tape,
): readonly Comparison[] {
  return plan.outputs.flatMap((output) => {
    const given = values.get(output.node);
    const target = targets.get(output.name);
    const loss = losses.get(output.name);
    if (given === undefined || target === undefined || loss === undefined) return [];
    const compared = { given, logits: logitsBefore(plan.graph, output, values), target };
    return [
      {
        output,
        loss: lossOf(loss, compared, tape),
        correct: loss.kind === 'crossentropy' ? countCorrect(given, target) : undefined,
      },
    ];
  });
}

/** Reads the numbers of a comparison. */
export function resultOf({ output, loss, correct }: Comparison): OutputResult {
  return {
    name: output.name,
    loss: numberIn(loss.value),
    count: loss.count,
    ...(correct === undefined ? {} : { correct: numberIn(correct) }),
  };
}

/** The value of a scalar. */
export function numberIn(scalar: Tensor): number {
  const [value = Number.NaN] = scalar.dataSync<'float32'>();
  return value;
}

/** What a loss compares. */
interface Compared {
  readonly given: Tensor;
  readonly logits: Tensor | undefined;
  readonly target: Tensor;
}

function lossOf(loss: OutputLoss, { given, logits, target }: Compared, tape: Tape | undefined): Loss {
  switch (loss.kind) {
    case 'crossentropy': {
      const shares = targetShares(target, given, loss.smoothing);
      return logits === undefined
        ? crossEntropyOfShares(given, shares, tape)
        : crossEntropyOfLogits(logits, shares, tape);
    }
    case 'squared':
      return squaredError(given, target, tape);
    default: {
      const never: never = loss;
      return never;
    }
  }
}

/** The tensor before an output's softmax, where the output is one. */
function logitsBefore(
  graph: Graph,
  { node }: Output,
  values: ReadonlyMap<number, Tensor>,
): Tensor | undefined {
  const { kind, inputs } = nodeAt(graph, node);
  const [input] = inputs;
  return kind === 'softmax' && input !== undefined ? values.get(input) : undefined;
}
