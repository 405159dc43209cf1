import type { Span } from '../../diagnostics/source.js';

/** What a name inside a block can be. */
export type LocalKind =
  'parameter' | 'block parameter' | 'constant' | 'function' | 'tensor' | 'loop variable' | 'shared part';

/** A name that is declared inside a block or model. */
export interface LocalName {
  readonly name: string;
  readonly kind: LocalKind;
  readonly span: Span;
}

/** The names between one pair of braces, and those around them. */
export interface Scope {
  readonly names: Map<string, LocalName>;
  readonly outer: Scope | undefined;
}

/** Opens the scope of a pair of braces. */
export function innerScope(outer: Scope | undefined): Scope {
  return { names: new Map(), outer };
}

/** The nearest declaration of a name. */
export function findLocal(scope: Scope | undefined, name: string): LocalName | undefined {
  for (let here = scope; here !== undefined; here = here.outer) {
    const found = here.names.get(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every name that is visible, or those of one kind, the nearest first, for suggestions. */
export function* visibleNames(scope: Scope | undefined, only?: LocalKind): Iterable<string> {
  for (let here = scope; here !== undefined; here = here.outer) {
    for (const { name, kind } of here.names.values()) if (only === undefined || kind === only) yield name;
  }
}

/** The items of several lists, one list after the other, none looked at before it is asked for. */
export function* inTurn<T>(...lists: readonly Iterable<T>[]): Iterable<T> {
  for (const list of lists) yield* list;
}
