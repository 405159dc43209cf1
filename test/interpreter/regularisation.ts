import { only, type Layer } from './layer.js';
import { valueAt } from './tensor.js';

/** x · mask / (1 - rate) in training, else x. */
export const dropout: Layer<'dropout'> = ({ rate }, inputs, { training, mask }) => {
  const x = only(inputs);
  if (!training) return x;
  const kept = mask();
  return {
    shape: x.shape,
    values: x.values.map((value, place) => (value * valueAt(kept, place)) / (1 - rate)),
  };
};
