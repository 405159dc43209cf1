import { isComplaint, type AnyOp, type Args, type Complaint, type Shape } from '../../src/compiler/ops/op.js';
import { ops, type OpKind } from '../../src/compiler/ops/registry.js';
import { listOf, type Value } from '../../src/compiler/values/value.js';

/** The arguments of a layer as written, by the names of their parameters. */
export type Given = Readonly<Record<string, Value>>;

/** A layer with its arguments checked, or what was expected of the first that doesn't fit. */
export type Bound =
  | { readonly kind: 'layer'; readonly op: AnyOp; readonly args: Args }
  | {
      readonly kind: 'misfit';
      readonly parameter: string;
      readonly expected: string;
      readonly waitsFor: readonly string[];
    };

/** A size such as `3x3`. */
export function size(...sizes: readonly Value[]): Value {
  return listOf(sizes, 'size');
}

/** A list such as `[1, 7]`. */
export function list(...items: readonly Value[]): Value {
  return listOf(items);
}

/** A word such as `same`. */
export function word(text: string): Value {
  return { kind: 'word', text };
}

/** Checks arguments and fills in the defaults, as the compiler does for a layer in a file. */
export function bind(kind: OpKind, given: Given): Bound | Complaint {
  const op: AnyOp = ops[kind];
  const args = new Map<string, unknown>();
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(op.params, name)) throw new Error(`${kind} has no parameter ${name}`);
  }
  for (const [name, parameter] of Object.entries(op.params)) {
    const value = given[name];
    if (value === undefined) {
      if (parameter.required) throw new Error(`${kind} needs ${name}`);
      args.set(name, parameter.fallback);
      continue;
    }
    const parsed = parameter.type.parse(value);
    if (!parsed.ok) {
      return { kind: 'misfit', parameter: name, expected: parsed.expected, waitsFor: parsed.waitsFor ?? [] };
    }
    args.set(name, parsed.value);
  }
  const completed = op.complete(Object.fromEntries(args));
  return isComplaint(completed) ? completed : { kind: 'layer', op, args: completed };
}

/** A layer whose arguments are right. */
export function layerOf(kind: OpKind, given: Given = {}): { readonly op: AnyOp; readonly args: Args } {
  const bound = bind(kind, given);
  if (bound.kind !== 'layer') throw new Error(`${kind} was not bound: ${JSON.stringify(bound)}`);
  return bound;
}

/** The shape that a layer gives, which must be one. */
export function shapeOf(kind: OpKind, given: Given, ...inputs: readonly Shape[]): Shape {
  const { op, args } = layerOf(kind, given);
  const shape = op.inferShape(args, inputs);
  if (isComplaint(shape)) throw new Error(messageOf(shape));
  return shape;
}

/** What a complaint says where no place is known. */
export function messageOf(complaint: Complaint): string {
  return complaint.report(nowhere).message;
}

/** A place for complaints that are only read. */
export const nowhere = { source: { kind: 'source', name: 'test.cnn', text: '' }, start: 0, end: 0 } as const;
