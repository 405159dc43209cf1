import { nodeAt, type Graph } from '../../compiler/ir/graph.js';
import { shapeText } from '../../compiler/ops/shape.js';
import type { Preprocessing } from '../../compiler/training/settings.js';
import { isOpen, toNumber } from '../../compiler/values/exact.js';
import { fitPicture } from '../images/fit.js';
import type { Picture } from '../images/picture.js';
import { failWith, problem, succeed, type Outcome } from '../outcome.js';
import { makeGenerator } from '../random/generator.js';
import { pictureShapeOf } from '../training/image-model.js';
import { checkNormalisation, normaliseInto, normalisationOf } from '../training/normalise.js';
import type { WeightArray } from '../weights/weights.js';
import type { InputArrays } from './runner.js';

/** Numbers of a normal distribution for every input, the same for the same seed. */
export function randomInputs(graph: Graph, batch: number, seed: number): Outcome<InputArrays> {
  const generator = makeGenerator(seed).fork('inputs');
  const arrays = new Map<string, WeightArray>();
  for (const id of graph.inputs) {
    const { path, shape } = nodeAt(graph, id);
    if (shape.some((size) => isOpen(size))) {
      const what = `the input \`${path}\` of \`${graph.name}\` is ${shapeText(shape)}, whose size is left open`;
      return failWith(problem('open-input', what, 'give it with `--input`, for example `--input 224x224x3`'));
    }
    const sizes = [batch, ...shape.map(toNumber)];
    const own = generator.fork(path);
    const values = new Float32Array(sizes.reduce((count, size) => count * size, 1));
    arrays.set(path, { shape: sizes, values: values.map(() => own.normal()) });
  }
  return succeed(arrays);
}

/** Pictures as one batch for the only input, fitted and normalised as for a prediction. */
export function pictureInputs(
  graph: Graph,
  preprocess: Preprocessing,
  pictures: readonly Picture[],
): Outcome<InputArrays> {
  const shape = pictureShapeOf(graph);
  if (!shape.ok) return shape;
  const { height, width, channels } = shape.value;
  const hindrance = checkNormalisation(preprocess, channels);
  if (hindrance !== undefined) return hindrance;
  const normalisation = normalisationOf(preprocess, channels);
  const size = height * width * channels;
  const values = new Float32Array(pictures.length * size);
  pictures.forEach((picture, place) => {
    const { pixels } = fitPicture(picture, shape.value, preprocess.fit);
    normaliseInto(values, place * size, pixels, normalisation);
  });
  const { path } = nodeAt(graph, graph.inputs[0] ?? 0);
  return succeed(new Map([[path, { shape: [pictures.length, height, width, channels], values }]]));
}
