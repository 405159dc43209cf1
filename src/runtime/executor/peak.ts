import { temporariesOf } from '../../backends/tfjs-core/temporaries/temporaries.js';
import { inferencePeak, type InferenceOptions, type MemoryPeak } from '../../compiler/analyse/memory.js';
import type { Graph } from '../../compiler/ir/graph.js';
import type { Exact } from '../../compiler/values/exact.js';

/**
 * How the executor runs: TensorFlow.js has no operation that works in place, batch normalisation is folded only where the
 * graph is, and some layers make tensors on the way.
 */
const executorOptions = {
  rules: { freeAfterLastUse: true, elementwiseInPlace: false, foldBatchNorm: false },
  temporaries: temporariesOf,
} as const satisfies InferenceOptions;

/**
 * The most that `run` holds of activations on the cpu engine and on WebAssembly, to the byte, where the inputs are handed
 * over to it; weights are not in it, nor what a kernel of the engine keeps to itself while it runs.
 */
export function executionPeak(graph: Graph, batch: Exact): MemoryPeak {
  return inferencePeak(graph, { ...executorOptions, batch });
}
