import { backend_util, MaxPoolGrad, type MaxPoolGradAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
import { shapeOf, wasmKernel } from './workbench.js';

interface Inputs {
  readonly dy: TensorInfo;
  readonly input: TensorInfo;
}

/**
 * The gradient of a maximum pool: each output's gradient goes to the first cell that holds its window's maximum. The
 * backend's own kernel starts from zero and so loses windows that are negative throughout.
 */
export const maxPoolGrad = wasmKernel(
  MaxPoolGrad,
  (bench, { dy, input }: Inputs, { filterSize, strides, pad, dimRoundingMode }: MaxPoolGradAttrs) => {
    const shape = shapeOf(input);
    const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
    const result = bench.allocate(shape);
    spread(bench.floats(input), bench.floats(dy), bench.floats(result), info);
    return result;
  },
);

function spread(x: Float32Array, dy: Float32Array, dx: Float32Array, info: backend_util.Conv2DInfo): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  const { strideHeight, strideWidth, filterHeight, filterWidth } = info;
  const largest = new Float32Array(inChannels);
  const places = new Int32Array(inChannels);
  dx.fill(0);
  let output = 0;
  for (let image = 0; image < batchSize; image += 1) {
    for (let i = 0; i < outHeight; i += 1) {
      const top = Math.max(0, i * strideHeight - padInfo.top);
      const bottom = Math.min(inHeight, i * strideHeight - padInfo.top + filterHeight);
      for (let j = 0; j < outWidth; j += 1) {
        const left = Math.max(0, j * strideWidth - padInfo.left);
        const right = Math.min(inWidth, j * strideWidth - padInfo.left + filterWidth);
        // A window that lies in the padding alone has no cell to give to.
        if (top >= bottom || left >= right) {
          output += inChannels;
          continue;
        }
        const first = ((image * inHeight + top) * inWidth + left) * inChannels;
        for (let channel = 0; channel < inChannels; channel += 1) {
          largest[channel] = x[first + channel] ?? 0;
          places[channel] = first + channel;
        }
        for (let row = top; row < bottom; row += 1) {
          for (let column = left; column < right; column += 1) {
            findLargest(x, ((image * inHeight + row) * inWidth + column) * inChannels, largest, places);
          }
        }
        for (let channel = 0; channel < inChannels; channel += 1) {
          const place = places[channel] ?? 0;
          dx[place] = (dx[place] ?? 0) + (dy[output + channel] ?? 0);
        }
        output += inChannels;
      }
    }
  }
}

function findLargest(x: Float32Array, cell: number, largest: Float32Array, places: Int32Array): void {
  for (let channel = 0; channel < largest.length; channel += 1) {
    const value = x[cell + channel] ?? 0;
    if (value > (largest[channel] ?? 0)) {
      largest[channel] = value;
      places[channel] = cell + channel;
    }
  }
}
