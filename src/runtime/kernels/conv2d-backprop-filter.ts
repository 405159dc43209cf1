import {
  backend_util,
  Conv2DBackpropFilter,
  type Conv2DBackpropFilterAttrs,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import { shapeOf, viewAs, wasmKernel, type Workbench } from './workbench.js';

interface Inputs {
  readonly x: TensorInfo;
  readonly dy: TensorInfo;
}

/** The gradient of a convolution by its kernel, which the backend lacks. */
export const conv2dBackpropFilter = wasmKernel(
  Conv2DBackpropFilter,
  (bench, { x, dy }: Inputs, { filterShape, strides, pad, dimRoundingMode }: Conv2DBackpropFilterAttrs) => {
    const info = backend_util.computeConv2DInfo(shapeOf(x), filterShape, strides, 1, pad, dimRoundingMode);
    const patches = patchesOf(bench, x, info);
    return patches === undefined ? convolved(bench, x, dy, info) : product(bench, patches, dy, info);
  },
);

/** The cells that each output sees, as the rows of a matrix, where they lie so already or nearly. */
function patchesOf(bench: Workbench, x: TensorInfo, info: backend_util.Conv2DInfo): TensorInfo | undefined {
  const { padInfo, filterHeight, filterWidth, inHeight, inWidth, outHeight, outWidth } = info;
  if (padInfo.top > 0 || padInfo.left > 0) return undefined;
  if (outHeight === 1 && outWidth === 1 && filterHeight === inHeight && filterWidth === inWidth) return x;
  if (filterHeight !== 1 || filterWidth !== 1 || padInfo.bottom > 0 || padInfo.right > 0) return undefined;
  if (info.strideHeight === 1 && info.strideWidth === 1) return x;
  const end = [info.batchSize, inHeight, inWidth, info.inChannels];
  return bench.run(
    'StridedSlice',
    { x },
    {
      begin: [0, 0, 0, 0],
      end,
      strides: [1, info.strideHeight, info.strideWidth, 1],
      beginMask: 0,
      endMask: 0,
      ellipsisMask: 0,
      newAxisMask: 0,
      shrinkAxisMask: 0,
    },
  );
}

/** The patches, turned, times the output's gradients. */
function product(
  bench: Workbench,
  patches: TensorInfo,
  dy: TensorInfo,
  info: backend_util.Conv2DInfo,
): TensorInfo {
  const positions = info.batchSize * info.outHeight * info.outWidth;
  const cells = info.filterHeight * info.filterWidth * info.inChannels;
  // An explicit transposition is an order of magnitude faster than `transposeA`.
  const turned = bench.run('Transpose', { x: viewAs(patches, [positions, cells]) }, { perm: [1, 0] });
  const result = bench.run(
    'BatchMatMul',
    { a: viewAs(turned, [1, cells, positions]), b: viewAs(dy, [1, positions, info.outChannels]) },
    { transposeA: false, transposeB: false },
  );
  return viewAs(result, info.filterShape);
}

/**
 * The gradient as a convolution in which batch and channels change their roles: the input's channels are the images, the
 * batch is their channels, and the output's gradients are the kernel, its cells as far apart as the stride says.
 */
function convolved(
  bench: Workbench,
  x: TensorInfo,
  dy: TensorInfo,
  info: backend_util.Conv2DInfo,
): TensorInfo {
  const images = bench.run('Transpose', { x }, { perm: [3, 1, 2, 0] });
  const kernel = bench.run('Transpose', { x: dy }, { perm: [1, 2, 0, 3] });
  const { strideHeight, strideWidth, filterHeight, filterWidth, padInfo } = info;
  // The padding behind the image that the last tap of the last output reaches.
  const bottom = (info.outHeight - 1) * strideHeight + filterHeight - padInfo.top - info.inHeight;
  const right = (info.outWidth - 1) * strideWidth + filterWidth - padInfo.left - info.inWidth;
  const result = bench.run(
    'Conv2D',
    { x: images, filter: kernel },
    {
      strides: [1, 1],
      dilations: [strideHeight, strideWidth],
      pad: [
        [0, 0],
        [padInfo.top, Math.max(0, bottom)],
        [padInfo.left, Math.max(0, right)],
        [0, 0],
      ],
      dataFormat: 'NHWC',
    },
  );
  // Cells that the convolution's last step didn't reach give rows and columns beyond the kernel.
  const [channels, rows, columns, outputs] = shapeOf(result);
  const exact =
    rows === filterHeight && columns === filterWidth
      ? result
      : bench.run(
          'Slice',
          { x: result },
          { begin: [0, 0, 0, 0], size: [channels, filterHeight, filterWidth, outputs] },
        );
  return bench.run('Transpose', { x: exact }, { perm: [1, 2, 0, 3] });
}
