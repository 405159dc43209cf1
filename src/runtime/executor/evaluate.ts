import { tidy } from '@tensorflow/tfjs-core';
import { compareOutputs, resultOf } from './compare.js';
import { forward } from './forward.js';
import type { EvaluationFeed, EvaluationResult, ExecutionPlan, OutputResult } from './types.js';

/** Computes the losses of one batch as the model is at inference. */
export function evaluate(plan: ExecutionPlan, feed: EvaluationFeed): EvaluationResult {
  const results: { readonly weight: number; readonly result: OutputResult }[] = [];
  tidy(() => {
    const values = forward(plan.graph, plan.evaluation, feed);
    for (const comparison of compareOutputs(plan, values, feed)) {
      results.push({ weight: comparison.output.weight, result: resultOf(comparison) });
    }
  });
  const loss = results.reduce((sum, { weight, result }) => sum + weight * result.loss, 0);
  return { loss, outputs: results.map(({ result }) => result) };
}
