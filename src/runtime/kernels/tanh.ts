import { Tanh, type TensorInfo } from '@tensorflow/tfjs-core';
import { wasmKernel } from './workbench.js';

interface Inputs {
  readonly x: TensorInfo;
}

/**
 * The hyperbolic tangent as a quotient of two polynomials (Eigen's coefficients for float32), within two units in the last
 * place also near zero; the backend calls a library function for each value and takes four times as long.
 */
export const tanh = wasmKernel(Tanh, (bench, { x }: Inputs) => {
  const result = bench.allocate(x.shape);
  approximate(bench.floats(x), bench.floats(result));
  return result;
});

/** Beyond it the quotient is 1 in float32. */
const farthest = 7.90531110763549805;

function approximate(from: Float32Array, to: Float32Array): void {
  for (let place = 0; place < to.length; place += 1) {
    const x = Math.max(-farthest, Math.min(farthest, from[place] ?? 0));
    const square = x * x;
    let above = -2.76076847742355e-16 * square + 2.00018790482477e-13;
    above = above * square - 8.60467152213735e-11;
    above = above * square + 5.12229709037114e-8;
    above = above * square + 1.48572235717979e-5;
    above = above * square + 6.37261928875436e-4;
    above = above * square + 4.89352455891786e-3;
    let below = 1.19825839466702e-6 * square + 1.18534705686654e-4;
    below = below * square + 2.268434632439e-3;
    below = below * square + 4.89352518554385e-3;
    to[place] = (x * above) / below;
  }
}
