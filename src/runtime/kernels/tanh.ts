import { Tanh, util, type TensorInfo } from '@tensorflow/tfjs-core';
import { wasmKernel } from './workbench.js';

interface Inputs {
  readonly x: TensorInfo;
}

/** The hyperbolic tangent, four values at once; the backend calls a library function for each. */
export const tanh = wasmKernel(Tanh, (bench, { x }: Inputs) => {
  const result = bench.allocate(x.shape);
  bench.simd.hyperbolicTangent(bench.address(x), bench.address(result), util.sizeFromShape(x.shape));
  return result;
});
