import type { Graph, Node } from '../ir/graph.js';
import type { Args } from '../ops/op.js';
import type { OptimizerSettings } from '../training/settings.js';
import { slotsOf } from '../training/slots.js';
import { compare, floorDivide, subtract, type Exact } from '../values/exact.js';
import { bytesOfType } from '../analyse/bytes.js';
import { trainingDemand, trainingMemory, type TrainingDemand } from '../analyse/training-memory.js';
import type { FitOptions } from './fit-options.js';
import { fewerFilters, largerStride, type LayerChange } from './layer-changes.js';
import { withArgs } from './with-args.js';
import { writtenLayers, type WrittenLayer } from './written-layers.js';

/** A change after which a training takes less memory. */
export type Change =
  | { readonly kind: 'batch'; readonly batch: Exact }
  | { readonly kind: 'recompute' }
  | { readonly kind: 'dtype'; readonly dtype: 'float16' }
  | { readonly kind: 'optimizer'; readonly optimizer: OptimizerSettings['kind'] }
  | ({
      readonly kind: 'stride' | 'filters';
      readonly nodes: readonly [Node, ...Node[]];
    } & LayerChange['text']);

/** A change and its figures, from the model or the training with it made. */
export interface WayOut {
  readonly change: Change;
  /** What the training then takes: for the batch that the figures are of, or for the smaller one. */
  readonly bytes: Exact;
  /** How much less that is. */
  readonly saved: Exact;
  /** The largest batch that then fits. */
  readonly largest: Exact;
}

/** The ways out that there are, what saves most first; each is tried, none is guessed. */
export function waysOut(
  graph: Graph,
  options: FitOptions & { readonly batch: Exact },
  demand: TrainingDemand,
): readonly WayOut[] {
  const { batch, bytes: room } = options;
  const now = demand.bytesFor(batch);
  const wayOut = (change: Change, then: TrainingDemand, images = batch): readonly WayOut[] => {
    const bytes = then.bytesFor(images);
    const saved = subtract(now, bytes);
    return compare(saved, 0) === 1 ? [{ change, bytes, saved, largest: then.largestBatch(room) }] : [];
  };
  const smaller = smallerBatch(batch, demand.largestBatch(room));
  const layers = layersOf(graph, options);
  const tried = [
    ...(compare(smaller, 0) === 1 ? wayOut({ kind: 'batch', batch: smaller }, demand, smaller) : []),
    ...(options.recompute
      ? []
      : wayOut({ kind: 'recompute' }, trainingDemand(graph, { ...options, recompute: true }))),
    ...(options.dtype === 'float32'
      ? wayOut({ kind: 'dtype', dtype: 'float16' }, trainingDemand(graph, { ...options, dtype: 'float16' }))
      : []),
    ...(['momentum', 'sgd'] as const).flatMap((optimizer) =>
      slotsOf[optimizer] < options.slots
        ? wayOut(
            { kind: 'optimizer', optimizer },
            trainingDemand(graph, { ...options, slots: slotsOf[optimizer] }),
          )
        : [],
    ),
    // Early strides shrink all that comes after them; filters are best left out where most lies.
    ...bestOf('stride', layers, largerStride),
    ...bestOf('filters', byBytes(layers), fewerFilters),
  ];
  return tried.sort((one, other) => compare(other.saved, one.saved) ?? 0);

  function bestOf(
    kind: 'stride' | 'filters',
    candidates: readonly WrittenLayer[],
    change: (node: Node) => LayerChange | undefined,
  ): readonly WayOut[] {
    const found: WayOut[] = [];
    let left = trialsOf(graph);
    for (const { nodes } of candidates) {
      const [first] = nodes;
      const wanted = change(first);
      if (wanted === undefined) continue;
      if (left === 0) break;
      left -= 1;
      const changed = withArgs(graph, changesOf(nodes, change));
      if (changed === undefined) continue;
      found.push(...wayOut({ kind, nodes, ...wanted.text }, trainingDemand(changed, options)));
    }
    return found.sort((one, other) => compare(other.saved, one.saved) ?? 0).slice(0, shown);
  }
}

/** How many layers are named for each kind of change. */
const shown = 3;

/** How many layers are tried: each costs a walk through a step. */
function trialsOf({ nodes }: Graph): number {
  return Math.max(1, Math.min(12, Math.floor(50_000 / nodes.length)));
}

/** The largest that fits, where that is less; else half of it. */
function smallerBatch(batch: Exact, largest: Exact): Exact {
  return compare(largest, batch) === -1 ? largest : floorDivide(batch, 2);
}

function layersOf(graph: Graph, options: FitOptions & { readonly batch: Exact }): readonly WrittenLayer[] {
  const { peak } = trainingMemory(graph, options);
  return writtenLayers(graph, { alive: peak?.alive ?? [] }, bytesOfType[options.dtype] * (1 + options.slots));
}

function byBytes(layers: readonly WrittenLayer[]): readonly WrittenLayer[] {
  return layers.toSorted((one, other) => other.bytes - one.bytes);
}

function changesOf(
  nodes: readonly Node[],
  change: (node: Node) => LayerChange | undefined,
): ReadonlyMap<number, Args> {
  const known = new Map<Args, Args>();
  return new Map(
    nodes.map((node) => {
      // The rounds of a loop bring the very same arguments, and stay quick to infer as long as they do.
      const args = known.get(node.args) ?? change(node)?.args ?? node.args;
      known.set(node.args, args);
      return [node.id, args];
    }),
  );
}
