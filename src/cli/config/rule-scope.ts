import type { Span } from '../../diagnostics/source.js';
import { optionalText, refuse, type Reader } from './config-reader.js';
import { readPattern, type Pattern } from './glob.js';
import type { JsonNode } from './read-json.js';

/** The models that a rule of a configuration is for. */
export interface RuleScope {
  /** Of paths, relative to the folder of the configuration. */
  readonly files: Pattern;
  /** Of names. */
  readonly models: Pattern;
  /** Where the rule stands. */
  readonly place: Span;
}

/** Reads the patterns of a rule; without them it is for all models of all files. */
export function scopeOf(reader: Reader, members: ReadonlyMap<string, JsonNode>, place: Span): RuleScope {
  return {
    files: patternOf(reader, members.get('files'), '`files`', '**'),
    models: patternOf(reader, members.get('models'), '`models`', '*'),
    place,
  };
}

function patternOf(reader: Reader, node: JsonNode | undefined, what: string, usual: string): Pattern {
  const text = optionalText(reader, node, what) ?? usual;
  const read = readPattern(text.replace(/^(?:\.\/)+/, ''));
  if (read.kind === 'pattern') return read.pattern;
  if (node !== undefined) refuse(reader, node, { what, expected: 'a pattern', got: `one with ${read.why}` });
  return { text, alternatives: [] };
}
