import { buildGraph } from '../../src/compiler/ir/build.js';
import type { Graph, Node, Output } from '../../src/compiler/ir/graph.js';
import { isComplaint } from '../../src/compiler/ops/op.js';
import type { OpKind } from '../../src/compiler/ops/registry.js';
import type { Exact } from '../../src/compiler/values/exact.js';
import type { Value } from '../../src/compiler/values/value.js';
import { layerOf, messageOf, nowhere, size, type Given } from '../ops/layer.js';

/** What a layer of a test's network may say besides its arguments. */
export interface Extra {
  readonly inline?: boolean;
  readonly sharesWith?: number;
}

/** A network in the making: each call adds a layer and gives its node. */
export interface Net {
  /** Sizes; `'?'` leaves one open. */
  input(...shape: readonly (Exact | '?')[]): Node;
  add(kind: OpKind, given: Given, inputs: readonly Node[], extra?: Extra): Node;
  /** Adds what `body` adds as one call of a block. */
  block(path: string, text: string, body: () => Node): Node;
  graph(...outputs: readonly (Node | Output)[]): Graph;
}

/** Starts a network whose layers are named by their kind and place: `conv1`, `residual1.conv2`. */
export function net(name = 'Net'): Net {
  const builder = buildGraph();
  const origin = { span: nowhere, trail: undefined };
  const open = [{ index: builder.open({ path: '', text: name, parent: undefined, origin }), path: '' }];
  const counts = new Map<string, number>();

  const here = (): { readonly index: number; readonly path: string } => {
    const innermost = open.at(-1);
    if (innermost === undefined) throw new Error('no block is open');
    return innermost;
  };
  const nextPath = (kind: string): string => {
    const prefix = here().path === '' ? kind : `${here().path}.${kind}`;
    const count = (counts.get(prefix) ?? 0) + 1;
    counts.set(prefix, count);
    return `${prefix}${String(count)}`;
  };
  const append = (kind: OpKind, given: Given, inputs: readonly Node[], extra: Extra = {}): Node => {
    const { args } = layerOf(kind, given);
    const ids = inputs.map(({ id }) => id);
    const node = builder.add({
      kind,
      path: nextPath(kind),
      args,
      inputs: ids,
      scope: here().index,
      origin,
      ...extra,
    });
    if (isComplaint(node)) throw new Error(messageOf(node));
    return node;
  };

  return {
    input: (...shape) =>
      append(
        'input',
        { shape: size(...shape.map((item): Value => (item === '?' ? { kind: 'open' } : item))) },
        [],
      ),
    add: append,
    block(path, text, body) {
      const parent = here().index;
      open.push({ index: builder.open({ path, text, parent, origin }), path });
      const result = body();
      builder.close(here().index);
      open.pop();
      return result;
    },
    graph(...outputs) {
      builder.close(0);
      return builder.finish({
        name,
        parameters: [],
        openSizes: [],
        outputs: outputs.map((output) =>
          'kind' in output ? { name: output.path, node: output.id, training: false, weight: 1 } : output,
        ),
      });
    },
  };
}
