import type { ISerializedGast } from 'chevrotain';
import { makeSource } from '../../src/diagnostics/source.js';
import { Grammar } from '../../src/parser/grammar.js';
import { treeMaker } from '../../src/parser/make.js';
import type { GeneratedFile } from '../house/generated-file.js';
import { railroadPage, type GrammarRule, type Part } from '../house/railroad.js';

/** The diagrams of the grammar, from what the parser itself has recorded of its rules. */
export function generate(): readonly GeneratedFile[] {
  const rules = new Grammar(treeMaker(makeSource('empty.cnn', ''), [], [])).getSerializedGastProductions();
  const grammar = rules.filter(isRule).map(({ name, definition }) => ({
    name: name.replaceAll(' ', '-'),
    body: sequence(definition),
  }));
  return [{ path: 'grammar/diagrams.html', text: railroadPage(inReadingOrder(grammar)) }];
}

interface SerializedRule extends ISerializedGast {
  readonly name: string;
  readonly definition: ISerializedGast[];
}

function isRule(production: ISerializedGast): production is SerializedRule {
  return 'name' in production && production.definition !== undefined;
}

function sequence(definition: readonly ISerializedGast[]): Part {
  const parts = definition.map(part);
  const [only, ...more] = parts;
  return only !== undefined && more.length === 0 ? only : { kind: 'sequence', parts };
}

function part(production: ISerializedGast): Part {
  const definition = production.definition ?? [];
  switch (production.type) {
    case 'Alternation':
      return { kind: 'choice', parts: definition.map((one) => sequence(one.definition ?? [])) };
    case 'Option':
      return { kind: 'option', part: sequence(definition) };
    case 'Repetition':
      return { kind: 'repetition', part: sequence(definition) };
    case 'RepetitionMandatory':
      return { kind: 'repetition-mandatory', part: sequence(definition) };
    case 'NonTerminal':
      return { kind: 'rule', name: nameOf(production).replaceAll(' ', '-') };
    case 'Terminal':
      return terminal(nameOf(production), production);
    default:
      throw new Error(`the grammar has a part of the kind ${production.type}`);
  }
}

function nameOf(production: ISerializedGast): string {
  if ('name' in production && typeof production.name === 'string') return production.name;
  throw new Error(`a ${production.type} without a name`);
}

/** Classes of tokens whose text is not fixed; all others are shown as they are written. */
const classes: ReadonlyMap<string, string> = new Map([
  ['Identifier', 'name'],
  ['ArgumentName', 'name'],
  ['Number', 'number'],
  ['Size', 'size'],
  ['String', 'text'],
  ['Terminator', 'line-end'],
]);

const glued: ReadonlySet<string> = new Set(['GluedParen', 'GluedBracket', 'OpenAngle', 'StrideSlash', 'Dot']);

function terminal(name: string, production: ISerializedGast): Part {
  const known = classes.get(name);
  if (known !== undefined) return { kind: 'class', name: known };
  return { kind: 'token', text: labelOf(production) ?? name, glued: glued.has(name) };
}

function labelOf(production: ISerializedGast): string | undefined {
  return 'label' in production && typeof production.label === 'string' ? production.label : undefined;
}

/** From the file down to the values, as one would read it. */
function inReadingOrder(rules: readonly GrammarRule[]): readonly GrammarRule[] {
  const byName = new Map(rules.map((rule) => [rule.name, rule]));
  const order: GrammarRule[] = [];
  const waiting = ['file'];
  const seen = new Set(waiting);
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const rule = byName.get(name);
    if (rule === undefined) throw new Error(`no rule ${name}`);
    order.push(rule);
    for (const next of namesIn(rule.body)) {
      if (!seen.has(next)) waiting.push(next);
      seen.add(next);
    }
  }
  return order;
}

function namesIn(one: Part): readonly string[] {
  switch (one.kind) {
    case 'sequence':
    case 'choice':
      return one.parts.flatMap(namesIn);
    case 'option':
    case 'repetition':
    case 'repetition-mandatory':
      return namesIn(one.part);
    case 'rule':
      return [one.name];
    case 'class':
    case 'token':
      return [];
  }
}
