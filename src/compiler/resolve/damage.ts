import { textOf, type Span } from '../../diagnostics/source.js';
import type { FileTree, Item } from '../../parser/ast.js';
import { unclosed, unendedComment } from '../../parser/problems.js';
import type { Parsed } from '../../parser/parse.js';
import { opNamed } from '../ops/registry.js';
import type { Lost, Module } from './declarations.js';

/** What is left of a file in which some text can't be read. */
export interface Damage {
  /** What was read whole: it goes on to be checked, as if nothing else stood in the file. */
  readonly tree: FileTree;
  /** The names that the rest may declare. */
  readonly lost: Lost;
}

/**
 * Tells what was read whole from what a mistake in the text stands in. A mistake behind an item belongs to it too, unless
 * another item begins there: what was meant to stand in its braces is left outside of them by a `}` too many.
 */
export function damageOf({ tree, diagnostics }: Parsed): Damage | undefined {
  const mistakes = diagnostics.filter(({ severity }) => severity === 'error');
  if (mistakes.length === 0) return undefined;
  const heads = new Set(mistakes.filter(({ code }) => code !== unclosed.code).map(({ span }) => span.start));
  const places = mistakes.map(({ span }) => span.start).sort((one, other) => one - other);
  const whole: Item[] = [];
  const pieces: Span[] = [];
  // A comment without an end may hold any number of items.
  let isOpen = mistakes.some(({ code }) => code === unendedComment.code);
  let next = 0;
  const placesBefore = (end: number): readonly number[] => {
    const from = next;
    while ((places[next] ?? end) < end) next += 1;
    return places.slice(from, next);
  };
  let gap: Span = { ...tree.span, end: tree.items[0]?.span.start ?? tree.span.end + 1 };
  const lose = (piece: Span): void => {
    pieces.push(piece);
    isOpen = true;
  };
  if (placesBefore(gap.end).length > 0) lose(gap);
  tree.items.forEach((item, index) => {
    const inside = placesBefore(item.span.end);
    gap = { ...item.span, start: item.span.end, end: tree.items[index + 1]?.span.start ?? tree.span.end + 1 };
    const behind = placesBefore(gap.end);
    if (behind.length > 0) lose(gap);
    if (inside.length === 0 && (behind.length === 0 || beginsItem.test(textOf(gap)))) whole.push(item);
    else pieces.push(item.span);
    if (inside.some((place) => place <= bodyOf(item) && heads.has(place))) isOpen = true;
  });
  return { tree: { ...tree, items: whole }, lost: lostIn(pieces, isOpen) };
}

/** White space and comments, then the word of an item. */
const beginsItem =
  /^(?:[\s;]|\/\/[^\n]*\n|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:model|block|import|train|variants)\b/;

/** Where the names that an item declares have all been read. */
function bodyOf(item: Item): number {
  switch (item.kind) {
    case 'block':
    case 'model':
      return item.body.span.start;
    case 'let':
      return item.value.span.start;
    case 'train':
    case 'variants':
      return item.span.start;
    case 'import':
    case 'alias':
      return item.span.end;
  }
}

/** True where a name that a file lacks would be taken for the layer that has it too. */
export function isMistakable({ lost, missing }: Module): boolean {
  return lost?.isMistakable === true || namesLayer(missing);
}

/** What declares a name, as far as that can be told without reading it. */
const declarations = /(?:^|[;{}])[ \t]*(?:model|block|let)\b[ \t]*([A-Za-z_]\w*)/gm;
const words = /[\p{L}_][\p{L}\p{N}_]*/gu;

/** The names in pieces of text; where they are open, something may be declared there whose name can't be told. */
function lostIn(pieces: readonly Span[], isOpen: boolean): Lost {
  const named = new Set<string>();
  const mentioned = new Set<string>();
  for (const piece of pieces) {
    const text = textOf(piece);
    for (const [word] of text.matchAll(words)) mentioned.add(word);
    for (const [, name = ''] of text.matchAll(declarations)) named.add(name);
  }
  return {
    declares: (name) => isOpen || named.has(name),
    mentions: (name) => mentioned.has(name),
    isMistakable: namesLayer(named),
  };
}

function namesLayer(names: Iterable<string>): boolean {
  return [...names].some((name) => opNamed(name) !== undefined);
}
