import { defineProblem, type Problem } from '../diagnostics/problem.js';

/** The facts of a budget that a model doesn't keep to. */
export interface BudgetFacts {
  readonly model: string;
  readonly text: string;
}

export const overBudget = defineProblem<
  BudgetFacts & { readonly facts: string | undefined; readonly why: string | undefined }
>({
  code: 'over-budget',
  severity: 'error',
  message: ({ model, text, facts, why }) =>
    `\`${model}\` does not keep to its budget \`${text}\`${facts === undefined ? '' : `: ${facts}`}${why === undefined ? '' : ` (${why})`}`,
  help: () => 'make the model smaller where it has the largest share, or change the budget',
  explain: {
    text: 'A budget is an assertion that stands outside of the source: in `--budget`, or in cnnc.config.json for the models and files that it names. The message shows both sides, where the budget was set, and who has the largest shares.',
    wrong: "cnnc check examples/vgg16.cnn --budget 'params <= 100M'",
    right: "cnnc check examples/vgg16.cnn --budget 'params <= 140M'",
  },
});

export const unknownBudget = defineProblem<BudgetFacts & { readonly why: string }>({
  code: 'budget-unknown',
  severity: 'error',
  message: ({ model, text, why }) => `the budget \`${text}\` can’t be evaluated for \`${model}\`: ${why}`,
  explain: {
    text: 'A budget that could not be evaluated is not kept: it never passes because nothing was there.',
    wrong: "cnnc check examples/lenet5.cnn --budget 'output.height <= 8'",
    right: "cnnc check examples/lenet5.cnn --budget 'output.channels <= 10'",
  },
});

export const noBudget = defineProblem<{ readonly text: string; readonly why: string }>({
  code: 'no-budget',
  severity: 'error',
  message: ({ text, why }) => `\`${text}\` is no budget: ${why}`,
  help: () =>
    'compare a figure of a model with a limit, such as `macs <= 4.1G` or `memory.inference <= 64MiB`',
  explain: {
    text: 'A budget is one condition over the figures that `assert` knows: params, trainable, macs, flops, weight_bytes, memory.inference, receptive_field, input and output.',
    wrong: "cnnc check --budget '1 <= 2'",
    right: "cnnc check --budget 'params <= 25M'",
  },
});

/** What can be wrong with budgets and with models that don't keep to them. */
export const budgetProblems: readonly Problem<never>[] = [overBudget, unknownBudget, noBudget];
