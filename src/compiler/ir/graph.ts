import type { TrailStep } from '../../diagnostics/diagnostic.js';
import type { Span } from '../../diagnostics/source.js';
import type { ArgsOfKind, OpKind } from '../ops/registry.js';
import type { Shape, WeightSpec } from '../ops/op.js';
import type { Value } from '../values/value.js';

/** Where a node was written, and the calls and rounds that led there, shared by all nodes of one call. */
export interface Origin {
  readonly span: Span;
  readonly trail: Trail | undefined;
}

/** The way to a place as a linked list, innermost first; nodes of one call share it. */
export interface Trail {
  readonly step: TrailStep;
  readonly outer: Trail | undefined;
}

/** One layer of one kind with its checked arguments; it gives exactly one tensor, which is named by its id. */
export interface NodeOf<K extends OpKind> {
  readonly id: number;
  readonly kind: K;
  /** Stable name: `residual3.conv1`. Weights are named by it. */
  readonly path: string;
  readonly args: ArgsOfKind<K>;
  /** Ids of the nodes whose tensors it reads, each smaller than its own id. */
  readonly inputs: readonly number[];
  readonly shape: Shape;
  readonly weights: readonly WeightSpec[];
  /** The node whose weights it uses, where they are shared; that node has a smaller id. */
  readonly sharesWith: number | undefined;
  /** True for an activation that was written as another layer's argument: figures show it in that layer's line. */
  readonly inline: boolean;
  /** The innermost call it stands in: an index of `Graph.scopes`. */
  readonly scope: number;
  readonly origin: Origin;
}

export type Node = { readonly [K in OpKind]: NodeOf<K> }[OpKind];

/** One call of a block (scope 0 is the model): its nodes are `first` to `end`, without gaps. */
export interface Scope {
  readonly path: string;
  /** `residual<128, stride = 2>`. */
  readonly text: string;
  readonly parent: number | undefined;
  readonly first: number;
  /** One behind the last node. */
  readonly end: number;
  readonly origin: Origin;
}

/** A named tensor that the model gives. */
export interface Output {
  readonly name: string;
  readonly node: number;
  /** True where it exists in training only. */
  readonly training: boolean;
  /** Its share of the loss. */
  readonly weight: number;
}

/** A model with every block expanded: nodes in the order of the source, which is also an order they can run in. */
export interface Graph {
  readonly kind: 'graph';
  readonly name: string;
  readonly nodes: readonly Node[];
  /** Ids of the `input` nodes. */
  readonly inputs: readonly number[];
  readonly outputs: readonly Output[];
  readonly scopes: readonly Scope[];
  /** The model's parameters as they were bound, for reports. */
  readonly parameters: readonly { readonly name: string; readonly value: Value; readonly text: string }[];
  /** Sizes that were left open. */
  readonly openSizes: readonly string[];
}

/** The node with this id; asking for one that isn't there is our mistake. */
export function nodeAt(graph: Pick<Graph, 'nodes'>, id: number): Node {
  const node = graph.nodes[id];
  if (node === undefined)
    throw new Error(`no node ${String(id)} in a graph of ${String(graph.nodes.length)}`);
  return node;
}

/** The shapes that arrive at a node. */
export function inputShapes(graph: Pick<Graph, 'nodes'>, node: Node): readonly Shape[] {
  return node.inputs.map((id) => nodeAt(graph, id).shape);
}
