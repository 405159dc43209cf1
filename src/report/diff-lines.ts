import type { Change } from '../compiler/compare/change.js';
import { isDirect, type ChangedLayer, type Comparison } from '../compiler/compare/comparison.js';
import { layersOf, type CallItem, type Item, type LayerItem } from '../compiler/compare/outline.js';
import type { Origin } from '../compiler/ir/graph.js';
import { counted } from './check-text.js';
import { argumentWords, changeWords, firstFew, itemWords } from './diff-words.js';
import { pairText } from './quantities.js';

/** One line of a comparison for people. */
export interface DiffLine {
  readonly sign: '+' | '-' | '~' | '·';
  /** The path of a layer or a call, or what several have in common. */
  readonly name: string;
  readonly words: string;
}

/**
 * What differs between two models, a line for each thing that somebody did: the same change of one line of the source in
 * many rounds or calls is one line, and so are the layers that only follow.
 */
export function diffLines(comparison: Comparison): readonly DiffLine[] {
  const { added, removed, changed, calls, renamed, parameters } = comparison;
  const outermost = outermostCalls(calls);
  const nowCalled = new Map(renamed.map(({ before, after }) => [before.path, after.path]));
  const touched = new Set(changed.map(({ after }) => after));
  const inCalls = new Set(outermost.flatMap(({ after }) => layersOf(after)));
  const elsewhere = changed.filter(({ after }) => !inCalls.has(after));
  return [
    ...parameters.map((change): DiffLine => ({ sign: '~', name: 'parameter', words: argumentWords(change) })),
    ...folded(removed.map((item) => itemEntry('-', item))),
    ...folded(added.map((item) => itemEntry('+', item))),
    ...folded(outermost.map((call) => callEntry(call, touched))),
    ...folded(elsewhere.filter(isDirect).map((change) => layerEntry(change, nowCalled))),
    ...followers(elsewhere.filter((change) => !isDirect(change))),
    ...renames(renamed),
  ];
}

/** A line in the making: entries of one origin with the same words are one. */
interface Entry extends DiffLine {
  readonly origin: Origin;
}

function folded(entries: readonly Entry[]): readonly DiffLine[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const { source, start } = entry.origin.span;
    const key = JSON.stringify([source.name, start, entry.words]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()].flatMap((group): readonly DiffLine[] => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    const { sign, name, words } = first;
    const last = others.at(-1);
    if (last === undefined) return [{ sign, name, words }];
    return [{ sign, name: `${name} … ${last.name}`, words: `${words} (${counted(group.length, 'time')})` }];
  });
}

function itemEntry(sign: '+' | '-', item: Item): Entry {
  const { origin } = item.kind === 'layer' ? item.head : item.scope;
  return { sign, name: item.path, words: itemWords(item), origin };
}

function callEntry({ before, after }: Change<CallItem>, changed: ReadonlySet<LayerItem>): Entry {
  const count = layersOf(after).filter((layer) => changed.has(layer)).length;
  const what =
    count === 0
      ? 'no layer changes'
      : `${counted(count, 'layer')} in it ${count === 1 ? 'changes' : 'change'}`;
  return {
    sign: '~',
    name: after.path,
    words: `${before.scope.text} → ${after.scope.text}: ${what}`,
    origin: after.scope.origin,
  };
}

/** Calls inside of others that are told already say nothing more. */
function outermostCalls(calls: readonly Change<CallItem>[]): readonly Change<CallItem>[] {
  const sorted = calls.toSorted(
    (one, other) =>
      one.after.scope.first - other.after.scope.first || other.after.scope.end - one.after.scope.end,
  );
  let end = 0;
  return sorted.filter(({ after }) => {
    const isInside = after.scope.end <= end;
    end = Math.max(end, after.scope.end);
    return !isInside;
  });
}

/** What it reads is told by the names of now, without those of the call around it, so that all calls of a block say the same. */
function layerEntry(change: ChangedLayer, nowCalled: ReadonlyMap<string, string>): Entry {
  const { path, head } = change.after;
  const around = path.slice(0, path.lastIndexOf('.') + 1);
  const shorten = (read: string): string => (read.startsWith(around) ? read.slice(around.length) : read);
  const inputs = change.inputs && {
    before: change.inputs.before.map((read) => shorten(nowCalled.get(read) ?? read)),
    after: change.inputs.after.map(shorten),
  };
  const words = changeWords({ ...change, ...(inputs === undefined ? {} : { inputs }) });
  return { sign: '~', name: path, words, origin: head.origin };
}

/** Layers that were not touched, and are other than before because of those that were. */
function followers(changed: readonly ChangedLayer[]): readonly DiffLine[] {
  const shaped = changed.filter(({ shape, params }) => shape !== undefined || params !== undefined);
  const costly = changed.filter(
    ({ shape, params, macs }) => shape === undefined && params === undefined && macs !== undefined,
  );
  const seeing = changed.filter(
    ({ shape, params, macs, field }) =>
      [shape, params, macs].every((one) => one === undefined) && field !== undefined,
  );
  const line = (
    list: readonly ChangedLayer[],
    what: string,
    words: (change: ChangedLayer) => string,
  ): readonly DiffLine[] =>
    list.length === 0
      ? []
      : [
          {
            sign: '·',
            name: counted(list.length, 'layer'),
            words: `${what}: ${firstFew(list.map((change) => `${change.after.path} ${words(change)}`))}`,
          },
        ];
  return [
    ...line(shaped, 'with another shape in consequence', changeWords),
    ...line(costly, 'with other work in consequence', () => ''),
    ...line(seeing, 'with another receptive field only', ({ field }) =>
      field === undefined ? '' : `${pairText(field.before)} → ${pairText(field.after)}`,
    ),
  ];
}

function renames(renamed: readonly Change<LayerItem>[]): readonly DiffLine[] {
  if (renamed.length === 0) return [];
  const list = renamed.map(({ before, after }) => `${before.path} is now ${after.path}`);
  return [{ sign: '·', name: counted(renamed.length, 'layer'), words: `renamed: ${firstFew(list)}` }];
}
