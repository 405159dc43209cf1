import type { Span } from '../../diagnostics/source.js';
import type { Let, Share } from '../../parser/ast.js';
import type { OpKind } from '../ops/registry.js';
import type { BlockDeclaration } from '../resolve/declarations.js';
import { valueText } from '../values/kinds.js';
import type { BlockReference, FunctionValue, Value } from '../values/value.js';
import type { Environment } from './environment.js';

/** What stands behind a block as a value. */
export type BlockTarget = DeclaredTarget | LayerTarget | SharedTarget;

/** A block or model, with the parameters that have been bound so far. */
export interface DeclaredTarget {
  readonly kind: 'declared';
  readonly declaration: BlockDeclaration;
  readonly bound: ReadonlyMap<string, Value>;
  /** Where the values were written. */
  readonly places: ReadonlyMap<string, Span>;
}

/** A layer, with the values that its parameters have been given so far and the place where each was written. */
export interface LayerTarget {
  readonly kind: 'layer';
  readonly op: OpKind;
  readonly values: ReadonlyMap<string, PlacedValue>;
  readonly activation: BlockTarget | undefined;
}

/** A shared part, with the names that are visible where it stands. */
export interface SharedTarget {
  readonly kind: 'shared';
  readonly tree: Share;
  readonly environment: Environment;
  readonly uses: SharedUses;
}

/** A value and where it was written. */
export interface PlacedValue {
  readonly value: Value;
  readonly span: Span;
  /** Where the name lies that holds it, if a bare name stands there. */
  readonly held?: Environment;
}

/** The nodes that a shared part was first expanded to, from `undefined` until that use has ended. */
export interface SharedUses {
  first: readonly number[] | undefined;
}

/** What stands behind a function as a value. */
export interface FunctionTarget {
  readonly kind: 'function-target';
  readonly tree: Let;
  readonly environment: Environment;
}

/** Makes a block value; `text` is what messages show. */
export function blockOf(target: BlockTarget, text: string): BlockReference {
  return { kind: 'block', text, target };
}

/** The target of a block value; only `blockOf` makes these, so anything else is our mistake. */
export function targetBehind(reference: BlockReference): BlockTarget {
  const { target } = reference;
  if (!isBlockTarget(target)) throw new Error(`the block value ${reference.text} has no target`);
  return target;
}

/** The target of a function value. */
export function functionBehind(value: FunctionValue): FunctionTarget {
  const { target } = value;
  if (!isFunctionTarget(target)) throw new Error(`the function value ${value.name} has no target`);
  return target;
}

/** A layer without arguments as a target. */
export function bareLayer(op: OpKind): LayerTarget {
  return { kind: 'layer', op, values: new Map(), activation: undefined };
}

/** A call as messages show it: `residual<128, stride=2>`. */
export function textOfCall(name: string, shown: readonly (readonly [string | undefined, Value])[]): string {
  const parts = shown.map(([parameter, value]) =>
    parameter === undefined ? valueText(value) : `${parameter}=${valueText(value)}`,
  );
  return `${name}<${parts.join(', ')}>`;
}

function isBlockTarget(target: unknown): target is BlockTarget {
  return (
    hasKind(target) && (target.kind === 'declared' || target.kind === 'layer' || target.kind === 'shared')
  );
}

function isFunctionTarget(target: unknown): target is FunctionTarget {
  return hasKind(target) && target.kind === 'function-target';
}

function hasKind(target: unknown): target is { readonly kind: unknown } {
  return typeof target === 'object' && target !== null && 'kind' in target;
}
