import type { Amount } from './amount.js';
import type { Held, Source, Stage } from './stage.js';

/** The same memory under another shape. */
export function view(stage: Stage, x: Held): Held {
  const y = stage.alias(x);
  stage.record(y, [passes(stage, x)]);
  return y;
}

/** A new tensor of another amount, whose gradient is one of the input's amount and reads nothing but itself. */
export function remade(stage: Stage, x: Held, amount: Amount = x.data.amount): Held {
  const y = stage.make(amount);
  stage.record(y, [{ of: x, needs: [], gradient: () => stage.make(x.data.amount) }]);
  return y;
}

/** A source whose gradient is that of the output. */
function passes(stage: Stage, of: Held): Source {
  return { of, needs: [], gradient: (dy) => stage.alias(dy) };
}

/** A source whose gradient takes its own amount of memory, and while it is made so much more. */
export function needing(
  stage: Stage,
  of: Held,
  needs: readonly Held[],
  moments: readonly Amount[] = [],
): Source {
  return {
    of,
    needs,
    gradient() {
      const made = moments.map((amount) => stage.make(amount));
      const gradient = stage.make(of.data.amount);
      for (const one of made) stage.end(one);
      return gradient;
    },
  };
}

/** Computes from a tensor that nothing else reads. */
export function ending(stage: Stage, x: Held, read: (x: Held) => Held): Held {
  const y = read(x);
  stage.end(x);
  return y;
}

/** Takes memory for a moment. */
export function forMoment(stage: Stage, ...amounts: readonly Amount[]): void {
  for (const one of amounts.map((amount) => stage.make(amount))) stage.end(one);
}

/** Adds a bias, `addBias` of the executor. */
export function addBias(stage: Stage, x: Held, bias: Held): Held {
  const y = stage.make(x.data.amount);
  stage.record(y, [passes(stage, x), needing(stage, bias, [])]);
  return y;
}

/** Multiplies by a tensor that is repeated to meet `x` and is not trained. */
export function scaleBy(stage: Stage, x: Held, factor: Held): Held {
  const y = stage.make(x.data.amount);
  stage.record(y, [needing(stage, x, [factor])]);
  return y;
}

/** Adds a constant. */
export function shiftBy(stage: Stage, x: Held): Held {
  const y = stage.make(x.data.amount);
  stage.record(y, [passes(stage, x)]);
  return y;
}

/** Multiplies each channel by a trained factor. */
export function scaleChannels(stage: Stage, x: Held, factor: Held): Held {
  const y = stage.make(x.data.amount);
  stage.record(y, [needing(stage, factor, [x], [x.data.amount]), needing(stage, x, [factor])]);
  return y;
}

/** A factor and an offset for each channel, as far as they are there. */
export interface Affine {
  readonly gamma: Held | undefined;
  readonly beta: Held | undefined;
}

/** Multiplies and shifts each channel, as far as wanted. */
export function affine(stage: Stage, x: Held, { gamma, beta }: Affine): Held {
  if (gamma === undefined) return beta === undefined ? view(stage, x) : addBias(stage, x, beta);
  const scaled = scaleChannels(stage, x, gamma);
  return beta === undefined ? scaled : ending(stage, scaled, (whole) => addBias(stage, whole, beta));
}

/** What standardising leaves until the layer ends. */
export interface Standardised {
  readonly values: Held;
  readonly statistics: readonly Held[];
}

/** Shifts and scales to mean 0 and variance 1; the mean takes so much memory. */
export function standardise(stage: Stage, x: Held, mean: Amount): Standardised {
  const { amount } = x.data;
  const average = stage.make(mean);
  const centred = stage.make(amount);
  const square = stage.make(amount);
  const variance = stage.make(mean);
  stage.end(square);
  const inverse = ending(stage, stage.make(mean), () => stage.make(mean));
  const values = ending(stage, centred, () => stage.make(amount));
  const gradient = (): Held => {
    const products = stage.make(amount);
    const meanProduct = stage.make(mean);
    const along = stage.make(amount);
    stage.end(products);
    const across = ending(stage, along, () => stage.make(amount));
    const meanGradient = stage.make(mean);
    const centredAgain = ending(stage, across, () => stage.make(amount));
    const result = ending(stage, centredAgain, () => stage.make(amount));
    stage.end(meanProduct);
    stage.end(meanGradient);
    return result;
  };
  stage.record(values, [{ of: x, needs: [values, inverse], gradient }]);
  stage.end(inverse);
  return { values, statistics: [average, variance] };
}
