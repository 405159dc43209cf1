import type { Graph } from '../../compiler/ir/graph.js';
import { planExecution } from '../executor/plan.js';
import { run } from '../executor/run.js';
import { upload } from '../executor/upload.js';
import { openStore } from '../training/weight-store.js';
import type { InputArrays } from '../verify/runner.js';
import type { Weights } from '../weights/weights.js';
import { timeRuns, type Patience, type Timing } from './time-runs.js';

/** What is timed; an engine must be open. */
export interface BenchedModel {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly inputs: InputArrays;
}

/** Times the inference of one batch, from tensors that are on the engine to outputs that are read back. */
export function benchModel({ graph, weights, inputs }: BenchedModel, patience: Patience): Timing {
  const plan = planExecution(graph);
  const store = openStore(weights);
  const given = upload(inputs);
  try {
    return timeRuns(() => {
      for (const output of run(plan, { inputs: given, weights: store.tensors }).values()) {
        output.dataSync();
        output.dispose();
      }
    }, patience);
  } finally {
    for (const input of given.values()) input.dispose();
    store.dispose();
  }
}
