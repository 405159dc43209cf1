import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { report } from '../../diagnostics/problem.js';
import type { Span } from '../../diagnostics/source.js';
import { offer } from '../../diagnostics/suggest.js';
import { unknownKey, wrongConfigValue } from './problems.js';
import type { JsonMember, JsonNode } from './read-json.js';

/** Where what is wrong with a configuration is gathered. */
export interface Reader {
  readonly found: Diagnostic[];
}

/** The members of an object by key; keys that nothing reads are refused. */
export function membersOf(
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
export function helpFor(key: string, span: Span, known: readonly string[]): { readonly help?: string } {
  const { help } = offer(key, span, known);
  return help === undefined ? {} : { help };
}

/** The members of an object; what is none is refused. */
export function objectOf(reader: Reader, node: JsonNode | undefined, what: string): readonly JsonMember[] {
  if (node === undefined || node.kind === 'object') return node?.members ?? [];
  refuse(reader, node, { what, expected: 'an object', got: describe(node) });
  return [];
}

/** The items of a list; what is none is refused. */
export function itemsOf(reader: Reader, node: JsonNode | undefined, what: string): readonly JsonNode[] {
  if (node === undefined || node.kind === 'list') return node?.items ?? [];
  refuse(reader, node, { what, expected: 'a list', got: describe(node) });
  return [];
}

/** A text, where there is one; another value is refused, and a text of nothing. */
export function optionalText(reader: Reader, node: JsonNode | undefined, what: string): string | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'text' && node.value !== '') return node.value;
  refuse(reader, node, { what, expected: 'a text', got: describe(node) });
  return undefined;
}

/** Tells of a value that is none of those that stand here. */
export function refuse(
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
