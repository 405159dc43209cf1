import type { ListValue, Value } from '../values/value.js';

/** How deep an evaluation is, and how much of it may still be done: what a text asks for can grow without any layer. */
export interface Effort {
  /** Bodies and expressions within each other, whatever nests them: braces, calls, parentheses, functions. */
  levels: number;
  /** Functions within each other. */
  calls: number;
  /** Steps that are left; minus infinity once it has been reported that there are none. */
  steps: number;
  /** Steps that there were. */
  readonly most: number;
}

/** Deeper than this nothing is followed: parsing bounds one file, this bounds the way through all of them on the stack. */
const maximumLevels = 500;

/** More items than this no list holds, those of the lists inside of it counted. */
export const maximumItems = 1_000_000;

/** A limit that was met. */
export interface Exceeded {
  readonly what: string;
  readonly limit: number;
}

/** The limit that stands in the way of going a level deeper, if one does. */
export function limitMet(effort: Effort): Exceeded | undefined {
  if (effort.steps <= 0) return { what: 'steps to compute the values of this text', limit: effort.most };
  if (effort.levels < maximumLevels) return undefined;
  return { what: 'braces, calls and expressions within each other', limit: maximumLevels };
}

/** A fresh effort: a hundred steps for each layer that there may be, and enough for any table of constants. */
export function freshEffort(layers: number): Effort {
  const most = Math.max(5_000_000, layers * 100);
  return { levels: 0, calls: 0, steps: most, most };
}

/** The same evaluator without its messages; what it spends is not taken from the effort, nor is its end reported. */
export function silently<E extends { readonly report: unknown; readonly effort: Effort }>(evaluator: E): E {
  return { ...evaluator, report: () => undefined, effort: { ...evaluator.effort } };
}

/** What a value costs whoever looks at it: one step, and one for every second item of a list. */
export function stepsFor(value: Value): number {
  return typeof value === 'object' && value.kind === 'list' ? 1 + Math.floor(itemsWithin(value) / 2) : 1;
}

const known = new WeakMap<ListValue, number>();

/** How many items a list holds, those of the lists inside of it counted. */
export function itemsWithin(list: ListValue): number {
  const counted = known.get(list);
  if (counted !== undefined) return counted;
  let count = list.items.length;
  for (const item of list.items) {
    if (typeof item === 'object' && item.kind === 'list') count += itemsWithin(item);
  }
  known.set(list, count);
  return count;
}
