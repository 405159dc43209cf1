import type { Graph } from '../../../compiler/ir/graph.js';
import { planExecution } from '../../executor/plan.js';
import type { Weights } from '../weights.js';
import { divideByDepth, type Alike } from './by-depth.js';
import { fitUnits, type Fit } from './fit-units.js';
import type { Mapping, MappingEntry } from './mapping.js';
import { compareNaturally, differInNumbers, isSorted } from './natural-order.js';
import { ourUnitsOf, type OurUnit } from './our-units.js';
import { theirUnitsOf, type TheirUnit } from './their-units.js';

/** What was found out about the arrays of a file and a model. */
export interface Match {
  /** What is certain. */
  readonly mapping: Mapping;
  /** Layers of one shape of which nothing tells which is which. */
  readonly ambiguous: readonly Rivals[];
  /** Layers of the file that fit none of the model, or are too many. */
  readonly surplus: readonly string[];
  /** Layers of the model that none of the file fits. */
  readonly missing: readonly string[];
}

/** As many layers of a file as of a model, all of which fit each other. */
export interface Rivals {
  readonly theirs: readonly string[];
  readonly ours: readonly string[];
}

/**
 * Finds which array of a file is which of a model: by name where all are named alike, else layer by layer, by kind, shape
 * and order. `trustOrder` takes layers of one shape in the order of the file where their names don't tell.
 */
export function matchByOrder(
  graph: Graph,
  weights: Weights,
  { trustOrder = false }: { readonly trustOrder?: boolean } = {},
): Match {
  const equal = equalNames(graph, weights);
  if (equal !== undefined) return { mapping: equal, ambiguous: [], surplus: [], missing: [] };
  const { units, unused } = theirUnitsOf(weights);
  const isListSorted = isSorted(units.map(({ prefix }) => prefix));
  const entries: MappingEntry[] = [];
  const ambiguous: Rivals[] = [];
  const surplus: string[] = [];
  const missing: string[] = [];
  const ignored = [...unused];
  // Models in graph form keep the constants of their operations among the weights: shapes, axes.
  const leave = ({ prefix, parts }: TheirUnit): void => {
    const isConstant = ![...parts.keys()].some((role) => weightRoles.has(role));
    if (isConstant) ignored.push(...[...parts.values()].map(({ name }) => name));
    else surplus.push(prefix);
  };
  for (const { ours, theirs } of rivalsOf(ourUnitsOf(graph), units, leave)) {
    if (ours.length !== theirs.length) {
      const isTooFew = theirs.length < ours.length;
      if (isTooFew) missing.push(...ours.map(({ path }) => path));
      surplus.push(...theirs.map(({ prefix }) => prefix));
      continue;
    }
    for (const alike of divideByDepth({ theirs, ours })) {
      const ordered = inOrder(alike.theirs, isListSorted, trustOrder);
      if (ordered === undefined) ambiguous.push(namesOf(alike));
      else entries.push(...alike.ours.flatMap((unit, place) => entriesOf(ordered[place], unit)));
    }
  }
  const place = new Map(planExecution(graph).weights.map(({ name }, index) => [name, index]));
  entries.sort((one, other) => (place.get(one.ours) ?? 0) - (place.get(other.ours) ?? 0));
  return { mapping: { entries, ignored }, ambiguous, surplus, missing };
}

/** What arrays of weights are to a layer. */
const weightRoles: ReadonlySet<string> = new Set([
  'kernel',
  'bias',
  'gamma',
  'beta',
  'moving_mean',
  'moving_variance',
  'alpha',
  'factor',
]);

/** Every array of the model under its own name. */
function equalNames(graph: Graph, weights: Weights): Mapping | undefined {
  const needed = planExecution(graph).weights;
  if (needed.length !== weights.size) return undefined;
  const isEqual = needed.every(
    ({ name, shape }) => weights.get(name)?.shape.join('x') === shape.join('x') && weights.has(name),
  );
  if (!isEqual) return undefined;
  return { entries: needed.map(({ name }) => ({ theirs: name, ours: name, steps: [] })), ignored: [] };
}

interface Class {
  readonly ours: OurUnit[];
  readonly theirs: TheirUnit[];
}

/** Layers of the model that are alike, each with the layers of the file that fit it. */
function rivalsOf(
  ours: readonly OurUnit[],
  theirs: readonly TheirUnit[],
  leave: (unit: TheirUnit) => void,
): readonly Class[] {
  const classes = new Map<string, Class>();
  for (const unit of ours) {
    const key = JSON.stringify([unit.kind, [...unit.parts], unit.flattened]);
    const known = classes.get(key);
    if (known === undefined) classes.set(key, { ours: [unit], theirs: [] });
    else known.ours.push(unit);
  }
  for (const unit of theirs) {
    const fitting = [...classes.values()].flatMap((one) => {
      const [first] = one.ours;
      const fit = first === undefined ? undefined : fitUnits(unit, first);
      return fit === undefined ? [] : [{ one, fit }];
    });
    const near = fitting.filter(({ fit }: { readonly fit: Fit }) => !fit.isAcrossKinds);
    const best = near.length > 0 ? near : fitting;
    if (best.length === 0) leave(unit);
    for (const { one } of best) one.theirs.push(unit);
  }
  return [...classes.values()];
}

/** Layers that are alike in the order in which they compute, where that is known. */
function inOrder(
  units: readonly TheirUnit[],
  isListSorted: boolean,
  trustOrder: boolean,
): readonly TheirUnit[] | undefined {
  const names = units.map(({ prefix }) => prefix);
  if (units.length === 1) return units;
  if (isListSorted && !differInNumbers(names) && !trustOrder) return undefined;
  if (!isListSorted && !differInNumbers(names)) return units;
  return units.toSorted((one, other) => compareNaturally(one.prefix, other.prefix));
}

function namesOf({ theirs, ours }: Alike): Rivals {
  return { theirs: theirs.map(({ prefix }) => prefix), ours: ours.map(({ path }) => path) };
}

function entriesOf(theirs: TheirUnit | undefined, ours: OurUnit): readonly MappingEntry[] {
  return (theirs === undefined ? undefined : fitUnits(theirs, ours)?.entries) ?? [];
}
