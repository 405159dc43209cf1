import type { TrainSettings } from '../../compiler/training/settings.js';
import type { DataSet } from '../data/data-set.js';
import { failWith, problem, type Failure } from '../outcome.js';

/**
 * What the images of each class count: as given, or balanced, images / (classes · images of the class), so that the mean
 * over the images is 1. A class without images counts 1, which nothing reads.
 */
export function classFactors(
  weights: TrainSettings['classWeights'],
  { classes, training }: DataSet,
  trained: Uint32Array,
): readonly number[] | undefined {
  if (weights !== 'balanced') return weights;
  const counts = classes.map(() => 0);
  for (const index of trained) {
    const label = training.labels[index] ?? 0;
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts.map((count) => (count === 0 ? 1 : trained.length / (classes.length * count)));
}

/** A list of factors of another length than there are classes. */
export function checkClassWeights({ classWeights }: TrainSettings, data: DataSet): Failure | undefined {
  const count = data.classes.length;
  if (classWeights === undefined || classWeights === 'balanced' || classWeights.length === count)
    return undefined;
  const got = classWeights.length === 1 ? '1 number' : `${String(classWeights.length)} numbers`;
  return failWith(
    problem(
      'classes-mismatch',
      `\`class_weights\` has ${got}, but ${data.name} has ${String(count)} classes`,
    ),
  );
}
