import type { Span } from './source.js';

/** How bad it is: an error stops what was asked for, a warning doesn't. */
export type Severity = 'error' | 'warning';

/** Another place that a message points at, with a few words on what is there. */
export interface Related {
  readonly span: Span;
  readonly label: string;
}

/** A repair that a tool can make: `span` is replaced by `text`. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** One step of the way that led to a place inside a block: a call, or a round of a loop. */
export interface TrailStep {
  /** `residual<128, stride=2>`, or `third round of \`for\`` (then it belongs to the call outside). */
  readonly text: string;
  readonly span: Span;
}

/** One message about one mistake, as plain data. */
export interface Diagnostic {
  /** A slug that stays, such as `shape-mismatch`. */
  readonly code: string;
  readonly severity: Severity;
  /** The fact, with the user's own names and numbers; lower case, no full stop. */
  readonly message: string;
  readonly span: Span;
  /** A few words under the caret, where the message alone doesn't say what is there. */
  readonly label?: string;
  readonly related: readonly Related[];
  /** How to mend it. Only this advises. */
  readonly help?: string;
  readonly fix?: TextEdit;
  /** Innermost first. */
  readonly trail: readonly TrailStep[];
}
