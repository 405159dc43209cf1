import type { Problem } from '../diagnostics/problem.js';
import { elaborateProblems } from './elaborate/problems.js';
import { opProblems } from './ops/problems.js';
import { resolveProblems } from './resolve/problems.js';
import { trainingProblems } from './training/problems.js';

/** Everything that the compiler can find wrong behind the parser. */
export const compilerProblems: readonly Problem<never>[] = [
  ...resolveProblems,
  ...opProblems,
  ...elaborateProblems,
  ...trainingProblems,
];
