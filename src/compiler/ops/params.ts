import type { Value } from '../values/value.js';

/** What a parameter's type makes of a value: the typed value, or what was expected instead. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  /** `waitsFor` names the open sizes that the value depends on, where a number that is known is needed. */
  | { readonly ok: false; readonly expected: string; readonly waitsFor?: readonly string[] };

/** The type of a layer's parameter: how a value of the language becomes a typed one, within bounds. */
export interface ParamType<T> {
  /** For documents: `whole number`, `window`, `padding`. */
  readonly name: string;
  /** The bounds in words, for documents and messages: `a whole number of at least 1`. */
  readonly expected: string;
  /** The words that may stand for this parameter without its name: `same`, `valid`. */
  readonly words: readonly string[];
  parse(value: Value): Parsed<T>;
  /** The value as it is written in the language, in its shortest form. */
  write(value: T): string;
}

/** One parameter of a layer. */
export interface Param<T> {
  readonly type: ParamType<T>;
  readonly doc: string;
  /** The value where none is written; without one the parameter is required. */
  readonly fallback: T | undefined;
  readonly required: boolean;
}

/** The parameters of a layer by name, in the order of the documents. */
export type Params = Readonly<Record<string, Param<unknown>>>;

/** The typed arguments that a table of parameters gives. */
export type ArgsOf<P extends Params> = { readonly [K in keyof P]: P[K] extends Param<infer T> ? T : never };

/** A parameter that must be written. */
export function required<T>(type: ParamType<T>, doc: string): Param<T> {
  return { type, doc, fallback: undefined, required: true };
}

/** A parameter with a default. */
export function optional<T>(type: ParamType<T>, fallback: T, doc: string): Param<T> {
  return { type, doc, fallback, required: false };
}

/** A parameter that may be absent: `undefined` then means what the documentation says. */
export function absent<T>(type: ParamType<T>, doc: string): Param<T | undefined> {
  return { type: orAbsent(type), doc, fallback: undefined, required: false };
}

function orAbsent<T>(type: ParamType<T>): ParamType<T | undefined> {
  return { ...type, write: (value) => (value === undefined ? '' : type.write(value)) };
}
