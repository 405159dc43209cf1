import { nodeAt, type Graph } from '../../compiler/ir/graph.js';
import type { Preprocessing } from '../../compiler/training/settings.js';
import { planExecution } from '../executor/plan.js';
import { run } from '../executor/run.js';
import { fitPicture } from '../images/fit.js';
import type { Picture } from '../images/picture.js';
import { succeed, type Outcome } from '../outcome.js';
import type { Weights } from '../weights/weights.js';
import { imageTensor } from './batch.js';
import { pictureShapeOf } from './image-model.js';
import { checkNormalisation, constantsOf, normalisationOf } from './normalise.js';
import { openStore } from './weight-store.js';

/** What running a model on images reads; an engine must be open. */
export interface RunOptions {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly preprocess: Preprocessing;
  readonly pictures: readonly Picture[];
}

/** The values of one output for one image. */
export interface OutputValues {
  readonly name: string;
  /** Without the batch. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** For each image all outputs of a model as they are, in the model's order. */
export function runPictures(options: RunOptions): Outcome<readonly (readonly OutputValues[])[]> {
  const { graph, weights, preprocess, pictures } = options;
  const shape = pictureShapeOf(graph);
  if (!shape.ok) return shape;
  const hindrance = checkNormalisation(preprocess, shape.value.channels);
  if (hindrance !== undefined) return hindrance;
  const plan = planExecution(graph);
  const normalisation = normalisationOf(preprocess, shape.value.channels);
  const input = nodeAt(graph, graph.inputs[0] ?? 0).path;
  const store = openStore(weights);
  try {
    const results = pictures.map((picture) => {
      const { pixels } = fitPicture(picture, shape.value, preprocess.fit);
      const images = imageTensor(shape.value, [pixels], normalisation);
      const inputs = new Map([[input, images]]);
      const outputs = run(plan, { inputs, weights: store.tensors, handsInputsOver: true });
      return [...outputs].map(([name, tensor]) => {
        // A copy: on some engines what is read is the tensor's own memory.
        const values = tensor.dataSync<'float32'>().slice();
        tensor.dispose();
        return { name, shape: tensor.shape.slice(1), values };
      });
    });
    return succeed(results);
  } finally {
    store.dispose();
  }
}

/**
 * An output that is an image as bytes: the way back of what `preprocess` does to the input, so that a model that gives
 * its input back gives the same image.
 */
export function pictureFrom({ shape, values }: OutputValues, preprocess: Preprocessing): Picture {
  const [height = 0, width = 0, depth = 3] = shape;
  const channels = depth === 1 ? 1 : 3;
  const { scale, mean, std, isReversed } = constantsOf(preprocess);
  const pixels = Uint8Array.from(values, (_, place) => {
    const written = place % channels;
    const channel = isReversed ? channels - 1 - written : written;
    const value = values[place - written + channel] ?? 0;
    const deviation = std?.[std.length === 1 ? 0 : channel] ?? 1;
    const middle = mean?.[mean.length === 1 ? 0 : channel] ?? 0;
    return Math.min(255, Math.max(0, Math.round((value * deviation + middle) / scale)));
  });
  return { height, width, channels, pixels };
}
