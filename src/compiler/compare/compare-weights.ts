import { neededNodes } from '../analyse/needed.js';
import { nodeAt, type Graph, type Node } from '../ir/graph.js';
import type { Change } from './change.js';
import type { NamedWeight, WeightComparison } from './comparison.js';
import type { LayerItem } from './outline.js';
import { areSameSizes } from './same-size.js';

/** Compares what a checkpoint of either model holds: arrays by name and shape, those for training too. */
export function compareWeights(
  before: Graph,
  after: Graph,
  layers: ReadonlyMap<LayerItem, LayerItem>,
): WeightComparison {
  const [old, now] = [weightsIn(before), weightsIn(after)];
  const missing = [...now.values()].filter(({ name }) => !old.has(name));
  const surplus = [...old.values()].filter(({ name }) => !now.has(name));
  const reshaped = [...now.values()].flatMap(({ name, shape }) => {
    const known = old.get(name);
    const isSame = known === undefined || areSameSizes(known.shape, shape);
    return isSame ? [] : [{ name, before: known.shape, after: shape }];
  });
  const renamed = renamedIn(layers, old, now);
  const misplaced = renamed.filter((change) => {
    const other = now.get(change.before.name);
    return other !== undefined && areSameSizes(other.shape, change.before.shape);
  });
  const differing = [missing, surplus, reshaped, misplaced];
  return {
    counts: { before: old.size, after: now.size },
    loads: differing.every(({ length }) => length === 0),
    missing,
    surplus,
    reshaped,
    renamed,
    misplaced,
  };
}

/** Every array once, under the name of the layer that owns it. */
function weightsIn(graph: Graph): ReadonlyMap<string, NamedWeight> {
  const needed = neededNodes(graph, { training: true });
  const weights = new Map<string, NamedWeight>();
  for (const node of graph.nodes) {
    if (needed[node.id] === 0) continue;
    const owner = node.sharesWith === undefined ? node : nodeAt(graph, node.sharesWith);
    for (const { name, shape } of node.weights) {
      const whole = weightName(owner, name);
      if (!weights.has(whole)) weights.set(whole, { name: whole, shape });
    }
  }
  return weights;
}

function weightName({ path }: Pick<Node, 'path'>, name: string): string {
  return `${path}.${name}`;
}

/** Arrays of layers that both models have, under other names. */
function renamedIn(
  layers: ReadonlyMap<LayerItem, LayerItem>,
  old: ReadonlyMap<string, NamedWeight>,
  now: ReadonlyMap<string, NamedWeight>,
): readonly Change<NamedWeight>[] {
  const renamed: Change<NamedWeight>[] = [];
  for (const [one, other] of layers) {
    one.nodes.forEach((node, place) => {
      const follower = other.nodes[place];
      if (follower?.kind !== node.kind || follower.path === node.path) return;
      for (const { name } of node.sharesWith === undefined ? node.weights : []) {
        const before = old.get(weightName(node, name));
        const after = now.get(weightName(follower, name));
        if (before !== undefined && after !== undefined) renamed.push({ before, after });
      }
    });
  }
  return renamed;
}
