import {
  readListedVariants,
  type ListedSetting,
  type ListedVariants,
} from '../../compiler/listed-variants.js';
import { itemsOf, membersOf, objectOf, refuse, optionalText, type Reader } from './config-reader.js';
import { textOf } from '../../diagnostics/source.js';
import type { JsonNode } from './read-json.js';
import { scopeOf, type RuleScope } from './rule-scope.js';

/** Variants of some models of some files. */
export interface VariantsRule extends RuleScope {
  readonly listed: ListedVariants;
}

/** The keys of variants in a configuration, as cnnc.schema.json has them too. */
export const variantsKeys = ['files', 'input', 'mode', 'models', 'set'] as const;

/** What `mode` may list. */
const modes: readonly string[] = ['inference', 'training'];

/** Reads which variants are listed, and for which models. */
export function variantsRule(reader: Reader, node: JsonNode): VariantsRule {
  const said = reader.found.length;
  const members = membersOf(reader, node, 'a list of variants', variantsKeys);
  const listed = [
    ...['input', 'mode'].flatMap((key) => {
      const values = members.get(key);
      if (values === undefined) return [];
      return [
        settingOf(reader, { key, span: values.span, values, known: key === 'mode' ? modes : undefined }),
      ];
    }),
    ...objectOf(reader, members.get('set'), '`set`').map(({ key, keySpan, value }) =>
      settingOf(reader, { key, span: keySpan, values: value, known: undefined }),
    ),
  ];
  if (listed.length === 0 && reader.found.length === said)
    refuse(reader, node, {
      what: 'a list of variants',
      expected: 'an object with `input`, `mode` or `set`',
      got: 'one that lists nothing',
    });
  const { variants, diagnostics } = readListedVariants(node.span, listed);
  reader.found.push(...diagnostics);
  return { ...scopeOf(reader, members, node.span), listed: variants };
}

interface Listed {
  readonly key: string;
  readonly span: JsonNode['span'];
  readonly values: JsonNode;
  /** The only values there are; any expression where nothing is said. */
  readonly known: readonly string[] | undefined;
}

function settingOf(reader: Reader, { key, span, values, known }: Listed): ListedSetting {
  const what = `\`${key}\``;
  const items = itemsOf(reader, values, what);
  if (values.kind === 'list' && items.length === 0)
    refuse(reader, values, { what, expected: 'a list of values', got: 'empty' });
  return {
    name: { text: key, place: span },
    values: items.flatMap((item) => {
      const value = valueOf(reader, item, what);
      if (value === undefined || known?.includes(value.text) !== false) return value ?? [];
      const expected = known.map((one) => `"${one}"`).join(' or ');
      refuse(reader, item, { what, expected, got: textOf(item.span) });
      return [];
    }),
  };
}

/** A text is an expression of the language; numbers, `true` and `false` are written in it as in JSON. */
function valueOf(reader: Reader, node: JsonNode, what: string): ListedSetting['values'][number] | undefined {
  if (node.kind === 'number' || node.kind === 'boolean') return { text: textOf(node.span), place: node.span };
  const text = optionalText(reader, node, `an item of ${what}`);
  const { start, end, source } = node.span;
  return text === undefined ? undefined : { text, place: { source, start: start + 1, end: end - 1 } };
}
