import { defineProblem, type Problem } from '../../diagnostics/problem.js';

export const configSyntax = defineProblem<{ readonly expected: string; readonly got: string }>({
  code: 'config-syntax',
  severity: 'error',
  message: ({ expected, got }) => `expected ${expected}, got ${got}`,
  explain: {
    text: 'cnnc.config.json is strict JSON: keys and texts in double quotes, no comments, no comma behind the last item, no key twice.',
    wrong: '{ budgets: [], }',
    right: '{ "budgets": [] }',
  },
});

export const unknownKey = defineProblem<{
  readonly key: string;
  readonly where: string;
  readonly known: readonly string[];
}>({
  code: 'config-unknown-key',
  severity: 'error',
  message: ({ key, where }) => `there is no \`${key}\` in ${where}`,
  help: ({ known }) => `there are ${known.map((key) => `\`${key}\``).join(', ')}`,
  explain: {
    text: 'A key that nothing reads would be a rule that nobody keeps, so each has to be one of those that docs/ci.md lists.',
    wrong: '{ "budget": [{ "assert": ["params <= 25M"] }] }',
    right: '{ "budgets": [{ "assert": ["params <= 25M"] }] }',
  },
});

export const wrongConfigValue = defineProblem<{
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}>({
  code: 'config-wrong-value',
  severity: 'error',
  message: ({ what, expected, got }) => `${what} is ${expected}, and this is ${got}`,
  explain: {
    text: 'Each key of cnnc.config.json takes values of one kind; docs/ci.md and cnnc.schema.json say which.',
    wrong: '{ "budgets": [{ "assert": "params <= 25M" }] }',
    right: '{ "budgets": [{ "assert": ["params <= 25M"] }] }',
  },
});

/** The patterns that no model fits. */
export interface UnmatchedFacts {
  readonly files: string;
  readonly models: string;
}

export const unmatchedBudget = defineProblem<UnmatchedFacts>({
  code: 'budget-unmatched',
  severity: 'warning',
  message: ({ files, models }) =>
    `this budget is for models \`${models}\` in files \`${files}\`, and there are none`,
  help: () => 'mend the patterns, or remove the budget: it keeps nothing small',
  explain: {
    text: 'A budget that no model has to keep to says nothing. Most often a file or a model was renamed.',
    wrong: '{ "budgets": [{ "models": "Resnet*", "assert": ["params <= 25M"] }] }',
    right: '{ "budgets": [{ "models": "ResNet*", "assert": ["params <= 25M"] }] }',
  },
});

export const unmatchedVariants = defineProblem<UnmatchedFacts>({
  code: 'variants-unmatched',
  severity: 'warning',
  message: ({ files, models }) =>
    `these variants are listed for models \`${models}\` in files \`${files}\`, and there are none`,
  help: () => 'mend the patterns, or remove the list: nothing of it was checked',
  explain: {
    text: 'Variants that are listed for no model check nothing. Most often a file or a model was renamed.',
    wrong: '{ "variants": [{ "models": "Resnet*", "input": ["224x224x3"] }] }',
    right: '{ "variants": [{ "models": "ResNet*", "input": ["224x224x3"] }] }',
  },
});

/** What can be wrong with a configuration. */
export const configProblems: readonly Problem<never>[] = [
  configSyntax,
  unknownKey,
  wrongConfigValue,
  unmatchedBudget,
  unmatchedVariants,
];
