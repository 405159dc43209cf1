import { AvgPoolGrad, backend_util, type AvgPoolGradAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
import { walkNumbers, windowRuns } from './window-runs.js';
import { shapeOf, wasmKernel } from './workbench.js';

interface Inputs {
  readonly dy: TensorInfo;
  readonly input: TensorInfo;
}

/**
 * The gradient of an average pool, as TensorFlow.js defines it: each cell of a window gets the same share of the window's
 * gradient, also where padding had none.
 */
export const avgPoolGrad = wasmKernel(
  AvgPoolGrad,
  (bench, { dy, input }: Inputs, { filterSize, strides, pad }: AvgPoolGradAttrs) => {
    const shape = shapeOf(input);
    const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad);
    const result = bench.allocate(shape);
    bench.floats(result).fill(0);
    const [dx, gradients] = [bench.address(result), bench.address(dy)];
    const bytes = 4 * info.inChannels;
    const share = 1 / (info.filterHeight * info.filterWidth);
    for (const run of windowRuns(info)) {
      const [from, to] = [run.input * bytes, run.output * bytes];
      bench.simd.giveToAll(dx + from, gradients + to, ...walkNumbers(run, info), share);
    }
    return result;
  },
);
