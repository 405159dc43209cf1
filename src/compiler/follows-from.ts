import type { Diagnostic } from '../diagnostics/diagnostic.js';
import { textOf, type Span } from '../diagnostics/source.js';
import { uncheckedModel } from './elaborate/problems.js';
import type { Module } from './resolve/declarations.js';
import {
  unknownBlock,
  unknownLayer,
  unknownModel,
  unknownName,
  unknownWord,
  unusedName,
} from './resolve/problems.js';

/** True of a message about a name that may be declared, or used, in what could not be read or imported. */
export function followsFrom({ code, span }: Diagnostic, { lost, missing, tree }: Module): boolean {
  const name = textOf(span);
  switch (code) {
    case unusedName.code:
      return (
        lost !== undefined && tree.items.some((item) => item.kind === 'import' && isWithin(span, item.span))
      );
    case uncheckedModel.code:
      return lost !== undefined;
    case unknownLayer.code:
    case unknownWord.code:
      return missing.has(name) || lost?.mentions(name) === true;
    default:
      return aboutFile.has(code) && (missing.has(name) || lost?.declares(name) === true);
  }
}

/** What tells of a name that the file doesn’t declare. */
const aboutFile: ReadonlySet<string> = new Set(
  [unknownBlock, unknownModel, unknownName].map(({ code }) => code),
);

function isWithin(inner: Span, outer: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
