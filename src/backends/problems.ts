import { defineProblem, type Problem } from '../diagnostics/problem.js';

/** A layer that a target can't express. */
export const targetLacksLayer = defineProblem<{
  target: string;
  layer: string;
  why: string;
  help?: string | undefined;
}>({
  code: 'target-lacks-layer',
  severity: 'error',
  explain: {
    text:
      'A model is written down in terms of what its target has. Where a layer is not among that, it is lowered to several layers that ' +
      'compute the same. Sizes that are left open are computed when the model runs, if no number in their formula is so large that ' +
      'whole numbers overflow.',
    wrong:
      'model Top {\n  input ?x?x8\n  most<>\n}\nblock most {\n  slice height 0..ceil(in.height * 999_999_999_999 / 1_000_000_000_000)\n}\n',
    right:
      'model Top {\n  input 16x16x8\n  most<>\n}\nblock most {\n  slice height 0..ceil(in.height * 999_999_999_999 / 1_000_000_000_000)\n}\n',
  },
  message: ({ target, layer, why }) => `${target} can't express \`${layer}\` here: ${why}`,
  help: ({ help }) => help,
});

/** A layer that a target has in another form. */
export const targetRewritesLayer = defineProblem<{ target: string; layer: string; as: string }>({
  code: 'target-rewrites-layer',
  severity: 'warning',
  explain: {
    text:
      'The target lacks this layer, and has what computes the same: several layers of its own, or a small layer that `cnnc/tfjs` brings. ' +
      'The numbers are the same; the list of layers is another, and what `cnnc/tfjs` brings must be registered before the model is loaded.',
    wrong: 'model Normalised {\n  input 16x16x8\n  lrn 5\n}\n',
    right: 'model Normalised {\n  input 16x16x8\n  bn\n}\n',
  },
  message: ({ target, layer, as }) => `${target} has no such \`${layer}\`: it becomes ${as}`,
});

/** A layer that a target runs but can't train rightly. */
export const targetLacksGradient = defineProblem<{ target: string; layer: string; why: string }>({
  code: 'target-lacks-gradient',
  severity: 'warning',
  explain: {
    text:
      'The model loads and runs rightly, but whoever trains it further there is stopped at this layer, or learns something else: ' +
      'the target has no gradient of it, or a wrong one. `cnnc train` has the right one.',
    wrong: 'model Wide {\n  input 16x16x8\n  conv 8 3x3 same dilation=2\n}\n',
    right: 'model Wide {\n  input 16x16x8\n  conv 8 5x5 same\n}\n',
  },
  message: ({ target, layer, why }) =>
    `${target} runs this \`${layer}\`, but training it further there goes wrong: ${why}`,
  help: () => 'train the model with `cnnc train`, then build it with these weights',
});

/** Everything that a target can find wrong with a model. */
export const backendProblems: readonly Problem<never>[] = [
  targetLacksLayer,
  targetRewritesLayer,
  targetLacksGradient,
];
