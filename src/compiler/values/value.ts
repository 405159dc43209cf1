import type { Exact } from './exact.js';

/** What an expression of the language can be. Numbers are `Exact` themselves, booleans and strings are JavaScript's. */
export type Value =
  | Exact
  | boolean
  | string
  | ListValue
  | RangeValue
  | StridedValue
  | WordValue
  | OpenValue
  | TensorValue
  | BlockReference
  | FunctionValue
  | UnknownValue;

/** A list, a tuple or a size (`5x5`, `32x32x1`): the three are one kind of value, told apart only where they are printed. */
export interface ListValue {
  readonly kind: 'list';
  readonly written: 'list' | 'tuple' | 'size';
  readonly items: readonly Value[];
}

/** `0..58`: `to` is excluded. */
export interface RangeValue {
  readonly kind: 'range';
  readonly from: Exact;
  readonly to: Exact;
}

/** `3x3/2`: a window with the stride that is written behind it. */
export interface StridedValue {
  readonly kind: 'strided';
  readonly window: ListValue;
  readonly stride: Exact | ListValue;
}

/** A word of a layer, such as `same`; also the name of an activation. */
export interface WordValue {
  readonly kind: 'word';
  readonly text: string;
}

/** `?` in a size: left open. */
export interface OpenValue {
  readonly kind: 'open';
}

/** A block or a layer as a value. What stands behind it is known to the elaborator alone. */
export interface BlockReference {
  readonly kind: 'block';
  /** As messages show it: `se<16>`. */
  readonly text: string;
  readonly target: unknown;
}

/** A tensor: `in`, or what `as` named. */
export interface TensorValue {
  readonly kind: 'tensor';
  readonly node: number;
  readonly shape: readonly Exact[];
  /** The call that gave it, where a block's result was named: an index of the graph's scopes. */
  readonly scope?: number;
}

/** A function of one expression. What stands behind it is known to the evaluator alone. */
export interface FunctionValue {
  readonly kind: 'function';
  readonly name: string;
  readonly target: unknown;
}

/** Stands for what could not be known because of a mistake that has been reported; what it meets becomes unknown too. */
export interface UnknownValue {
  readonly kind: 'unknown';
}

/** The unknown value. */
export const unknown: UnknownValue = { kind: 'unknown' };

/** Makes a list value. */
export function listOf(items: readonly Value[], written: ListValue['written'] = 'list'): ListValue {
  return { kind: 'list', written, items };
}
