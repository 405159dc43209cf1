import type { Exact } from '../values/exact.js';
import { compareInterfaces } from './compare-interfaces.js';
import { changedLayers } from './compare-layers.js';
import { compareWeights } from './compare-weights.js';
import type { Change } from './change.js';
import {
  compareArguments,
  type Comparison,
  type CostName,
  type InterfaceChange,
  type MeasuredModel,
} from './comparison.js';
import { matchOutlines } from './match.js';
import { makeIntern, outlineOf, type CallItem, type Item, type LayerItem } from './outline.js';
import { areSameSizes, isSameSize } from './same-size.js';
import { sourcesOf } from './sources.js';

/** Compares two models with their figures: layers, costs, weights, and what they take and give. */
export function compareModels(before: MeasuredModel, after: MeasuredModel): Comparison {
  const intern = makeIntern();
  const outlines = { before: outlineOf(before.graph, intern), after: outlineOf(after.graph, intern) };
  const matching = matchOutlines(outlines.before, outlines.after);
  const layers = new Map([...matching.layers].sort(([one], [other]) => one.head.id - other.head.id));
  const sources = sourcesOf(outlines, layers);
  const found: Omit<Comparison, 'isSame' | 'isSameInterface'> = {
    before,
    after,
    added: unmatchedIn(outlines.after.root, new Set(layers.values())),
    removed: unmatchedIn(outlines.before.root, new Set(layers.keys())),
    changed: changedLayers({ models: { before, after }, outlines, layers, sources }),
    calls: changesIn(matching.calls).filter(isOtherCall),
    renamed: changesIn(layers)
      .filter((pair) => pair.before.path !== pair.after.path)
      .sort((one, other) => one.after.head.id - other.after.head.id),
    parameters: compareArguments(before.graph.parameters, after.graph.parameters),
    costs: costsOf(before, after),
    field: { before: before.fields.ofModel.size, after: after.fields.ofModel.size },
    weights: compareWeights(before.graph, after.graph, layers),
    interface: compareInterfaces(before.graph, after.graph, sources),
  };
  return { ...found, isSame: isSame(found), isSameInterface: !found.interface.some(isSeenOutside) };
}

/** True where what uses the model has to know of a change. */
function isSeenOutside({ kind }: InterfaceChange): boolean {
  return kind !== 'source' && kind !== 'loss-weight';
}

/** The largest parts of which nothing is in the other model. */
function unmatchedIn(call: CallItem, matched: ReadonlySet<LayerItem>): readonly Item[] {
  const counts = new Map<Item, number>();
  const count = (item: Item): number => {
    const found =
      item.kind === 'layer'
        ? Number(matched.has(item))
        : item.items.reduce((sum, inner) => sum + count(inner), 0);
    counts.set(item, found);
    return found;
  };
  const collect = (item: Item): readonly Item[] => {
    if (counts.get(item) === 0) return [item];
    return item.kind === 'layer' ? [] : item.items.flatMap(collect);
  };
  count(call);
  return call.items.flatMap(collect);
}

/** A call is read by its text; the outermost is the model itself. */
function isOtherCall({ before, after }: Change<CallItem>): boolean {
  return before.scope.parent !== undefined && before.scope.text !== after.scope.text;
}

function changesIn<T>(matched: ReadonlyMap<T, T>): readonly Change<T>[] {
  return [...matched].map(([before, after]) => ({ before, after }));
}

function costsOf(before: MeasuredModel, after: MeasuredModel): Comparison['costs'] {
  const change = (of: (model: MeasuredModel) => Exact): Change<Exact> => ({
    before: of(before),
    after: of(after),
  });
  return {
    params: change(({ total }) => total.params),
    trainable: change(({ total }) => total.trainable),
    macs: change(({ total }) => total.macs),
    flops: change(({ total }) => total.flops),
    weightBytes: change(({ total }) => total.weightBytes),
    peakBytes: change(({ peak }) => peak.bytes),
  } satisfies Readonly<Record<CostName, Change<Exact>>>;
}

function isSame(found: Omit<Comparison, 'isSame' | 'isSameInterface'>): boolean {
  const lists = [
    found.added,
    found.removed,
    found.changed,
    found.calls,
    found.renamed,
    found.parameters,
    found.interface,
  ];
  const isSameField = areSameSizes(found.field.before, found.field.after);
  return (
    lists.every(({ length }) => length === 0) &&
    found.weights.loads &&
    isSameField &&
    Object.values(found.costs).every((cost) => isSameSize(cost.before, cost.after))
  );
}
