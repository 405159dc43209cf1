import type { DType } from '../../compiler/analyse/bytes.js';
import { trainingMemory, type TrainingMemory } from '../../compiler/analyse/training-memory.js';
import type { Graph } from '../../compiler/ir/graph.js';
import { slotsOf } from '../../compiler/training/slots.js';
import type { Exact } from '../../compiler/values/exact.js';

/** How a training is thought to run. */
export interface TrainingManner {
  /** Images of a step. */
  readonly batch: number;
  readonly optimizer: keyof typeof slotsOf;
  readonly dtype: DType;
  /** Whether only what crosses the borders of blocks is kept. */
  readonly recompute: boolean;
}

/** What the reports on the memory of a training say, before any of it is text. */
export interface TrainingReport extends TrainingManner {
  readonly graph: Graph;
  readonly memory: TrainingMemory;
}

/** Predicts the memory of a training step for its reports. */
export function reportTraining(graph: Graph, manner: TrainingManner): TrainingReport {
  const memory = trainingMemory(graph, { ...manner, slots: slotsOf[manner.optimizer] });
  return { graph, ...manner, memory };
}

/** One part of what a step holds at its peak. */
export interface TrainingPart {
  readonly name: string;
  readonly meaning: string;
  readonly bytes: Exact;
}

/** What a step holds at its peak, by what it is for; empty where open sizes decide when that is. */
export function partsOf({ memory: { peak } }: TrainingReport): readonly TrainingPart[] {
  if (peak === undefined) return [];
  return [
    { name: 'weights', meaning: 'every weight of the model', bytes: peak.weights },
    { name: 'optimizer', meaning: 'what it keeps of each weight that is trained', bytes: peak.optimizer },
    { name: 'gradients', meaning: 'of the weights, as far as they are there', bytes: peak.gradients },
    { name: 'batch', meaning: 'the images and their targets', bytes: peak.batch },
    { name: 'activations', meaning: 'what the way back still reads', bytes: peak.activations },
    { name: 'momentary', meaning: 'what is made at this moment', bytes: peak.momentary },
  ];
}
