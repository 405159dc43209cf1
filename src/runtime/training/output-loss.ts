import type { Graph, Output } from '../../compiler/ir/graph.js';
import type { LossSettings } from '../../compiler/training/settings.js';
import type { OutputLoss } from '../executor/types.js';
import { shareMaker } from './output-form.js';

/** How an output is compared with the classes under the loss of a `train` block. */
export function lossOf(
  loss: LossSettings,
  graph: Graph,
  output: Output,
  classWeights: readonly number[] | undefined,
): OutputLoss {
  const factors = classWeights === undefined ? {} : { classWeights };
  if (loss.kind === 'mse') return { kind: 'squared', ...factors };
  const of = shareMaker(graph, output, loss) === undefined ? 'shares' : 'logits';
  return { kind: loss.kind, smoothing: loss.smoothing, of, ...factors };
}
