import { readBudget, type Budget } from '../../compiler/budgets.js';
import type { Diagnostic, Severity } from '../../diagnostics/diagnostic.js';
import { report } from '../../diagnostics/problem.js';
import { offer } from '../../diagnostics/suggest.js';
import type { Source, Span } from '../../diagnostics/source.js';
import { problems } from '../../problems.js';
import { unknownKey, unmatchedBudget, wrongConfigValue } from './problems.js';
import { readJson, type JsonMember, type JsonNode } from './read-json.js';

/** What a configuration says. */
export interface Config {
  readonly budgets: readonly BudgetRule[];
  /** The severity of warnings by code, `off` for those that are not wanted. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  /** The folder that imports stay in, as written. */
  readonly root: string | undefined;
}

/** Budgets for some models of some files. */
export interface BudgetRule {
  /** A pattern of paths, relative to the folder of the configuration. */
  readonly files: string;
  /** A pattern of names. */
  readonly models: string;
  readonly budgets: readonly Budget[];
  readonly place: Span;
}

/** A configuration, or all that is wrong with it. */
export type ReadConfig =
  | { readonly kind: 'config'; readonly config: Config }
  | { readonly kind: 'wrong'; readonly diagnostics: readonly Diagnostic[] };

/** The keys of a configuration and of a budget in it, as cnnc.schema.json has them too. */
export const configKeys = {
  config: ['$schema', 'budgets', 'root', 'rules'],
  budget: ['assert', 'files', 'models'],
} as const;

/** What a rule may be set to. */
export const ruleLevels = ['off', 'warning', 'error'] as const;

/** The codes of warnings, which rules may change. */
const warningCodes: readonly string[] = [...problems, unmatchedBudget]
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
    rules: rulesOf(reader, members.get('rules')),
    root: optionalText(reader, members.get('root'), '`root`'),
  };
  optionalText(reader, members.get('$schema'), '`$schema`');
  return found.length > 0 ? { kind: 'wrong', diagnostics: found } : { kind: 'config', config };
}

interface Reader {
  readonly found: Diagnostic[];
}

function budgetRule(reader: Reader, node: JsonNode): BudgetRule {
  const members = membersOf(reader, node, 'a budget', configKeys.budget);
  const assertions = members.get('assert');
  if (assertions === undefined && node.kind === 'object')
    refuse(reader, node, { what: 'a budget', expected: 'an object with `assert`', got: 'one without' });
  const texts = itemsOf(reader, assertions, '`assert`');
  if (assertions?.kind === 'list' && texts.length === 0)
    refuse(reader, assertions, { what: '`assert`', expected: 'a list of conditions', got: 'empty' });
  return {
    files: (optionalText(reader, members.get('files'), '`files`') ?? '**').replace(/^(?:\.\/)+/, ''),
    models: optionalText(reader, members.get('models'), '`models`') ?? '*',
    budgets: texts.flatMap((text) => budgetOf(reader, text)),
    place: node.span,
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

/** The members of an object by key; keys that nothing reads are refused. */
function membersOf(
  reader: Reader,
  node: JsonNode,
  where: string,
  known: readonly string[],
): ReadonlyMap<string, JsonNode> {
  const members = new Map<string, JsonNode>();
  for (const { key, keySpan, value } of objectOf(reader, node, where)) {
    if (known.includes(key)) members.set(key, value);
    else reader.found.push(report(unknownKey, keySpan, { key, where, known }, helpFor(key, keySpan, known)));
  }
  return members;
}

/** The nearest key that there is; where none is near, the problem lists all. */
function helpFor(key: string, span: Span, known: readonly string[]): { readonly help?: string } {
  const { help } = offer(key, span, known);
  return help === undefined ? {} : { help };
}

function objectOf(reader: Reader, node: JsonNode | undefined, what: string): readonly JsonMember[] {
  if (node === undefined || node.kind === 'object') return node?.members ?? [];
  refuse(reader, node, { what, expected: 'an object', got: describe(node) });
  return [];
}

function itemsOf(reader: Reader, node: JsonNode | undefined, what: string): readonly JsonNode[] {
  if (node === undefined || node.kind === 'list') return node?.items ?? [];
  refuse(reader, node, { what, expected: 'a list', got: describe(node) });
  return [];
}

function optionalText(reader: Reader, node: JsonNode | undefined, what: string): string | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'text' && node.value !== '') return node.value;
  refuse(reader, node, { what, expected: 'a text', got: describe(node) });
  return undefined;
}

function refuse(
  reader: Reader,
  { span }: JsonNode,
  facts: { readonly what: string; readonly expected: string; readonly got: string },
): void {
  reader.found.push(report(wrongConfigValue, span, facts));
}

function describe(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return 'an object';
    case 'list':
      return 'a list';
    case 'text':
      return node.value === '' ? 'an empty text' : 'a text';
    case 'number':
      return 'a number';
    case 'boolean':
      return '`true` or `false`';
    case 'null':
      return '`null`';
  }
}
