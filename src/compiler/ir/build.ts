import {
  isComplaint,
  type AnyOp,
  type Args,
  type Complaint,
  type Shape,
  type WeightSpec,
} from '../ops/op.js';
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
  const known = new Map<Args, Inferred>();
  return {
    nodes,
    scopes,
    add(request) {
      const inferred = infer(known, request, nodes);
      if (isComplaint(inferred)) return inferred;
      const node = makeNode(request, nodes.length, inferred);
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

/** What follows from a layer's arguments and the shapes that arrive. */
interface Inferred {
  readonly op: AnyOp;
  readonly arriving: readonly Shape[];
  readonly shape: Shape;
  readonly weights: readonly WeightSpec[];
}

/**
 * Infers a shape and the weights. The rounds of a loop bring the same arguments (the very object) and mostly the same
 * shapes, so the last answer for these arguments is kept: deep graphs share it, and stay small.
 */
function infer(
  known: Map<Args, Inferred>,
  request: NodeRequest,
  nodes: readonly Node[],
): Inferred | Complaint {
  const op: AnyOp = ops[request.kind];
  const last = known.get(request.args);
  if (last?.op === op && bringsTheSame(last, request.inputs, nodes)) return last;
  const arriving = request.inputs.map((id) => shapeAt(nodes, id));
  const shape = op.inferShape(request.args, arriving);
  if (isComplaint(shape)) return shape;
  const inferred = { op, arriving, shape, weights: op.weights(request.args, arriving) };
  known.set(request.args, inferred);
  return inferred;
}

function bringsTheSame(last: Inferred, inputs: readonly number[], nodes: readonly Node[]): boolean {
  if (last.arriving.length !== inputs.length) return false;
  return last.arriving.every((shape, place) => {
    const now = nodes[inputs[place] ?? -1]?.shape;
    if (now === undefined || now === shape) return now === shape;
    return now.length === shape.length && now.every((size, side) => size === shape[side]);
  });
}

function shapeAt(nodes: readonly Node[], id: number): Shape {
  const node = nodes[id];
  if (node === undefined) throw new Error(`no node ${String(id)} yet`);
  return node.shape;
}

function makeNode(request: NodeRequest, id: number, { shape, weights }: Inferred): Node {
  const { kind, path, args, inputs, scope, origin, inline = false, sharesWith } = request;
  // The kind and its arguments were matched when the arguments were checked; the type system can't see that pairing.
  // eslint-disable-next-line @typescript-eslint/consistent-type-assertions
  return { id, kind, path, args, inputs, shape, weights, sharesWith, inline, scope, origin } as Node;
}
