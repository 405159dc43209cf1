import type { Explained } from '../diagnostics/explain.js';
import { problems } from '../problems.js';
import { runtimeExplanations } from '../runtime/explanations.js';

/** All that `cnnc explain` knows: what can be wrong with a file, and with running and training a model. */
export const explained: readonly Explained[] = [
  ...problems,
  ...Object.entries(runtimeExplanations).map(([code, explain]): Explained => ({
    code,
    severity: 'error',
    explain,
  })),
];

/** All codes, in the order of the alphabet. */
export function explainedCodes(): readonly string[] {
  return explained.map(({ code }) => code).sort();
}
