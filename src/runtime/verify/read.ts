import type { Tensor } from '@tensorflow/tfjs-core';

/** The values of a tensor on the host, which is disposed; a copy, since on some engines what is read is its own memory. */
export function read(tensor: Tensor): Float32Array {
  const values = tensor.dataSync<'float32'>().slice();
  tensor.dispose();
  return values;
}
