import type { Graph } from '../../compiler/ir/graph.js';
import { planExecution } from '../executor/plan.js';
import { trace } from '../executor/trace.js';
import { upload } from '../executor/upload.js';
import { openStore } from '../training/weight-store.js';
import type { Weights } from '../weights/weights.js';
import { read } from './read.js';
import type { Runner } from './runner.js';

/** Runs a model with cnnc's own executor on an engine. */
export function engineRunner(name: string, graph: Graph, weights: Weights): Runner {
  return {
    name,
    run(inputs) {
      const store = openStore(weights);
      const given = upload(inputs);
      try {
        const tensors = trace(planExecution(graph), { inputs: given, weights: store.tensors });
        return Promise.resolve(new Map([...tensors].map(([path, values]) => [path, read(values)])));
      } finally {
        for (const one of given.values()) one.dispose();
        store.dispose();
      }
    },
  };
}
