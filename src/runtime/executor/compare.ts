import { mul, type Tensor } from '@tensorflow/tfjs-core';
import type { Tape } from '../../backends/tfjs-core/tape.js';
import { nodeAt, type Graph, type Output } from '../../compiler/ir/graph.js';
import {
  binaryOfLogits,
  binaryOfShares,
  countCorrect,
  crossEntropyOfLogits,
  crossEntropyOfShares,
  rowFactors,
  squaredError,
  targetAnswers,
  targetShares,
  type Loss,
} from './losses.js';
import type { EvaluationFeed, ExecutionPlan, OutputLoss, OutputResult } from './types.js';

/** An output beside its target. */
export interface Comparison {
  readonly output: Output;
  readonly loss: Loss;
  /** A scalar; absent for squared differences. */
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
    const compared = { given, logits: logitsOf(plan.graph, output, { values, loss, given }), target };
    return [{ output, loss: lossOf(loss, compared, tape), correct: correctOf(loss, compared) }];
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
  const rows = loss.classWeights === undefined ? undefined : rowFactors(target, loss.classWeights);
  switch (loss.kind) {
    case 'crossentropy': {
      const shares = targetShares(target, given, loss.smoothing);
      // A row whose target is a part of 1 counts as that part.
      const counted = rows === undefined ? shares : mul(shares, rows);
      return logits === undefined
        ? crossEntropyOfShares(given, counted, tape)
        : crossEntropyOfLogits(logits, counted, tape);
    }
    case 'binary': {
      const answers = targetAnswers(target, given, loss.smoothing);
      return logits === undefined
        ? binaryOfShares(given, answers, rows, tape)
        : binaryOfLogits(logits, answers, rows, tape);
    }
    case 'squared':
      return squaredError(given, targetShares(target, given, 0), rows, tape);
    default: {
      const never: never = loss;
      return never;
    }
  }
}

function correctOf(loss: OutputLoss, { given, target }: Compared): Tensor | undefined {
  if (loss.kind === 'squared') return undefined;
  return countCorrect(given, target, loss.of === 'logits' ? 0 : 0.5);
}

/** The output itself where it is logits, else the tensor before what makes shares of logits for this loss. */
function logitsOf(
  graph: Graph,
  { node }: Output,
  {
    values,
    loss,
    given,
  }: { readonly values: ReadonlyMap<number, Tensor>; readonly loss: OutputLoss; readonly given: Tensor },
): Tensor | undefined {
  if (loss.kind === 'squared') return undefined;
  if (loss.of === 'logits') return given;
  const { kind, inputs } = nodeAt(graph, node);
  const [input] = inputs;
  const maker = loss.kind === 'crossentropy' ? 'softmax' : 'sigmoid';
  return kind === maker && input !== undefined ? values.get(input) : undefined;
}
