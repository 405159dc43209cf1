import { AvgPoolGrad, backend_util, type AvgPoolGradAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
import { shapeOf, wasmKernel } from './workbench.js';

interface Inputs {
  readonly dy: TensorInfo;
  readonly input: TensorInfo;
}

/**
 * The gradient of an average pool, as TensorFlow.js defines it: each cell of a window gets the same share of the window's
 * gradient, also where padding had none. It goes from window to cell, where the backend's own goes the other way round.
 */
export const avgPoolGrad = wasmKernel(
  AvgPoolGrad,
  (bench, { dy, input }: Inputs, { filterSize, strides, pad }: AvgPoolGradAttrs) => {
    const shape = shapeOf(input);
    const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad);
    const result = bench.allocate(shape);
    share(bench.floats(dy), bench.floats(result), info);
    return result;
  },
);

function share(dy: Float32Array, dx: Float32Array, info: backend_util.Conv2DInfo): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  const { strideHeight, strideWidth, filterHeight, filterWidth } = info;
  const part = 1 / (filterHeight * filterWidth);
  dx.fill(0);
  let output = 0;
  for (let image = 0; image < batchSize; image += 1) {
    for (let i = 0; i < outHeight; i += 1) {
      const top = Math.max(0, i * strideHeight - padInfo.top);
      const bottom = Math.min(inHeight, i * strideHeight - padInfo.top + filterHeight);
      for (let j = 0; j < outWidth; j += 1) {
        const left = Math.max(0, j * strideWidth - padInfo.left);
        const right = Math.min(inWidth, j * strideWidth - padInfo.left + filterWidth);
        for (let row = top; row < bottom; row += 1) {
          for (let column = left; column < right; column += 1) {
            const cell = ((image * inHeight + row) * inWidth + column) * inChannels;
            for (let channel = 0; channel < inChannels; channel += 1) {
              dx[cell + channel] = (dx[cell + channel] ?? 0) + part * (dy[output + channel] ?? 0);
            }
          }
        }
        output += inChannels;
      }
    }
  }
}
