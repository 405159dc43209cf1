import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { report } from '../diagnostics/problem.js';
import type { Span } from '../diagnostics/source.js';
import type { Argument, Setting } from '../parser/ast.js';
import { readOutsideText } from './outside-text.js';
import { wrongVariant } from './variant-problems.js';

/** Variants that are listed outside of the source, read: every combination of the values of its settings. */
export interface ListedVariants {
  /** Where they are listed. */
  readonly place: Span;
  readonly settings: readonly Setting[];
  /** Moves what is found wrong with their values to where these stand. */
  readonly moved: (found: Diagnostic) => Diagnostic;
}

/** The variants of a model of this name that are listed outside of its file. */
export type ListedFor = (model: string) => readonly ListedVariants[];

/** A text with where it stands. */
export interface PlacedText {
  readonly text: string;
  readonly place: Span;
}

/** Values that are listed for one setting, each an expression of the language. */
export interface ListedSetting {
  readonly name: PlacedText;
  readonly values: readonly PlacedText[];
}

/** Reads variants that are listed outside of the source; what is wrong with their texts is told. */
export function readListedVariants(
  place: Span,
  listed: readonly ListedSetting[],
): { readonly variants: ListedVariants; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const moves: ListedVariants['moved'][] = [];
  const settings = listed.map(({ name, values }): Setting => {
    const read = values.flatMap(({ text, place: at }): readonly Argument[] => {
      const { parsed, moved } = readOutsideText(text, at, ['let value = ', '']);
      moves.push(moved);
      const [item, another] = parsed.tree.items;
      const value = item?.kind === 'let' && another === undefined ? item : undefined;
      const [mistake] = parsed.diagnostics;
      if (mistake === undefined && value !== undefined)
        return [{ kind: 'argument', value: value.value, span: at }];
      // What stands behind a whole value belongs to no file.
      const isInside = mistake !== undefined && !(value !== undefined && mistake.span.start > value.span.end);
      const facts = { setting: name.text, expected: 'values', got: `\`${text}\`` };
      diagnostics.push(isInside ? moved(mistake) : report(wrongVariant, at, facts));
      return [];
    });
    const own = { kind: 'name', text: name.text, span: name.place } as const;
    return { kind: 'setting', name: own, arguments: read, span: name.place };
  });
  const moved = (found: Diagnostic): Diagnostic => moves.reduce((there, move) => move(there), found);
  return { variants: { place, settings, moved }, diagnostics };
}
