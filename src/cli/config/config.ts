import { readBudget, type Budget } from '../../compiler/budgets.js';
import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.js';
import { report } from '../../diagnostics/problem.js';
import type { Source } from '../../diagnostics/source.js';
import { problems } from '../../problems.js';
import { helpFor, itemsOf, membersOf, objectOf, optionalText, refuse, type Reader } from './config-reader.js';
import { unknownKey, unmatchedBudget, unmatchedVariants } from './problems.js';
import { readJson, type JsonNode } from './read-json.js';
import { scopeOf, type RuleScope } from './rule-scope.js';
import { variantsKeys, variantsRule, type VariantsRule } from './variants-rule.js';

/** What a configuration says. */
export interface Config {
  readonly budgets: readonly BudgetRule[];
  readonly variants: readonly VariantsRule[];
  /** The severity of warnings by code, `off` for those that are not wanted. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  /** The folder that imports stay in, as written. */
  readonly root: string | undefined;
}

/** Budgets for some models of some files. */
export interface BudgetRule extends RuleScope {
  readonly budgets: readonly Budget[];
}

/** A configuration, or all that is wrong with it. */
export type ReadConfig =
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'wrong'; readonly diagnostics: readonly Diagnostic[] };

/** The keys of a configuration and of the rules in it, as cnnc.schema.json has them too. */
export const configKeys = {
  config: ['$schema', 'budgets', 'root', 'rules', 'variants'],
  budget: ['assert', 'files', 'models'],
  variants: variantsKeys,
} as const;

/** What a rule may be set to. */
export const ruleLevels = ['off', 'warning', 'error'] as const;

/** The codes of warnings, which rules may change. */
const warningCodes: readonly string[] = [...problems, unmatchedBudget, unmatchedVariants]
  .filter(({ severity }) => severity === 'warning')
  .map(({ code }) => code);

/** Reads the text of a configuration; nothing in it is passed over. */
export function readConfig(source: Source): ReadConfig {
  const json = readJson(source);
  if (json.kind === 'wrong') return { kind: 'wrong', diagnostics: [json.diagnostic] };
  const found: Diagnostic[] = [];
  const reader: Reader = { found };
  const members = membersOf(reader, json.root, 'a configuration', configKeys.config);
  const config: Config = {
    budgets: itemsOf(reader, members.get('budgets'), '`budgets`').map((node) => budgetRule(reader, node)),
    variants: itemsOf(reader, members.get('variants'), '`variants`').map((node) =>
      variantsRule(reader, node),
    ),
    rules: rulesOf(reader, members.get('rules')),
    root: optionalText(reader, members.get('root'), '`root`'),
  };
  optionalText(reader, members.get('$schema'), '`$schema`');
  return found.length > 0 ? { kind: 'wrong', diagnostics: found } : { kind: 'config', config };
}

function budgetRule(reader: Reader, node: JsonNode): BudgetRule {
  const said = reader.found.length;
  const members = membersOf(reader, node, 'a budget', configKeys.budget);
  const assertions = members.get('assert');
  // A key that there isn't can be the one that lacks.
  if (assertions === undefined && reader.found.length === said)
    refuse(reader, node, { what: 'a budget', expected: 'an object with `assert`', got: 'one without' });
  const texts = itemsOf(reader, assertions, '`assert`');
  if (assertions?.kind === 'list' && texts.length === 0)
    refuse(reader, assertions, { what: '`assert`', expected: 'a list of conditions', got: 'empty' });
  return {
    ...scopeOf(reader, members, node.span),
    budgets: texts.flatMap((text) => budgetOf(reader, text)),
  };
}

function budgetOf(reader: Reader, node: JsonNode): readonly Budget[] {
  const text = optionalText(reader, node, 'an item of `assert`');
  if (text === undefined) return [];
  const inside = { ...node.span, start: node.span.start + 1, end: node.span.end - 1 };
  const read = readBudget(text, inside);
  if (read.kind === 'budget') return [read.budget];
  reader.found.push(...read.diagnostics);
  return [];
}

function rulesOf(reader: Reader, node: JsonNode | undefined): Config['rules'] {
  const rules = new Map<string, Severity | 'off'>();
  for (const { key, keySpan, value } of objectOf(reader, node, '`rules`')) {
    if (!warningCodes.includes(key)) {
      const isError = problems.some(({ code }) => code === key);
      const help = isError ? { help: `\`${key}\` is an error: only warnings can be changed` } : {};
      const facts = { key, where: '`rules`', known: warningCodes };
      reader.found.push(
        report(unknownKey, keySpan, facts, { ...helpFor(key, keySpan, warningCodes), ...help }),
      );
      continue;
    }
    const text = optionalText(reader, value, `\`${key}\``);
    const level = ruleLevels.find((known) => known === text);
    if (level !== undefined) rules.set(key, level);
    else if (text !== undefined)
      refuse(reader, value, {
        what: `\`${key}\``,
        expected: ruleLevels.map((known) => `"${known}"`).join(' or '),
        got: JSON.stringify(text),
      });
  }
  return rules;
}
