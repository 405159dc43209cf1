import { isComplaint, type AnyOp, type Args, type Complaint, type Shape } from '../ops/op.js';
import { ops, type OpKind } from '../ops/registry.js';
import type { Graph, Node, Origin, Output, Scope } from './graph.js';

/** What a new node is made from; its shape and weights follow. */
export interface NodeRequest {
  readonly kind: OpKind;
  readonly path: string;
  /** Checked and completed arguments. */
  readonly args: Args;
  readonly inputs: readonly number[];
  readonly scope: number;
  readonly origin: Origin;
  readonly inline?: boolean;
  readonly sharesWith?: number;
}

/** A graph in the making; the only mutable thing is the list inside. */
export interface GraphBuilder {
  readonly nodes: readonly Node[];
  readonly scopes: readonly Scope[];
  /** Infers the shape and appends; a complaint leaves the graph as it was. */
  add(request: NodeRequest): Node | Complaint;
  /** Opens a scope that begins at the next node and gives its index. */
  open(scope: Pick<Scope, 'path' | 'text' | 'parent' | 'origin'>): number;
  /** Ends a scope behind the last node. */
  close(scope: number): void;
  finish(
    rest: Pick<Graph, 'name' | 'parameters' | 'openSizes'> & { readonly outputs: readonly Output[] },
  ): Graph;
}

/** Starts an empty graph. */
export function buildGraph(): GraphBuilder {
  const nodes: Node[] = [];
  const scopes: Scope[] = [];
  return {
    nodes,
    scopes,
    add(request) {
      const op: AnyOp = ops[request.kind];
      const shapes = request.inputs.map((id) => shapeAt(nodes, id));
      const shape = op.inferShape(request.args, shapes);
      if (isComplaint(shape)) return shape;
      const weights = op.weights(request.args, shapes);
      const node = makeNode(request, { id: nodes.length, shape, weights });
      nodes.push(node);
      return node;
    },
    open(scope) {
      scopes.push({ ...scope, first: nodes.length, end: nodes.length });
      return scopes.length - 1;
    },
    close(index) {
      const scope = scopes[index];
      if (scope !== undefined) scopes[index] = { ...scope, end: nodes.length };
    },
    finish(rest) {
      const inputs = nodes.filter((node) => node.kind === 'input').map((node) => node.id);
      return { kind: 'graph', nodes, scopes, inputs, ...rest };
    },
  };
}

function shapeAt(nodes: readonly Node[], id: number): Shape {
  const node = nodes[id];
  if (node === undefined) throw new Error(`no node ${String(id)} yet`);
  return node.shape;
}

function makeNode(request: NodeRequest, inferred: Pick<Node, 'id' | 'shape' | 'weights'>): Node {
  const { kind, path, args, scope, origin, inline = false, sharesWith } = request;
  // The kind and its arguments were matched when the arguments were checked; the type system can't see that pairing.
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions
  return { ...inferred, kind, path, args, inputs: request.inputs, sharesWith, inline, scope, origin } as Node;
}
