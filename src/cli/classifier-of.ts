import type { Classifier } from '../backends/backend.js';
import { defaultTraining } from '../runtime/training/default-training.js';
import { imageModelOf } from '../runtime/training/image-model.js';
import { shareRule } from '../runtime/training/output-form.js';
import { checkNormalisation } from '../runtime/training/normalise.js';
import { classesIn } from '../runtime/weights/metadata.js';
import type { WholeModel } from './compile-entry.js';

/** How a model tells classes of images apart, with what stands beside its weights; nothing where it is no such model. */
export function classifierOf(
  { name, graph, training }: WholeModel,
  metadata: ReadonlyMap<string, string>,
): Classifier | undefined {
  const looked = imageModelOf(graph);
  if (!looked.ok) return undefined;
  const { input, shape, output, classes } = looked.value;
  const { preprocess, loss } = training ?? defaultTraining(name);
  if (checkNormalisation(preprocess, shape.channels) !== undefined) return undefined;
  const numbers = Array.from({ length: classes }, (_, place) => String(place));
  return {
    input,
    output: output.name,
    shape,
    classes: classesIn(metadata, classes) ?? numbers,
    ...shareRule(graph, looked.value, loss),
    preprocess,
  };
}
