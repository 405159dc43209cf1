import { only, type Layer, type Surroundings } from './layer.js';
import { channelsOf, imageOf, makeImage, mapValues, sizeAt, tensor, valueAt, type Tensor } from './tensor.js';

/** gamma · (x - mean) / sqrt(variance + eps) + beta: with the batch's statistics in training, else the moving ones. */
export const bn: Layer<'bn'> = (args, inputs, surroundings) => {
  const x = only(inputs);
  const { weight, training, update } = surroundings;
  const channels = channelsOf(x);
  const moving = [weight('moving_mean'), weight('moving_variance')] as const;
  if (!training) {
    const statistics = (c: number): Statistics => ({
      mean: valueAt(moving[0], c),
      variance: valueAt(moving[1], c),
    });
    return mapValues(x, (value, c) => affine(args, normal(value, statistics(c), args.eps), c, surroundings));
  }
  const batch = Array.from({ length: channels }, (_, c) =>
    statisticsOf([...x.values].filter((_value, place) => place % channels === c)),
  );
  const moved = (old: Tensor, fresh: readonly number[]): Tensor =>
    mapValues(old, (value, c) => args.momentum * value + (1 - args.momentum) * (fresh[c] ?? Number.NaN));
  update(
    'moving_mean',
    moved(
      moving[0],
      batch.map(({ mean }) => mean),
    ),
  );
  update(
    'moving_variance',
    moved(
      moving[1],
      batch.map(({ variance }) => variance),
    ),
  );
  return mapValues(x, (value, c) => affine(args, normal(value, batch[c], args.eps), c, surroundings));
};

/** The same over the channels of each place. */
export const layernorm: Layer<'layernorm'> = (args, inputs, surroundings) => {
  const x = only(inputs);
  const channels = channelsOf(x);
  const values: number[] = [];
  for (let first = 0; first < x.values.length; first += channels) {
    const pixel = [...x.values.slice(first, first + channels)];
    const statistics = statisticsOf(pixel);
    values.push(
      ...pixel.map((value, c) => affine(args, normal(value, statistics, args.eps), c, surroundings)),
    );
  }
  return tensor(x.shape, values);
};

/** The same over all places of one example and the channels of one group. */
export const groupnorm: Layer<'groupnorm'> = (args, inputs, surroundings) => {
  const x = only(inputs);
  const channels = channelsOf(x);
  const share = channels / args.groups;
  const examples = sizeAt(x, 0);
  const length = x.values.length / examples;
  const partOf = (place: number): number =>
    Math.floor(place / length) * args.groups + Math.floor((place % channels) / share);
  const parts = Array.from({ length: examples * args.groups }, (_, part) =>
    statisticsOf([...x.values].filter((_value, place) => partOf(place) === part)),
  );
  const values = x.values.map((value, place) =>
    affine(args, normal(value, parts[partOf(place)], args.eps), place % channels, surroundings),
  );
  return { shape: x.shape, values };
};

/** x / (k + alpha · Σ of the squares of the neighbouring channels)^beta. */
export const lrn: Layer<'lrn'> = (args, inputs) => {
  const x = imageOf(only(inputs));
  const radius = (args.size - 1) / 2;
  const alpha = args.average ? args.alpha / args.size : args.alpha;
  return makeImage([x.batch, x.height, x.width, x.channels], (n, i, j, c) => {
    let squares = 0;
    for (let d = c - radius; d <= c + radius; d++) {
      if (d >= 0 && d < x.channels) squares += x.at(n, i, j, d) ** 2;
    }
    return x.at(n, i, j, c) / (args.k + alpha * squares) ** args.beta;
  });
};

/** factor[c] · x[…, c]. */
export const scale: Layer<'scale'> = (_args, inputs, { weight }) =>
  mapValues(only(inputs), (value, c) => valueAt(weight('factor'), c) * value);

/** (x[…, c] - mean[c]) / std[c], where a single constant is for all channels. */
export const normalize: Layer<'normalize'> = ({ mean, std }, inputs) =>
  mapValues(only(inputs), (value, c) => (value - constantFor(mean, c)) / constantFor(std, c));

interface Statistics {
  readonly mean: number;
  readonly variance: number;
}

/** The mean and the mean of the squared distances from it (biased, as normalisation layers have it). */
function statisticsOf(values: readonly number[]): Statistics {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
}

function normal(value: number, statistics: Statistics | undefined, eps: number): number {
  if (statistics === undefined) throw new Error('a channel without statistics');
  return (value - statistics.mean) / Math.sqrt(statistics.variance + eps);
}

function affine(
  { scale: isScaled, center }: { readonly scale: boolean; readonly center: boolean },
  value: number,
  c: number,
  { weight }: Surroundings,
): number {
  const scaled = isScaled ? valueAt(weight('gamma'), c) * value : value;
  return center ? scaled + valueAt(weight('beta'), c) : scaled;
}

function constantFor(constants: readonly number[], c: number): number {
  const constant = constants.length === 1 ? constants[0] : constants[c];
  if (constant === undefined) throw new Error(`no constant for channel ${String(c)}`);
  return constant;
}
