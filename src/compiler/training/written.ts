import type { Span } from '../../diagnostics/source.js';
import type { Value } from '../values/value.js';

/** A word of the file with its place. */
export interface WrittenName {
  readonly text: string;
  readonly span: Span;
}

/** One argument of a setting, its expression computed. */
export interface WrittenArgument {
  /** Absent where it stands by its position. */
  readonly name: WrittenName | undefined;
  readonly value: Value;
  /** The unit of a number that was written out: `deg` of `10deg`. */
  readonly unit: string | undefined;
  readonly span: Span;
}

/** A setting as it stands in the file: `optimizer adam rate=1e-3`, or a group `augment { … }`. */
export interface WrittenSetting {
  readonly name: WrittenName;
  readonly arguments: readonly WrittenArgument[];
  /** What stands between its braces; absent where it has none. */
  readonly settings: readonly WrittenSetting[] | undefined;
  readonly span: Span;
}

/** A `train` block as it stands in the file. */
export interface WrittenTraining {
  readonly model: WrittenName;
  readonly settings: readonly WrittenSetting[];
}
