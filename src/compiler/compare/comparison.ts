import type { Figures, Tally } from '../analyse/figures.js';
import type { MemoryPeak } from '../analyse/memory.js';
import type { PairOfExact, ReceptiveFields } from '../analyse/receptive-field.js';
import type { Graph } from '../ir/graph.js';
import type { WrittenArgument } from '../ir/written-arguments.js';
import type { Shape } from '../ops/op.js';
import type { Exact } from '../values/exact.js';
import type { Change } from './change.js';
import type { CallItem, Item, LayerItem } from './outline.js';

/** A model with its figures. */
export interface MeasuredModel {
  readonly graph: Graph;
  readonly figures: Figures;
  readonly total: Tally;
  readonly fields: ReceptiveFields;
  readonly peak: MemoryPeak;
}

/** An argument that was given otherwise; absent on the side where it had its default. */
export interface ArgumentChange {
  readonly name: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A layer that both models have, with what differs; what is absent is the same. */
export interface ChangedLayer {
  readonly before: LayerItem;
  readonly after: LayerItem;
  readonly arguments: readonly ArgumentChange[];
  /** The activations in its line, as they are written. */
  readonly activation?: Change<string>;
  /** The paths that it reads, where they are other layers than before: a layer put in between is no change of its reader. */
  readonly inputs?: Change<readonly string[]>;
  /** The layer whose weights it uses, where it shares them. */
  readonly sharesWith?: Change<string | undefined>;
  readonly shape?: Change<Shape>;
  readonly params?: Change<Exact>;
  readonly macs?: Change<Exact>;
  readonly field?: Change<PairOfExact>;
}

/** The costs of a model that are compared. */
export type CostName = 'params' | 'trainable' | 'macs' | 'flops' | 'weightBytes' | 'peakBytes';

/** An array of weights by its name in a checkpoint. */
export interface NamedWeight {
  readonly name: string;
  readonly shape: Shape;
}

/** What becomes of a checkpoint of the first model in the second. */
export interface WeightComparison {
  readonly counts: Change<number>;
  /** True where every array that is needed is there by name and shape, none is surplus, and none would go to another layer. */
  readonly loads: boolean;
  /** Needed, and not there under this name. */
  readonly missing: readonly NamedWeight[];
  /** There, and of no use under this name. */
  readonly surplus: readonly NamedWeight[];
  readonly reshaped: readonly (Change<Shape> & { readonly name: string })[];
  /** Arrays of a layer that has another path now. */
  readonly renamed: readonly Change<NamedWeight>[];
  /** Those of the renamed whose old name and shape another layer has now, so that they would be loaded into it. */
  readonly misplaced: readonly Change<NamedWeight>[];
}

/** A difference between what the models take and give. */
export interface InterfaceChange {
  readonly of: 'input' | 'output';
  /**
   * `source`: another layer gives it; `loss-weight`: another share of the loss; neither is seen from outside. `order`: the same
   * names in another order.
   */
  readonly kind: 'added' | 'removed' | 'reshaped' | 'training' | 'order' | 'source' | 'loss-weight';
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** Everything that differs between two models. */
export interface Comparison {
  readonly before: MeasuredModel;
  readonly after: MeasuredModel;
  /** True where nothing differs. */
  readonly isSame: boolean;
  /** Layers, and blocks whole, in the order of the source. */
  readonly added: readonly Item[];
  readonly removed: readonly Item[];
  readonly changed: readonly ChangedLayer[];
  /** Calls of a block with other arguments, or of another block. */
  readonly calls: readonly Change<CallItem>[];
  /** Layers that are there under another path. */
  readonly renamed: readonly Change<LayerItem>[];
  /** Parameters of the model, as they are written; absent on the side that lacks them. */
  readonly parameters: readonly ArgumentChange[];
  readonly costs: Readonly<Record<CostName, Change<Exact>>>;
  readonly field: Change<PairOfExact>;
  readonly weights: WeightComparison;
  /** True where both take and give the same, by names, shapes and order. */
  readonly isSameInterface: boolean;
  readonly interface: readonly InterfaceChange[];
}

/** True where a layer itself was written otherwise: its shape and costs may follow from others alone. */
export function isDirect(change: ChangedLayer): boolean {
  const { activation, inputs, sharesWith } = change;
  return change.arguments.length > 0 || [activation, inputs, sharesWith].some((one) => one !== undefined);
}

/** Compares arguments by their names. */
export function compareArguments(
  before: readonly WrittenArgument[],
  after: readonly WrittenArgument[],
): readonly ArgumentChange[] {
  const [old, now] = [before, after].map(
    (args) => new Map(args.map(({ name, text }): [string, string] => [name, text])),
  );
  const names = new Set([...before, ...after].map(({ name }) => name));
  return [...names]
    .map((name) => ({ name, before: old?.get(name), after: now?.get(name) }))
    .filter((change) => change.before !== change.after);
}
