import {
  backend_util,
  Conv2DBackpropFilter,
  type Conv2DBackpropFilterAttrs,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { shapeOf, wasmKernel, type Shape4, type Workbench } from './workbench.js';

interface Inputs {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
}

/**
 * The gradient of a convolution by its kernel, which the backend lacks. The taps of one row of the kernel lie beside each
 * other in the image too: for each row of the output they are one sum of products of vectors.
 */
export const conv2dBackpropFilter = wasmKernel(
  Conv2DBackpropFilter,
  (bench, { x, dy }: Inputs, { filterShape, strides, pad, dimRoundingMode }: Conv2DBackpropFilterAttrs) => {
    const info = backend_util.computeConv2DInfo(shapeOf(x), filterShape, strides, 1, pad, dimRoundingMode);
    const image = padded(bench, x, info);
    const result = bench.allocate(filterShape);
    bench.floats(result).fill(0);
    const addresses = { x: bench.address(image), dy: bench.address(dy), sums: bench.address(result) };
    if (info.outHeight === 1 && info.outWidth === 1) sumOverImages(bench, addresses, shapeOf(image), info);
    else sumOverRows(bench, addresses, shapeOf(image), info);
    return result;
  },
);

/** The images with zeros around them, as far as the kernel reaches. */
function padded(bench: Workbench, x: TensorInfo, info: backend_util.Conv2DInfo): TensorInfo {
  const { top, left } = info.padInfo;
  const reach = (outputs: number, stride: number, kernel: number): number => (outputs - 1) * stride + kernel;
  const rows = reach(info.outHeight, info.strideHeight, info.filterHeight) - top - info.inHeight;
  const columns = reach(info.outWidth, info.strideWidth, info.filterWidth) - left - info.inWidth;
  const [bottom, right] = [Math.max(0, rows), Math.max(0, columns)];
  if (top + left + bottom + right === 0) return x;
  const paddings = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return bench.run('PadV2', { x }, { paddings, constantValue: 0 });
}

/** Where the images, the output's gradients and the sums begin. */
interface Addresses {
  readonly x: number;
  readonly dy: number;
  readonly sums: number;
}

const bytes = 4;

/** About so many positions are summed at once: enough to make up for loading the sums, few enough to stay in the cache. */
const positionsAtOnce = 128;

function sumOverRows(
  { simd }: Workbench,
  { x, dy, sums }: Addresses,
  [, height, width]: Shape4,
  info: backend_util.Conv2DInfo,
): void {
  const { batchSize, outHeight, outWidth, inChannels, outChannels, strideHeight, strideWidth } = info;
  const { filterHeight, filterWidth } = info;
  const inputs = filterWidth * inChannels;
  const [xLine, dyLine] = [width * inChannels * bytes, outWidth * outChannels * bytes];
  const [xRow, xStep, dyStep] = [strideHeight * xLine, strideWidth * inChannels * bytes, outChannels * bytes];
  const atOnce = Math.max(1, Math.floor(positionsAtOnce / outWidth));
  for (let image = 0; image < batchSize; image += 1) {
    for (let first = 0; first < outHeight; first += atOnce) {
      const rows = Math.min(atOnce, outHeight - first);
      const dyHere = dy + (image * outHeight + first) * dyLine;
      for (let tap = 0; tap < filterHeight; tap += 1) {
        const xHere = x + (image * height + first * strideHeight + tap) * xLine;
        const sumsHere = sums + tap * inputs * outChannels * bytes;
        simd.accumulate(
          ...[xHere, dyHere, sumsHere],
          ...[rows, xRow, dyLine, outWidth, xStep, dyStep],
          ...[inputs, outChannels],
        );
      }
    }
  }
}

/** Where the kernel stands in one place only, the images take the part of the positions. */
function sumOverImages(
  { simd }: Workbench,
  { x, dy, sums }: Addresses,
  [batch, height, width]: Shape4,
  { filterHeight, filterWidth, inChannels, outChannels }: backend_util.Conv2DInfo,
): void {
  const inputs = filterWidth * inChannels;
  const line = width * inChannels * bytes;
  for (let tap = 0; tap < filterHeight; tap += 1) {
    simd.accumulate(
      ...[x + tap * line, dy, sums + tap * inputs * outChannels * bytes],
      ...[1, 0, 0, batch, height * line, outChannels * bytes],
      ...[inputs, outChannels],
    );
  }
}
