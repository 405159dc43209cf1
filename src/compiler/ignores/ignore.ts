import type { Span } from '../../diagnostics/source.js';

/** A comment that silences warnings: `// cnnc-ignore bias-before-batch-norm: as it was published`. */
export interface Ignore {
  readonly code: string;
  /** Where the code stands in the comment. */
  readonly span: Span;
  /** The text that it holds for: warnings that begin there. */
  readonly reach: Span;
  /** Whether it stands in a block, which other files may call with other arguments. */
  readonly inBlock: boolean;
}
