import type { Explained } from '../diagnostics/explain.js';
import { budgetProblems } from '../compiler/budget-problems.js';
import { configProblems } from './config/problems.js';
import { problems } from '../problems.js';
import { runtimeExplanations } from '../runtime/explanations.js';

/** All that a check can find: in files, in configurations, and of budgets. */
export const checkedProblems: readonly Explained[] = [...problems, ...budgetProblems, ...configProblems];

/** All that `cnnc explain` knows: what a check can find, and what can be wrong with running and training a model. */
export const explained: readonly Explained[] = [
  ...checkedProblems,
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
