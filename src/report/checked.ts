import type { AssertionResult } from '../compiler/elaborate/assertions.js';
import type { Value } from '../compiler/values/value.js';
import type { Diagnostic } from '../diagnostics/diagnostic.js';

/** What a check found, over all its files. */
export interface CheckResult {
  readonly files: readonly CheckedFile[];
  /** What was found in no file of these, such as in the configuration. */
  readonly elsewhere: readonly Diagnostic[];
  /** All problems, each once, by file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many of them a report shows; the others are counted. */
  readonly limit: number;
}

/** One file of a check. */
export interface CheckedFile {
  /** As messages name it. */
  readonly name: string;
  readonly models: readonly CheckedModel[];
  /** All that was found while this file was checked, in it and in what it imports. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A model of a file, or an instance of one. */
export interface CheckedModel {
  readonly name: string;
  /** Where it is one of the variants that the file lists: its text, `ResNet<depth=34>`, and what was chosen. */
  readonly variant?: { readonly text: string; readonly choice: ReadonlyMap<string, Value> };
  /** False where a mistake, its own or of what it uses, left it without a graph. */
  readonly isWhole: boolean;
  /** What was found while it was expanded and its assertions were evaluated. */
  readonly diagnostics: readonly Diagnostic[];
  readonly assertions: readonly AssertionResult[];
}

/** What a check counted. */
export interface CheckCounts {
  readonly files: number;
  /** Variants are counted apart. */
  readonly models: number;
  readonly variants: number;
  readonly assertions: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Counts the files, the models, the assertions and the problems of a check. */
export function countsOf({ files, diagnostics }: CheckResult): CheckCounts {
  const models = files.flatMap((file) => file.models);
  const variants = models.filter(({ variant }) => variant !== undefined).length;
  const errors = diagnostics.filter(isError).length;
  return {
    files: files.length,
    models: models.length - variants,
    variants,
    assertions: models.reduce((sum, { assertions }) => sum + assertions.length, 0),
    errors,
    warnings: diagnostics.length - errors,
  };
}

/** The problems that a report shows, and how many it leaves out. */
export function shownOf({ diagnostics, limit }: CheckResult): {
  readonly diagnostics: readonly Diagnostic[];
  readonly omitted: number;
} {
  const shown = diagnostics.slice(0, limit);
  return { diagnostics: shown, omitted: diagnostics.length - shown.length };
}

/** Tells errors from warnings. */
export function isError({ severity }: Diagnostic): boolean {
  return severity === 'error';
}
