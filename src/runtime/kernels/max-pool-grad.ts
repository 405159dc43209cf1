import { backend_util, MaxPoolGrad, type MaxPoolGradAttrs, type TensorInfo } from '@tensorflow/tfjs-core';
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
    const largest = { values: bench.floats(output), gradients: bench.floats(dy) };
    spread(bench.floats(input), largest, bench.floats(result), info);
    return result;
  },
);

/** What the pool gave, and the gradient of it. */
interface Largest {
  readonly values: Float32Array;
  readonly gradients: Float32Array;
}

function spread(x: Float32Array, largest: Largest, dx: Float32Array, info: backend_util.Conv2DInfo): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, padInfo } = info;
  const { strideHeight, strideWidth, filterHeight, filterWidth } = info;
  const cells = new Int32Array(filterHeight * filterWidth);
  dx.fill(0);
  let output = 0;
  for (let image = 0; image < batchSize; image += 1) {
    for (let i = 0; i < outHeight; i += 1) {
      const top = Math.max(0, i * strideHeight - padInfo.top);
      const bottom = Math.min(inHeight, i * strideHeight - padInfo.top + filterHeight);
      for (let j = 0; j < outWidth; j += 1) {
        const left = Math.max(0, j * strideWidth - padInfo.left);
        const right = Math.min(inWidth, j * strideWidth - padInfo.left + filterWidth);
        let count = 0;
        for (let row = top; row < bottom; row += 1) {
          for (let column = left; column < right; column += 1) {
            cells[count] = ((image * inHeight + row) * inWidth + column) * inChannels;
            count += 1;
          }
        }
        giveToFirst(x, largest, dx, { cells, count, output, channels: inChannels });
        output += inChannels;
      }
    }
  }
}

/** The cells of one window, and where its output lies. */
interface Window {
  readonly cells: Int32Array;
  readonly count: number;
  readonly output: number;
  readonly channels: number;
}

function giveToFirst(
  x: Float32Array,
  { values, gradients }: Largest,
  dx: Float32Array,
  { cells, count, output, channels }: Window,
): void {
  for (let channel = 0; channel < channels; channel += 1) {
    const wanted = values[output + channel];
    for (let cell = 0; cell < count; cell += 1) {
      const place = (cells[cell] ?? 0) + channel;
      if (x[place] === wanted) {
        dx[place] = (dx[place] ?? 0) + (gradients[output + channel] ?? 0);
        break;
      }
    }
  }
}
