import { backendProblems } from './backends/problems.js';
import { compilerProblems } from './compiler/problems.js';
import type { Problem } from './diagnostics/problem.js';
import { syntaxProblems } from './parser/problems.js';

/** Everything that can be wrong with a file, whichever phase finds it. */
export const problems: readonly Problem<never>[] = [
  ...syntaxProblems,
  ...compilerProblems,
  ...backendProblems,
];
