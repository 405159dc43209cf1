import { backend_util, MaxPoolGrad, type MaxPoolGradAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
import { walkNumbers, windowRuns } from './window-runs.js';
import { shapeOf, wasmKernel } from './workbench.js';

interface Inputs {
  readonly dy: TensorInfo;
  readonly input: TensorInfo;
  readonly output: TensorInfo;
}

/**
 * The gradient of a maximum pool: each output's gradient goes to the first cell that holds its window's maximum. The
 * backend's own kernel starts from zero and so loses windows that are negative throughout.
 */
export const maxPoolGrad = wasmKernel(
  MaxPoolGrad,
  (bench, { dy, input, output }: Inputs, { filterSize, strides, pad, dimRoundingMode }: MaxPoolGradAttrs) => {
    const shape = shapeOf(input);
    const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const result = bench.allocate(shape);
    bench.floats(result).fill(0);
    const [dx, x] = [bench.address(result), bench.address(input)];
    const [gradients, largest] = [bench.address(dy), bench.address(output)];
    const bytes = 4 * info.inChannels;
    for (const run of windowRuns(info)) {
      const [from, to] = [run.input * bytes, run.output * bytes];
      bench.simd.giveToFirst(
        ...[dx + from, x + from, gradients + to, largest + to],
        ...walkNumbers(run, info),
      );
    }
    return result;
  },
);
