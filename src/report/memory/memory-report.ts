import {
  inferenceProfile,
  weightBytesIn,
  type InferenceOptions,
  type MemoryProfile,
} from '../../compiler/analyse/memory.js';
import type { Graph } from '../../compiler/ir/graph.js';
import type { Exact } from '../../compiler/values/exact.js';

/** What the reports on a model's memory say, before any of it is text. */
export interface MemoryReport {
  readonly graph: Graph;
  readonly profile: MemoryProfile;
  /** Images that are computed at once. */
  readonly batch: Exact;
  /** The bytes of all weights, which stand beside the activations. */
  readonly weightBytes: Exact;
}

/** Follows the memory of an inference for its reports. */
export function reportMemory(graph: Graph, options: InferenceOptions): MemoryReport {
  const profile = inferenceProfile(graph, options);
  const { batch = 1 } = options;
  return { graph, profile, batch, weightBytes: weightBytesIn(graph, profile.peak.dtype) };
}
