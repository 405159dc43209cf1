import type { Trail } from '../ir/graph.js';
import type { Module } from '../resolve/declarations.js';
import { unknown, type TensorValue, type UnknownValue, type Value } from '../values/value.js';

/** The values of the names between one pair of braces, and of those around them. */
export interface Environment {
  readonly names: Map<string, Value>;
  readonly outer: Environment | undefined;
  /** The file that the braces stand in: its declarations lie outside of all braces. */
  readonly module: Module;
  /** What `in` is. */
  readonly incoming: TensorValue | UnknownValue | undefined;
  /** The calls and rounds that led here, for messages. */
  readonly trail: Trail | undefined;
}

/** The environment of a declaration's own braces. */
export function outermost(module: Module, incoming?: Environment['incoming'], trail?: Trail): Environment {
  return { names: new Map(), outer: undefined, module, incoming, trail };
}

/** The environment of braces inside of others. */
export function inner(outer: Environment, trail: Trail | undefined = outer.trail): Environment {
  return { names: new Map(), outer, module: outer.module, incoming: outer.incoming, trail };
}

/** Makes a name unknown, so that a value which was refused once is not refused wherever it is used. */
export function forget(environment: Environment, name: string): void {
  for (let here: Environment | undefined = environment; here !== undefined; here = here.outer) {
    if (!here.names.has(name)) continue;
    here.names.set(name, unknown);
    return;
  }
}

/** The value of a name that is declared inside of braces. */
export function lookUp(environment: Environment, name: string): Value | undefined {
  for (let here: Environment | undefined = environment; here !== undefined; here = here.outer) {
    const found = here.names.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}
