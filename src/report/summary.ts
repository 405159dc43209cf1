import type { ConventionName } from '../compiler/analyse/conventions.js';
import { figuresOf, totalOf, type Figures, type Tally } from '../compiler/analyse/figures.js';
import { inferencePeak, type InferenceOptions, type MemoryPeak } from '../compiler/analyse/memory.js';
import { receptiveFieldsOf, type ReceptiveFields } from '../compiler/analyse/receptive-field.js';
import { smallestSizes, type SmallestSize } from '../compiler/analyse/smallest-sizes.js';
import type { Graph } from '../compiler/ir/graph.js';

/** What a report may leave to the reader. */
export interface SummaryOptions {
  /** Counts auxiliary outputs and their layers too. */
  readonly training?: boolean;
  /** Whose way of counting parameters and work is followed; cnnc's where nothing is said. */
  readonly convention?: ConventionName;
  /** How an inference is thought to run. */
  readonly inference?: Pick<InferenceOptions, 'order' | 'rules'>;
}

/** Everything that the reports of one model say, before any of it is text. */
export interface Summary {
  readonly graph: Graph;
  /** The documentation comment above the model. */
  readonly doc: string | undefined;
  /** True where layers that exist in training only are counted. */
  readonly training: boolean;
  readonly convention: ConventionName;
  readonly figures: Figures;
  readonly total: Tally;
  readonly fields: ReceptiveFields;
  readonly peak: MemoryPeak;
  /** What sizes that were left open must be at least. */
  readonly smallest: readonly SmallestSize[];
}

/** Analyses one model for its reports. */
export function summarise(graph: Graph, doc: string | undefined, options: SummaryOptions = {}): Summary {
  const training = options.training ?? false;
  const convention = options.convention ?? 'cnnc';
  const figures = figuresOf(graph, { training }, convention);
  return {
    graph,
    doc,
    training,
    convention,
    figures,
    total: totalOf(figures),
    fields: receptiveFieldsOf(graph, { training }),
    peak: inferencePeak(graph, options.inference),
    smallest: smallestSizes(graph),
  };
}
