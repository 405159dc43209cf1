import { nodeAt, type Graph, type Node, type Output, type Scope } from '../ir/graph.js';
import type { Model, Values } from './model.js';

/** What changes at one place of a model; the ids are those of the model that it is made for. */
export interface Edit {
  /** Nodes that leave, each with the node that its readers read from then on; with none where nobody is left to read it. */
  readonly leaves?: ReadonlyMap<number, number | undefined>;
  /** Nodes that stay where they are with other arguments and weights. */
  readonly changes?: readonly Node[];
  /** New values of weights of nodes that stay, by name. */
  readonly weights?: ReadonlyMap<string, Values>;
  /** The outputs that are left, where some leave. */
  readonly outputs?: readonly Output[];
}

/** The model with all these edits made at once: nodes in the same order with new ids, and the weights that they own. */
export function edited(model: Model, edits: readonly Edit[]): Model {
  const { graph } = model;
  const leaves = new Map(edits.flatMap((edit) => [...(edit.leaves ?? [])]));
  const changes = new Map(
    edits.flatMap((edit) => (edit.changes ?? []).map((node) => [node.id, node] as const)),
  );
  const kept = graph.nodes.filter(({ id }) => !leaves.has(id)).map((node) => changes.get(node.id) ?? node);
  const newIds = new Map(kept.map(({ id }, place) => [id, place]));
  const placeOf = (id: number): number => {
    const place = newIds.get(standIn(leaves, id));
    if (place === undefined) throw new Error(`${nodeAt(graph, id).path} leaves, but is read`);
    return place;
  };
  const owners = ownersOf(kept);
  const nodes = kept.map((node, id) => ({
    ...node,
    id,
    inputs: node.inputs.map(placeOf),
    sharesWith: sharingOf(node, owners, newIds),
  }));
  const outputs = edits.find((edit) => edit.outputs !== undefined)?.outputs ?? graph.outputs;
  return {
    graph: {
      ...graph,
      nodes,
      inputs: nodes.filter(({ kind }) => kind === 'input').map(({ id }) => id),
      outputs: outputs.map((output) => ({ ...output, node: placeOf(output.node) })),
      scopes: scopesOf(graph, leaves),
    },
    weights: weightsOf(model, kept, owners, edits),
  };
}

/** Who is read in place of a node that leaves, also where that one leaves too. */
function standIn(leaves: ReadonlyMap<number, number | undefined>, id: number): number {
  let at = id;
  for (let next = leaves.get(at); next !== undefined; next = leaves.get(at)) at = next;
  return at;
}

/** By the node that owned weights, the first of those that stay and use them: it owns them from now on. */
function ownersOf(kept: readonly Node[]): ReadonlyMap<number, number> {
  const owners = new Map<number, number>();
  for (const { id, sharesWith = id } of kept) {
    if (!owners.has(sharesWith)) owners.set(sharesWith, id);
  }
  return owners;
}

function sharingOf(
  { id, sharesWith }: Node,
  owners: ReadonlyMap<number, number>,
  newIds: ReadonlyMap<number, number>,
): number | undefined {
  const owner = sharesWith === undefined ? undefined : owners.get(sharesWith);
  return owner === undefined || owner === id ? undefined : newIds.get(owner);
}

/** The weights under the names of those that own them now. */
function weightsOf(
  { graph, weights }: Model,
  kept: readonly Node[],
  owners: ReadonlyMap<number, number>,
  edits: readonly Edit[],
): ReadonlyMap<string, Values> {
  const news = new Map(edits.flatMap((edit) => [...(edit.weights ?? [])]));
  const found = new Map<string, Values>();
  for (const { id, sharesWith = id, path, weights: specs } of kept) {
    if (owners.get(sharesWith) !== id) continue;
    const before = nodeAt(graph, sharesWith).path;
    for (const { name } of specs) {
      const own = `${path}.${name}`;
      const values = news.get(own) ?? weights.get(`${before}.${name}`);
      if (values !== undefined) found.set(own, values);
    }
  }
  return found;
}

/** The scopes around the nodes that stay; one that has lost all of them is left empty where it was. */
function scopesOf({ nodes, scopes }: Graph, leaves: ReadonlyMap<number, unknown>): readonly Scope[] {
  let stay = 0;
  const before = nodes.map(({ id }) => (leaves.has(id) ? stay : stay++));
  const moved = (id: number): number => before[id] ?? stay;
  return scopes.map((scope) => ({ ...scope, first: moved(scope.first), end: moved(scope.end) }));
}
