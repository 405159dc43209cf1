import { isNumber, valueText } from '../compiler/values/kinds.js';
import type { Value } from '../compiler/values/value.js';
import type { Json } from './json.js';

/** A value of the language as JSON: numbers, booleans, strings and lists as they are, everything else as messages show it. */
export function valueJson(value: Value): Json {
  if (typeof value === 'boolean' || typeof value === 'string' || isNumber(value)) return value;
  return value.kind === 'list' ? value.items.map(valueJson) : valueText(value);
}
