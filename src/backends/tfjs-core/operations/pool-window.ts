import type { Pair } from '../../../compiler/ops/types/pair.js';
import type { Sliding } from '../../../compiler/ops/window.js';

/** A window that pools; its padding is as written, without the cells beyond it that a last window may reach. */
export interface PoolWindow extends Sliding {
  /** Rows and columns of the result. */
  readonly output: Pair;
}
