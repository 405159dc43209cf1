import { between } from '../analyse/figures.js';
import { fieldAt } from '../analyse/receptive-field.js';
import { nodeAt, type Graph } from '../ir/graph.js';
import { argumentsText } from '../ir/print.js';
import { writtenArguments } from '../ir/written-arguments.js';
import type { Exact } from '../values/exact.js';
import type { Change } from './change.js';
import { compareArguments, isDirect, type ChangedLayer, type MeasuredModel } from './comparison.js';
import type { LayerItem, Outline } from './outline.js';
import { areSameSizes } from './same-size.js';
import type { Sources } from './sources.js';

/** What two layers are compared in. */
export interface Scene {
  readonly models: Change<MeasuredModel>;
  readonly outlines: Change<Outline>;
  readonly layers: ReadonlyMap<LayerItem, LayerItem>;
  readonly sources: Sources;
}

/** The layers that both models have and that differ in anything, in the order of the second model. */
export function changedLayers(scene: Scene): readonly ChangedLayer[] {
  const changes = [...scene.layers].map(([before, after]) => changeOf(scene, { before, after }));
  return changes
    .filter((change) => isDirect(change) || hasOtherFigures(change))
    .sort((one, other) => one.after.head.id - other.after.head.id);
}

function changeOf({ models, outlines, sources }: Scene, pair: Change<LayerItem>): ChangedLayer {
  const { before, after } = pair;
  const activation = both(pair, activationsOf);
  const shape = both(pair, (layer) => resultOf(layer).shape);
  const figures = {
    before: figuresOf(models.before, before),
    after: figuresOf(models.after, after),
  };
  const params = both(figures, (one) => one.params);
  const macs = both(figures, (one) => one.macs);
  const field = both(figures, (one) => one.field);
  const owner = both(pair, ({ head }) => head.sharesWith);
  return {
    before,
    after,
    arguments: compareArguments(writtenArguments(before.head), writtenArguments(after.head)),
    ...(activation.before === activation.after ? {} : { activation }),
    ...(readsTheSame(pair, sources) ? {} : { inputs: pathsRead(pair, outlines) }),
    ...(hasSameOwner(owner, sources)
      ? {}
      : {
          sharesWith: {
            before: pathOf(models.before.graph, owner.before),
            after: pathOf(models.after.graph, owner.after),
          },
        }),
    ...(areSameSizes(shape.before, shape.after) ? {} : { shape }),
    ...(areSameSizes([params.before], [params.after]) ? {} : { params }),
    ...(areSameSizes([macs.before], [macs.after]) ? {} : { macs }),
    ...(areSameSizes(field.before, field.after) ? {} : { field }),
  };
}

function hasOtherFigures({ shape, params, macs, field }: ChangedLayer): boolean {
  return [shape, params, macs, field].some((change) => change !== undefined);
}

function both<T, R>({ before, after }: Change<T>, of: (side: T) => R): Change<R> {
  return { before: of(before), after: of(after) };
}

function activationsOf({ nodes }: LayerItem): string {
  return nodes
    .slice(1)
    .map((node) => node.kind + argumentsText(node))
    .join(' -> ');
}

function resultOf({ nodes, head }: LayerItem): LayerItem['head'] {
  return nodes.at(-1) ?? head;
}

function figuresOf(
  { graph, figures, fields }: MeasuredModel,
  layer: LayerItem,
): { readonly params: Exact; readonly macs: Exact; readonly field: readonly [Exact, Exact] } {
  const { params, macs } = between(figures, layer.head.id, layer.head.id + layer.nodes.length);
  return { params, macs, field: fieldAt(fields, graph, resultOf(layer).id).size };
}

function readsTheSame({ before, after }: Change<LayerItem>, sources: Sources): boolean {
  const [old, now] = [before.head.inputs.map(sources.before), after.head.inputs.map(sources.after)];
  return old.length === now.length && old.every((layer, place) => layer === now[place]);
}

function pathsRead(pair: Change<LayerItem>, outlines: Change<Outline>): Change<readonly string[]> {
  const paths = ({ head }: LayerItem, { lineOf }: Outline): readonly string[] =>
    head.inputs.map((id) => lineOf[id]?.path ?? '');
  return { before: paths(pair.before, outlines.before), after: paths(pair.after, outlines.after) };
}

function hasSameOwner({ before, after }: Change<number | undefined>, sources: Sources): boolean {
  if (before === undefined || after === undefined) return before === after;
  return sources.before(before) === sources.after(after);
}

function pathOf(graph: Graph, id: number | undefined): string | undefined {
  return id === undefined ? undefined : nodeAt(graph, id).path;
}
