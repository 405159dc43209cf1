import type { DType } from '../analyse/bytes.js';
import type { OptimizerSettings } from '../training/settings.js';
import type { Exact } from '../values/exact.js';

/** What a training has to fit into, and how it is thought to run. */
export interface FitOptions {
  /** The memory that there is. */
  readonly bytes: Exact;
  readonly optimizer: OptimizerSettings['kind'];
  /** Values that it keeps for each weight that is trained. */
  readonly slots: number;
  readonly dtype: DType;
  readonly recompute: boolean;
  /** The batch that has to fit; one image where none is asked for. */
  readonly batch?: Exact;
}
