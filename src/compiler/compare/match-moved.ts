import { align } from './align.js';
import { layersOf, sameLayerKey, type Item, type LayerItem } from './outline.js';

/**
 * Among what is left over, layers that are the same at another place: branches in another order, lines that became a
 * block. A layer counts as moved only where all of what it stands in was, on either side, so that a new block does not
 * look like parts of one that went.
 */
export function matchMoved(
  before: readonly Item[],
  after: readonly Item[],
): readonly (readonly [LayerItem, LayerItem])[] {
  const [sources, goals] = [before.flatMap(layersOf), after.flatMap(layersOf)];
  const alike = likeLayers(sources, goals);
  const back = new Map([...alike].map(([one, other]) => [other, one]));
  const moved = new Map<LayerItem, LayerItem>();
  for (const item of before) {
    if (!isWhollyIn(item, alike)) continue;
    for (const layer of layersOf(item)) accept(moved, layer, alike.get(layer));
  }
  for (const item of after) {
    if (!isWhollyIn(item, back)) continue;
    for (const layer of layersOf(item)) accept(moved, back.get(layer), layer);
  }
  joinNeighbours(moved, sources, goals, alike);
  joinNeighbours(moved, sources.toReversed(), goals.toReversed(), alike);
  return [...moved];
}

/** Without weights a layer is like any other of its kind: it goes with those beside it, never by itself. */
function isWhollyIn(item: Item, alike: ReadonlyMap<LayerItem, LayerItem>): boolean {
  return item.hasWeights && layersOf(item).every((layer) => alike.has(layer));
}

function accept(
  moved: Map<LayerItem, LayerItem>,
  before: LayerItem | undefined,
  after: LayerItem | undefined,
): void {
  if (before !== undefined && after !== undefined) moved.set(before, after);
}

/** Layers that are the same, those in one order first, the rest one by one. */
function likeLayers(
  sources: readonly LayerItem[],
  goals: readonly LayerItem[],
): ReadonlyMap<LayerItem, LayerItem> {
  const alike = new Map<LayerItem, LayerItem>();
  const taken = new Set<LayerItem>();
  for (const [place, other] of align(sources.map(keyOf), goals.map(keyOf))) {
    const [source, goal] = [sources[place], goals[other]];
    if (source === undefined || goal === undefined) continue;
    alike.set(source, goal);
    taken.add(goal);
  }
  const free = new Map<number, LayerItem[]>();
  for (const goal of goals.toReversed()) {
    if (taken.has(goal)) continue;
    const others = free.get(keyOf(goal));
    if (others === undefined) free.set(keyOf(goal), [goal]);
    else others.push(goal);
  }
  for (const source of sources) {
    const goal = alike.has(source) ? undefined : free.get(keyOf(source))?.pop();
    if (goal !== undefined) alike.set(source, goal);
  }
  return alike;
}

/** Takes along what follows a moved layer on both sides. */
function joinNeighbours(
  moved: Map<LayerItem, LayerItem>,
  sources: readonly LayerItem[],
  goals: readonly LayerItem[],
  alike: ReadonlyMap<LayerItem, LayerItem>,
): void {
  const followers = new Map(goals.map((goal, place) => [goal, goals[place + 1]]));
  sources.forEach((source, place) => {
    const next = sources[place + 1];
    const goal = moved.get(source);
    const nextGoal = goal === undefined ? undefined : followers.get(goal);
    if (next === undefined || nextGoal === undefined || moved.has(next)) return;
    if (alike.get(next) === nextGoal) moved.set(next, nextGoal);
  });
}

function keyOf({ keys }: LayerItem): number {
  return keys[sameLayerKey] ?? -1;
}
