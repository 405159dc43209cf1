import type { Tensor } from '@tensorflow/tfjs-core';

/** Reads a tensor for the last time: it ends as soon as what is made of it is there, not with the layer. */
export function ending(x: Tensor, read: (x: Tensor) => Tensor): Tensor {
  const y = read(x);
  x.dispose();
  return y;
}

/** Reads several tensors for the last time. */
export function endingAll(tensors: readonly Tensor[], read: () => Tensor): Tensor {
  const y = read();
  for (const tensor of tensors) tensor.dispose();
  return y;
}
