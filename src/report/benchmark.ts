import type { Exact } from '../compiler/values/exact.js';
import type { Skipped } from './verification.js';

/** How fast a model runs on one engine, a batch at a time. */
export interface EngineSpeed {
  readonly name: string;
  readonly firstMs: number;
  readonly medianMs: number;
  readonly leastMs: number;
  readonly mostMs: number;
  /** How many runs the median is of; the first is not among them. */
  readonly runs: number;
  /** The most memory that the whole process took. */
  readonly peakBytes: number;
}

/** How fast a model runs on every engine that was tried. */
export interface Benchmark {
  readonly model: string;
  /** Images, or whatever the model reads, that are run at once. */
  readonly batch: number;
  /** Multiplications with additions for one of them. */
  readonly macs: Exact;
  /** What the tensors of a run are computed to take at least: weights, and activations at their peak. */
  readonly predictedBytes: Exact;
  readonly engines: readonly EngineSpeed[];
  readonly skipped: readonly Skipped[];
}

/** Images a second, by the median. */
export function imagesPerSecond(batch: number, { medianMs }: EngineSpeed): number {
  return (1000 * batch) / medianMs;
}
