import type { Problem } from '../diagnostics/problem.js';
import { adviceProblems } from './advise/problems.js';
import { elaborateProblems } from './elaborate/problems.js';
import { ignoreProblems } from './ignores/problems.js';
import { opProblems } from './ops/problems.js';
import { resolveProblems } from './resolve/problems.js';
import { trainingProblems } from './training/problems.js';
import { variantProblems } from './variant-problems.js';

/** Everything that the compiler can find wrong behind the parser. */
export const compilerProblems: readonly Problem<never>[] = [
  ...resolveProblems,
  ...opProblems,
  ...elaborateProblems,
  ...trainingProblems,
  ...adviceProblems,
  ...ignoreProblems,
  ...variantProblems,
];
