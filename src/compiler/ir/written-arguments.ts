import type { AnyOp } from '../ops/op.js';
import { ops } from '../ops/registry.js';
import type { Node } from './graph.js';

/** An argument of a layer as the language writes it. */
export interface WrittenArgument {
  readonly name: string;
  readonly text: string;
}

/** The arguments of a layer that differ from their defaults, in the order of the layer's parameters. */
export function writtenArguments(node: Node): readonly WrittenArgument[] {
  const op: AnyOp = ops[node.kind];
  const args: Readonly<Record<string, unknown>> = node.args;
  const written: WrittenArgument[] = [];
  for (const [name, { type, fallback }] of Object.entries(op.params)) {
    const value = args[name];
    if (value === undefined) continue;
    const text = type.write(value);
    if (fallback === undefined || type.write(fallback) !== text) written.push({ name, text });
  }
  return written;
}
