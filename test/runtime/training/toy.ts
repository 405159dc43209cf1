import { heldExamples, pictureAt, type DataSet, type Examples } from '../../../src/runtime/data/data-set.js';
import type { Picture, TrainingOptions } from '../../../src/runtime/index.js';
import { modelOf } from '../models.js';

/** Images of 4×4 of two classes: light on the left, light on the right; no two alike. */
function toyExamples(count: number): Examples {
  const pixels = new Uint8Array(count * 16);
  const labels = Int32Array.from({ length: count }, (_, index) => index % 2);
  for (const [place] of pixels.entries()) {
    const index = Math.floor(place / 16);
    const isRight = place % 4 >= 2;
    pixels[place] = (isRight === (index % 2 === 1) ? 200 : 20) + ((place * 7) % 30);
  }
  return heldExamples({ height: 4, width: 4, channels: 1 }, pixels, labels);
}

/** A data set of them. */
export function toyData(training = 20, test = 10): DataSet {
  return {
    name: 'toy',
    classes: ['left', 'right'],
    training: toyExamples(training),
    test: toyExamples(test),
    notes: [],
  };
}

/** What trains a model of these layers with these settings on the toy images. */
export function toyTraining(layers: string, settings = '', data = toyData()): TrainingOptions {
  const text = `model Toy {\n  input 4x4x1\n  ${layers}\n}\n\ntrain Toy {\n  ${settings}\n}\n`;
  const { graph, training } = modelOf(text);
  if (training === undefined) throw new Error('no settings');
  return { graph, settings: training, data, seed: 7 };
}

/** One of the images, which can be read. */
export function pictureIn(examples: Examples, index: number): Picture {
  const picture = pictureAt(examples, index);
  if (!picture.ok) throw new Error(picture.problems[0]?.message);
  return picture.value;
}
