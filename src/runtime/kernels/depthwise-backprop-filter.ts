import {
  backend_util,
  DepthwiseConv2dNativeBackpropFilter,
  type DepthwiseConv2dNativeBackpropFilterAttrs,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { shapeOf, wasmKernel } from './workbench.js';

interface Inputs {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
}

/** The gradient of a depthwise convolution by its kernel, which the backend lacks. */
export const depthwiseBackpropFilter = wasmKernel(
  DepthwiseConv2dNativeBackpropFilter,
  (bench, { x, dy }: Inputs, attributes: DepthwiseConv2dNativeBackpropFilterAttrs) => {
    const { filterShape, strides, dilations, pad, dimRoundingMode } = attributes;
    const info = backend_util.computeConv2DInfo(
      shapeOf(x),
      filterShape,
      strides,
      dilations,
      pad,
      dimRoundingMode,
      true,
    );
    const result = bench.allocate(filterShape);
    const sums = sumProducts(bench.floats(x), bench.floats(dy), info);
    bench.floats(result).set(sums);
    return result;
  },
);

/** Sums in double precision what each tap of each channel saw, weighed by the output's gradients. */
function sumProducts(x: Float32Array, dy: Float32Array, info: backend_util.Conv2DInfo): Float64Array {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, padInfo } = info;
  const { filterHeight, filterWidth, strideHeight, strideWidth, dilationHeight, dilationWidth } = info;
  const sums = new Float64Array(filterHeight * filterWidth * outChannels);
  const multiplier = outChannels / inChannels;
  for (let tap = 0; tap < filterHeight * filterWidth; tap += 1) {
    const down = Math.floor(tap / filterWidth) * dilationHeight - padInfo.top;
    const right = (tap % filterWidth) * dilationWidth - padInfo.left;
    const products = { x, dy, sums: sums.subarray(tap * outChannels, (tap + 1) * outChannels) };
    for (let image = 0; image < batchSize; image += 1) {
      for (let i = 0; i < outHeight; i += 1) {
        const row = i * strideHeight + down;
        if (row < 0 || row >= inHeight) continue;
        for (let j = 0; j < outWidth; j += 1) {
          const column = j * strideWidth + right;
          if (column < 0 || column >= inWidth) continue;
          const input = ((image * inHeight + row) * inWidth + column) * inChannels;
          const output = ((image * outHeight + i) * outWidth + j) * outChannels;
          if (multiplier === 1) addProducts(products, input, output);
          else addSpreadProducts(products, input, output, multiplier);
        }
      }
    }
  }
  return sums;
}

/** The sums of one tap, one a channel of the output, and what they are sums of. */
interface Products {
  readonly x: Float32Array;
  readonly dy: Float32Array;
  readonly sums: Float64Array;
}

function addProducts({ x, dy, sums }: Products, input: number, output: number): void {
  for (let channel = 0; channel < sums.length; channel += 1) {
    sums[channel] = (sums[channel] ?? 0) + (x[input + channel] ?? 0) * (dy[output + channel] ?? 0);
  }
}

function addSpreadProducts(
  { x, dy, sums }: Products,
  input: number,
  output: number,
  multiplier: number,
): void {
  for (let channel = 0; channel * multiplier < sums.length; channel += 1) {
    const value = x[input + channel] ?? 0;
    for (let place = channel * multiplier; place < (channel + 1) * multiplier; place += 1) {
      sums[place] = (sums[place] ?? 0) + value * (dy[output + place] ?? 0);
    }
  }
}
