import { isComplaint, type AnyOp, type Shape } from '../ops/op.js';
import { ops } from '../ops/registry.js';
import { equals, toText } from '../values/exact.js';
import type { Graph, Node, Scope } from './graph.js';

/** What is wrong with a graph, a sentence for each violation; every pass must leave none. */
export function verifyGraph(graph: Graph): readonly string[] {
  return [
    ...graph.nodes.flatMap((node, place) => violationsOf(graph, node, place)),
    ...pathsOf(graph),
    ...weightsOf(graph),
    ...endsOf(graph),
    ...scopesOf(graph),
  ];
}

function violationsOf(graph: Graph, node: Node, place: number): readonly string[] {
  const disorder = orderOf(graph, node, place);
  return disorder.length > 0 ? disorder : [...shapeOf(graph, node), ...sharingOf(graph, node)];
}

/** A node stands at its id, and reads nodes before it, as many as its layer takes. */
function orderOf(graph: Graph, node: Node, place: number): readonly string[] {
  const { id, path, inputs, scope } = node;
  const op: AnyOp = ops[node.kind];
  const { min, max = Number.POSITIVE_INFINITY } = op.arity;
  const found: string[] = [];
  if (id !== place) found.push(`${path} has the id ${String(id)}, but stands at ${String(place)}`);
  for (const input of inputs) {
    if (input < 0 || input >= id || graph.nodes[input] === undefined)
      found.push(`${path} reads node ${String(input)}, which does not stand before it`);
  }
  if (inputs.length < min || inputs.length > max)
    found.push(`${path} reads ${String(inputs.length)} tensors, which \`${node.kind}\` does not take`);
  if (graph.scopes[scope] === undefined)
    found.push(`${path} stands in scope ${String(scope)}, which there is not`);
  return found;
}

/** Shape and weights are what the layer's definition gives for what arrives. */
function shapeOf(graph: Graph, node: Node): readonly string[] {
  const op: AnyOp = ops[node.kind];
  const arriving = node.inputs.map((id) => graph.nodes[id]?.shape ?? []);
  const shape = op.inferShape(node.args, arriving);
  if (isComplaint(shape)) return [`${node.path} can’t read what arrives`];
  if (!sameShape(shape, node.shape))
    return [`${node.path} has the shape ${textOf(node.shape)}, but its layer gives ${textOf(shape)}`];
  const weights = op.weights(node.args, arriving);
  const isSame =
    weights.length === node.weights.length &&
    weights.every(({ name, shape: own }, place) => {
      const other = node.weights[place];
      return other?.name === name && sameShape(own, other.shape);
    });
  return isSame ? [] : [`${node.path} has other weights than its layer gives`];
}

/** What shares weights shares those of a node before it, that owns them, and needs the same ones. */
function sharingOf(graph: Graph, node: Node): readonly string[] {
  if (node.sharesWith === undefined) return [];
  const owner = graph.nodes[node.sharesWith];
  if (owner === undefined || owner.id >= node.id) return [`${node.path} shares weights of no node before it`];
  if (owner.sharesWith !== undefined)
    return [`${node.path} shares weights of ${owner.path}, which has none of its own`];
  const isSame =
    owner.kind === node.kind &&
    owner.weights.length === node.weights.length &&
    owner.weights.every(({ name, shape }, place) => {
      const other = node.weights[place];
      return other?.name === name && sameShape(shape, other.shape);
    });
  return isSame ? [] : [`${node.path} shares weights of ${owner.path}, which needs others`];
}

function pathsOf(graph: Graph): readonly string[] {
  return repeated(graph.nodes.map(({ path }) => path)).map((path) => `several nodes are named ${path}`);
}

function weightsOf(graph: Graph): readonly string[] {
  const names = graph.nodes
    .filter(({ sharesWith }) => sharesWith === undefined)
    .flatMap(({ path, weights }) => weights.map(({ name }) => `${path}.${name}`));
  return repeated(names).map((name) => `several weights are named ${name}`);
}

/** Inputs are all `input` nodes in order; outputs name nodes, each name once, at least one for inference. */
function endsOf(graph: Graph): readonly string[] {
  const inputs = graph.nodes.filter(({ kind }) => kind === 'input').map(({ id }) => id);
  const found = repeated(graph.outputs.map(({ name }) => name)).map(
    (name) => `several outputs are named ${name}`,
  );
  if (inputs.length === 0) found.push('there is no input');
  if (inputs.length !== graph.inputs.length || inputs.some((id, place) => graph.inputs[place] !== id))
    found.push('the list of inputs is not that of the nodes');
  if (graph.outputs.every(({ training }) => training)) found.push('there is no output at inference');
  for (const { name, node } of graph.outputs) {
    if (graph.nodes[node] === undefined)
      found.push(`output ${name} is node ${String(node)}, which there is not`);
  }
  return found;
}

/** Scope 0 is the model and holds all nodes; every other lies inside its parent, and holds the nodes that name it. */
function scopesOf(graph: Graph): readonly string[] {
  const found = graph.scopes.flatMap((scope, index) => scopeOf(graph, scope, index));
  for (const { path, id, scope } of graph.nodes) {
    const own = graph.scopes[scope];
    if (own !== undefined && (id < own.first || id >= own.end))
      found.push(`${path} names scope ${own.path}, but lies outside of it`);
  }
  return found;
}

function scopeOf(graph: Graph, scope: Scope, index: number): readonly string[] {
  const { path, first, end } = scope;
  if (index === 0) {
    const isWhole = scope.parent === undefined && first === 0 && end === graph.nodes.length;
    return isWhole ? [] : ['the first scope is not the whole model'];
  }
  const parent = scope.parent === undefined ? undefined : graph.scopes[scope.parent];
  if (parent === undefined || scope.parent === undefined || scope.parent >= index)
    return [`scope ${path} stands in none before it`];
  const isInside = first >= parent.first && first <= end && end <= parent.end;
  return isInside ? [] : [`scope ${path} does not lie inside of scope ${parent.path}`];
}

function sameShape(first: Shape, second: Shape): boolean {
  return (
    first.length === second.length &&
    first.every((size, place) => {
      const other = second[place];
      return other !== undefined && equals(size, other) === true;
    })
  );
}

function textOf(shape: Shape): string {
  return shape.map((size) => toText(size)).join('×');
}

function repeated(names: readonly string[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) twice.add(name);
    seen.add(name);
  }
  return [...twice];
}
