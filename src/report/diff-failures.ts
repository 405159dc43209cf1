import type { Comparison, CostName } from '../compiler/compare/comparison.js';
import { isSameSize } from '../compiler/compare/same-size.js';
import { add, isAtLeast, multiply, type Exact } from '../compiler/values/exact.js';
import { nameOfModel, type DiffModel, type DiffReport } from './diff.js';
import { costTitles, differenceText } from './diff-figures.js';
import { interfaceVerdict, weightsSentence } from './diff-verdicts.js';

/** What a comparison must not find. */
export type FailCondition =
  | { readonly kind: 'weights' | 'interface' }
  | {
      readonly kind: 'cost';
      /** As it was asked for: `cost:5%`. */
      readonly text: string;
      readonly costs: readonly CostName[];
      /** How much of itself a cost may grow: 1/20. */
      readonly growth: Exact;
    };

/** The reasons for which a comparison fails, a sentence each; a model that is gone keeps neither weights nor interface. */
export function diffFailures({ files }: DiffReport, conditions: readonly FailCondition[]): readonly string[] {
  const models = files.flatMap((file) => file.models);
  return models.flatMap((model) =>
    conditions.flatMap((condition) =>
      reasonsIn(model, condition).map((reason) => `${nameOfModel(model)}: ${reason}`),
    ),
  );
}

function reasonsIn(model: DiffModel, condition: FailCondition): readonly string[] {
  switch (model.kind) {
    case 'added':
      return [];
    case 'removed':
      return condition.kind === 'cost' ? [] : [`--fail-on ${condition.kind}: the model is gone`];
    case 'compared':
      return reasonsAgainst(model.comparison, condition);
  }
}

function reasonsAgainst(comparison: Comparison, condition: FailCondition): readonly string[] {
  switch (condition.kind) {
    case 'weights':
      return comparison.weights.loads ? [] : [`--fail-on weights: ${weightsSentence(comparison)}`];
    case 'interface':
      return comparison.isSameInterface ? [] : [`--fail-on interface: ${interfaceVerdict(comparison)}`];
    case 'cost':
      return condition.costs.flatMap((name) => {
        const { before, after } = comparison.costs[name];
        const most = multiply(before, add(1, condition.growth));
        if (isSameSize(before, after) || isAtLeast(most, after) === true) return [];
        const may = isAtLeast(most, after) === undefined ? ', for some sizes' : '';
        return [
          `--fail-on ${condition.text}: ${costTitles[name]} ${differenceText({ before, after })}${may}`,
        ];
      });
  }
}
