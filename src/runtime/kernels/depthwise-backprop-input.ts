import {
  backend_util,
  DepthwiseConv2dNativeBackpropInput,
  type DepthwiseConv2dNativeBackpropInputAttrs,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { inputGradient } from './input-gradient.js';
import { shapeOf, viewAs, wasmKernel, type Workbench } from './workbench.js';

interface Inputs {
  readonly dy: TensorInfo;
  readonly filter: TensorInfo;
}

/** The gradient of a depthwise convolution by its input, which the backend lacks. */
export const depthwiseBackpropInput = wasmKernel(
  DepthwiseConv2dNativeBackpropInput,
  (bench, { dy, filter }: Inputs, attributes: DepthwiseConv2dNativeBackpropInputAttrs) => {
    const { inputShape, strides, dilations, pad, dimRoundingMode } = attributes;
    const shape = shapeOf(filter);
    const info = backend_util.computeConv2DInfo(
      inputShape,
      shape,
      strides,
      dilations,
      pad,
      dimRoundingMode,
      true,
    );
    const [, , channels, multiplier] = shape;
    const gradients = inputGradient(bench, dy, info, {
      kernelName: 'DepthwiseConv2dNative',
      channels: channels * multiplier,
      rotate: (rows, columns) => rotated(bench, filter, rows, columns),
    });
    return multiplier === 1 ? gradients : summed(bench, gradients, inputShape, multiplier);
  },
);

/** The chosen taps of a kernel `[rows, columns, channels, multiplier]` as one kernel for each of the output's channels. */
function rotated(
  bench: Workbench,
  filter: TensorInfo,
  rows: readonly number[],
  columns: readonly number[],
): TensorInfo {
  const [, width, channels, multiplier] = shapeOf(filter);
  const size = channels * multiplier;
  const result = bench.allocate([rows.length, columns.length, size, 1]);
  const from = bench.floats(filter);
  const to = bench.floats(result);
  const taps = rows.flatMap((row) => columns.map((column) => row * width + column));
  taps.forEach((tap, place) => {
    to.set(from.subarray(tap * size, (tap + 1) * size), place * size);
  });
  return result;
}

/** The sum over the kernels of each channel. */
function summed(bench: Workbench, gradients: TensorInfo, shape: number[], multiplier: number): TensorInfo {
  const result = bench.allocate(shape);
  const from = bench.floats(viewAs(gradients, [...shape, multiplier]));
  const to = bench.floats(result);
  let source = 0;
  for (let target = 0; target < to.length; target += 1) {
    let sum = 0;
    for (let kernel = 0; kernel < multiplier; kernel += 1) sum += from[source + kernel] ?? 0;
    to[target] = sum;
    source += multiplier;
  }
  return result;
}
