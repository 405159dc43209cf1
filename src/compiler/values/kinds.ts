import { isOpen, openSizes, toText, type Exact } from './exact.js';
import { shapeText } from './shape-text.js';
import type { Value } from './value.js';

export { shapeText } from './shape-text.js';

/** Tells numbers from the other values. */
export function isNumber(value: Value): value is Exact {
  if (typeof value === 'number') return true;
  return typeof value === 'object' && (value.kind === 'rational' || value.kind === 'formula');
}

/** True for the value that stands for a mistake. No list holds one: it is unknown itself. */
export function isUnknown(value: Value): boolean {
  return typeof value === 'object' && value.kind === 'unknown';
}

/** The open sizes that a number, or the numbers of a list, wait for. */
export function openSizesIn(value: Value): readonly string[] {
  if (isNumber(value)) return isOpen(value) ? openSizes(value) : [];
  return typeof value === 'object' && value.kind === 'list' ? value.items.flatMap(openSizesIn) : [];
}

/** A value as people write it: `7x7`, `[1, 2]`, `true`, `se<16>`. */
export function valueText(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object') return String(value);
  switch (value.kind) {
    case 'rational':
    case 'formula':
      return toText(value);
    case 'list':
      return listText(itemTexts(value.items), value.written);
    case 'range':
      return `${toText(value.from)}..${toText(value.to)}`;
    case 'strided':
      return `${valueText(value.window)}/${valueText(value.stride)}`;
    case 'word':
      return value.text;
    case 'open':
      return '?';
    case 'tensor':
      return shapeText(value.shape);
    case 'block':
      return value.text;
    case 'function':
      return `${value.name}(…)`;
    case 'unknown':
      return '…';
  }
}

/** Of a long list the beginning is enough to know it by. */
function itemTexts(items: readonly Value[]): readonly string[] {
  const shown = items.slice(0, mostItems).map(valueText);
  return items.length > mostItems ? [...shown, '…'] : shown;
}

const mostItems = 16;

function listText(items: readonly string[], written: 'list' | 'tuple' | 'size'): string {
  switch (written) {
    case 'size':
      return items.join('x');
    case 'tuple':
      return `(${items.join(', ')})`;
    case 'list':
      return `[${items.join(', ')}]`;
  }
}

/** What kind of thing a value is, with its article. */
export function describeValue(value: Value): string {
  switch (typeof value) {
    case 'number':
      return `the number ${valueText(value)}`;
    case 'boolean':
      return `\`${String(value)}\``;
    case 'string':
      return `the text ${valueText(value)}`;
    default:
      return describeObject(value);
  }
}

/** Nobody reads a number of hundreds of digits. */
function describeNumber(text: string): string {
  return text.length > 40 ? `a number with ${String(text.length)} characters` : `the number ${text}`;
}

function describeObject(value: Exclude<Value, number | boolean | string>): string {
  switch (value.kind) {
    case 'rational':
    case 'formula':
      return describeNumber(valueText(value));
    case 'list':
      return value.written === 'size'
        ? `the size ${valueText(value)}`
        : `the ${value.written} ${valueText(value)}`;
    case 'range':
      return `the range ${valueText(value)}`;
    case 'strided':
      return `the window ${valueText(value)}`;
    case 'word':
      return `the word \`${value.text}\``;
    case 'open':
      return 'the open size `?`';
    case 'tensor':
      return `a tensor of ${valueText(value)}`;
    case 'block':
      return `the block \`${value.text}\``;
    case 'function':
      return `the function \`${value.name}\``;
    case 'unknown':
      return 'something unknown';
  }
}
