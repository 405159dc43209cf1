import type { Graph } from '../../compiler/ir/graph.js';
import type { LossSettings, Preprocessing } from '../../compiler/training/settings.js';
import { planExecution } from '../executor/plan.js';
import { fitPicture } from '../images/fit.js';
import type { Picture } from '../images/picture.js';
import { succeed, type Outcome } from '../outcome.js';
import type { Weights } from '../weights/weights.js';
import { imageTensor } from './batch.js';
import { imageModelOf } from './image-model.js';
import { likeliest, type Guess } from './likeliest.js';
import { checkNormalisation, normalisationOf } from './normalise.js';
import { readShares } from './read-shares.js';
import { openStore } from './weight-store.js';

/** What a prediction reads; an engine must be open. */
export interface PredictionOptions {
  readonly graph: Graph;
  readonly weights: Weights;
  readonly preprocess: Preprocessing;
  /** What the model is trained by; cross-entropy where nothing is said. */
  readonly loss?: LossSettings;
  readonly pictures: readonly Picture[];
  /** The names of the classes; their numbers where there are none. */
  readonly classes?: readonly string[];
  /** How many of the likeliest classes to give; five where nothing is said. */
  readonly top?: number;
}

/** For each image the likeliest classes, the likeliest first. */
export function predict(options: PredictionOptions): Outcome<readonly (readonly Guess[])[]> {
  const { graph, weights, preprocess, pictures, classes, loss = usualLoss, top = 5 } = options;
  const looked = imageModelOf(graph);
  if (!looked.ok) return looked;
  const model = looked.value;
  const hindrance = checkNormalisation(preprocess, model.shape.channels);
  if (hindrance !== undefined) return hindrance;
  const plan = planExecution(graph, [model.output.name]);
  const normalisation = normalisationOf(preprocess, model.shape.channels);
  const store = openStore(weights);
  try {
    const guesses = pictures.map((picture) => {
      const { pixels } = fitPicture(picture, model.shape, preprocess.fit);
      const images = imageTensor(model.shape, [pixels], normalisation);
      const shares = readShares({ plan, model, weights: store.tensors, loss }, images);
      return likeliest(shares, classes ?? [], top);
    });
    return succeed(guesses);
  } finally {
    store.dispose();
  }
}

const usualLoss: LossSettings = { kind: 'crossentropy', smoothing: 0 };
