import type { Graph } from '../../compiler/ir/graph.js';
import { matchWeights } from '../weights/match-weights.js';
import type { Weights } from '../weights/weights.js';
import type { Checkpoint } from './checkpoint.js';

/** Why a checkpoint's arrays aren't those of a model; `undefined` where they are. */
export function misfit(graph: Graph, { state }: Checkpoint): string | undefined {
  return misfitOf(graph, state.weights) ?? (state.best && misfitOf(graph, state.best.weights));
}

function misfitOf(graph: Graph, weights: Weights): string | undefined {
  const matched = matchWeights(graph, weights);
  if (matched.ok) return undefined;
  const [first, ...others] = matched.problems.map(({ message }) => message);
  return others.length === 0 ? first : `${first ?? ''}, and ${String(others.length)} more`;
}
