import { realpathSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { readBudget, type Budget } from '../../compiler/budgets.js';
import type { ListedVariants } from '../../compiler/listed-variants.js';
import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.js';
import { report } from '../../diagnostics/problem.js';
import { makeSource, spanOf } from '../../diagnostics/source.js';
import { isInside } from '../loader.js';
import { findConfig, type ConfigFlags } from './find-config.js';
import { fixedParts, matches } from './glob.js';
import { unmatchedBudget, unmatchedVariants, type UnmatchedFacts } from './problems.js';
import type { RuleScope } from './rule-scope.js';

/** The flags that say what is asked of models besides what their files say. */
export interface PolicyFlags extends ConfigFlags {
  readonly budget?: readonly string[];
}

/** What the configuration and the flags ask of the models that are checked. */
export interface Policy {
  /** The configuration that was read, where there is one. */
  readonly files: readonly string[];
  /** The folder that imports stay in, where the configuration names one. */
  readonly root: string | undefined;
  /** The budgets of a model of a file, which is named by its real path. Notes that they had something to do. */
  readonly budgetsOf: (file: string, model: string) => readonly Budget[];
  /** The variants that are listed for a model of a file, which is named by its real path. Notes that they had something to do. */
  readonly variantsOf: (file: string, model: string) => readonly ListedVariants[];
  /**
   * Warnings of rules that had nothing to do, though all that they could be for was checked. In the files with mistakes there
   * may be what they are for.
   */
  readonly unmatched: (paths: readonly string[], wrong: readonly string[]) => readonly Diagnostic[];
  /** A problem at the severity that the configuration wants; nothing where it wants none. */
  readonly severityOf: (found: Diagnostic) => Severity | 'off';
}

/** A policy, or what is wrong with the configuration and the budgets. */
export type ReadPolicy =
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'wrong'; readonly diagnostics: readonly Diagnostic[] };

/** Reads the configuration that holds here, and the budgets of the flags. */
export function readPolicy(flags: PolicyFlags): ReadPolicy {
  const found = findConfig(flags);
  const given = (flags.budget ?? []).map((text) => {
    const source = makeSource('--budget', text);
    return readBudget(text, spanOf(source, 0, text.length));
  });
  const wrong = [...given, found].flatMap((one) => (one.kind === 'wrong' ? one.diagnostics : []));
  if (wrong.length > 0) return { kind: 'wrong', diagnostics: wrong };
  const budgets = given.flatMap((one) => (one.kind === 'budget' ? [one.budget] : []));
  if (found.kind !== 'config') return { kind: 'policy', policy: policyOf(budgets, undefined) };
  return { kind: 'policy', policy: policyOf(budgets, found) };
}

function policyOf(
  everywhere: readonly Budget[],
  found: Extract<ReturnType<typeof findConfig>, { readonly kind: 'config' }> | undefined,
): Policy {
  const folder = found?.folder ?? '';
  const { budgets = [], variants = [] } = found?.config ?? {};
  const matched = new Set<RuleScope>();
  const fits = ({ files }: RuleScope, file: string): boolean =>
    matches(files, relative(folder, file).replaceAll(sep, '/'));
  const fitting = <Rule extends RuleScope>(
    rules: readonly Rule[],
    file: string,
    model: string,
  ): readonly Rule[] => {
    const own = rules.filter((rule) => fits(rule, file) && matches(rule.models, model));
    for (const rule of own) matched.add(rule);
    return own;
  };
  const levels = found?.config.rules;
  return {
    files: found === undefined ? [] : [found.file],
    root: found?.config.root === undefined ? undefined : resolve(folder, found.config.root),
    budgetsOf: (file, model) => [
      ...everywhere,
      ...fitting(budgets, file, model).flatMap((rule) => rule.budgets),
    ],
    variantsOf: (file, model) => fitting(variants, file, model).map((rule) => rule.listed),
    unmatched(paths, wrong) {
      const covered = paths.filter((path) => path !== '-').map((path) => realpathSync(path));
      const idle = (rule: RuleScope): boolean =>
        !matched.has(rule) &&
        !wrong.some((path) => fits(rule, realpathSync(path))) &&
        fixedParts(rule.files).every((fixed) => isCovered(join(folder, fixed), covered));
      const factsOf = ({ files, models }: RuleScope): UnmatchedFacts => ({
        files: files.text,
        models: models.text,
      });
      return [
        ...budgets.filter(idle).map((rule) => report(unmatchedBudget, rule.place, factsOf(rule))),
        ...variants.filter(idle).map((rule) => report(unmatchedVariants, rule.place, factsOf(rule))),
      ];
    },
    severityOf: ({ code, severity }) => (severity === 'warning' ? (levels?.get(code) ?? severity) : severity),
  };
}

/** True where all files that a pattern can be for were among those that were checked. */
function isCovered(fixed: string, checked: readonly string[]): boolean {
  return checked.some((path) => path === fixed || isInside(fixed, path));
}
