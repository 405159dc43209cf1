import { defineProblem, type Problem } from '../diagnostics/problem.js';

export const wrongVariant = defineProblem<{
  readonly setting: string;
  readonly expected: string;
  readonly got: string;
}>({
  code: 'wrong-variant',
  severity: 'error',
  message: ({ setting, expected, got }) => `\`${setting}\` lists ${expected}, and this is ${got}`,
  explain: {
    text: 'A `variants` block lists values for parameters of a model, sizes for its `input`, and `mode inference, training`. `cnnc check` checks every combination.',
    wrong:
      'model Net<width = 8> {\n  input 28x28x1\n  conv width 3x3\n}\n\nvariants Net {\n  width few=8\n}\n',
    right:
      'model Net<width = 8> {\n  input 28x28x1\n  conv width 3x3\n}\n\nvariants Net {\n  width 8, 16\n}\n',
  },
});

/** What can be wrong with the variants of a model. */
export const variantProblems: readonly Problem<never>[] = [wrongVariant];
