import {
  backend_util,
  DepthwiseConv2dNativeBackpropFilter,
  type DepthwiseConv2dNativeBackpropFilterAttrs,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { shapeOf, wasmKernel, type Workbench } from './workbench.js';

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
    bench.floats(result).fill(0);
    const addresses = { x: bench.address(x), dy: bench.address(dy), sums: bench.address(result) };
    for (let tap = 0; tap < info.filterHeight * info.filterWidth; tap += 1)
      sumTap(bench, addresses, info, tap);
    return result;
  },
);

/** Where the images, the output's gradients and the sums begin. */
interface Addresses {
  readonly x: number;
  readonly dy: number;
  readonly sums: number;
}

const bytes = 4;

/** Sums what one tap of each channel saw, weighed by the output's gradients. */
function sumTap(bench: Workbench, addresses: Addresses, info: backend_util.Conv2DInfo, tap: number): void {
  const { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels } = info;
  const row = Math.floor(tap / info.filterWidth) * info.dilationHeight - info.padInfo.top;
  const column = (tap % info.filterWidth) * info.dilationWidth - info.padInfo.left;
  const [top, bottom] = inside(row, info.strideHeight, inHeight, outHeight);
  const [left, right] = inside(column, info.strideWidth, inWidth, outWidth);
  for (let image = 0; image < batchSize; image += 1) {
    for (let i = top; i < bottom; i += 1) {
      const input =
        (image * inHeight + i * info.strideHeight + row) * inWidth + left * info.strideWidth + column;
      const output = (image * outHeight + i) * outWidth + left;
      const line: Line = {
        x: addresses.x + input * inChannels * bytes,
        dy: addresses.dy + output * outChannels * bytes,
        sums: addresses.sums + tap * outChannels * bytes,
        positions: right - left,
      };
      sumLine(bench, line, info);
    }
  }
}

/** The outputs for which a tap lies inside the image. */
function inside(tap: number, stride: number, inputs: number, outputs: number): readonly [number, number] {
  return [Math.max(0, Math.ceil(-tap / stride)), Math.min(outputs, Math.ceil((inputs - tap) / stride))];
}

/** Some outputs beside each other. */
interface Line extends Addresses {
  readonly positions: number;
}

function sumLine({ simd }: Workbench, line: Line, info: backend_util.Conv2DInfo): void {
  const { inChannels, outChannels, strideWidth } = info;
  const { x, dy, sums, positions } = line;
  if (positions <= 0) return;
  const [xStep, dyStep] = [strideWidth * inChannels * bytes, outChannels * bytes];
  const multiplier = outChannels / inChannels;
  if (multiplier === 1) {
    simd.accumulateChannels(x, dy, sums, positions, xStep, dyStep, inChannels);
    return;
  }
  for (let channel = 0; channel < inChannels; channel += 1) {
    const [from, to] = [channel * bytes, channel * multiplier * bytes];
    simd.accumulate(x + from, dy + to, sums + to, 1, 0, 0, positions, xStep, dyStep, 1, multiplier);
  }
}
