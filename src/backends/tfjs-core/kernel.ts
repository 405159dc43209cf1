import { engine, type NamedAttrMap, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Runs one kernel of the engine in use, straight: without the checks of the public functions, which know neither padding
 * in cells together with ceil, nor a stride together with a dilation, and which cost more than a small layer.
 */
export function kernel(name: string, inputs: NamedTensorMap, attributes: NamedAttrMap = {}): Tensor {
  return engine().runKernel<Tensor>(name, inputs, attributes);
}

/**
 * The same values under a handle of its own. TensorFlow.js' `clone` copies them on WebAssembly; a reshaped tensor shares
 * them.
 */
export function alias(x: Tensor): Tensor {
  return kernel('Reshape', { x }, { shape: x.shape });
}
