import type { backend_util, TensorInfo } from '@tensorflow/tfjs-core';
import { phasesAlong, type Phase } from './phases.js';
import { shapeOf, type Shape4, type Workbench } from './workbench.js';

/** What is peculiar to one kind of convolution. */
export interface Rotation {
  /** The backend's kernel that convolves. */
  readonly kernelName: 'Conv2D' | 'DepthwiseConv2dNative';
  /** How many channels the rotated kernel gives. */
  readonly channels: number;
  /** Writes the chosen taps of the kernel, rotated, and with the channels in the roles that the way back needs. */
  readonly rotate: (rows: readonly number[], columns: readonly number[]) => TensorInfo;
}

/**
 * The gradient of a convolution by its input: for each remainder of rows and columns modulo the stride one convolution of
 * the output's gradients with the rotated part of the kernel.
 */
export function inputGradient(
  bench: Workbench,
  dy: TensorInfo,
  info: backend_util.Conv2DInfo,
  rotation: Rotation,
): TensorInfo {
  const rows = phasesAlong({
    inputs: info.inHeight,
    outputs: info.outHeight,
    kernel: info.filterHeight,
    stride: info.strideHeight,
    dilation: info.dilationHeight,
    padBefore: info.padInfo.top,
  });
  const columns = phasesAlong({
    inputs: info.inWidth,
    outputs: info.outWidth,
    kernel: info.filterWidth,
    stride: info.strideWidth,
    dilation: info.dilationWidth,
    padBefore: info.padInfo.left,
  });
  const parts = rows.flatMap((row) => columns.map((column) => ({ row, column })));
  const pieces = parts.map((part) => convolvePart(bench, dy, part, rotation));
  const [only] = pieces;
  if (info.strideHeight === 1 && info.strideWidth === 1 && only !== undefined) return only;

  const dx = bench.allocate([info.batchSize, info.inHeight, info.inWidth, rotation.channels]);
  bench.floats(dx).fill(0);
  parts.forEach((part, place) => {
    const piece = pieces[place];
    if (piece !== undefined) interleave(bench, piece, dx, part);
  });
  return dx;
}

/** The cells where a phase of the rows meets one of the columns. */
interface Part {
  readonly row: Phase;
  readonly column: Phase;
}

/** The gradients of one part, or nothing where no output sees its cells. */
function convolvePart(
  bench: Workbench,
  dy: TensorInfo,
  { row, column }: Part,
  { kernelName, rotate }: Rotation,
): TensorInfo | undefined {
  if (row.taps.length === 0 || column.taps.length === 0) return undefined;
  const seen = cropped(bench, dy, row, column);
  if (seen === undefined) return undefined;
  return bench.run(
    kernelName,
    { x: seen, filter: rotate(row.taps, column.taps) },
    {
      strides: [1, 1],
      dilations: [row.dilation, column.dilation],
      pad: [
        [0, 0],
        [Math.max(0, row.before), Math.max(0, row.after)],
        [Math.max(0, column.before), Math.max(0, column.after)],
        [0, 0],
      ],
      dataFormat: 'NHWC',
    },
  );
}

/** The output's gradients without those that the phase doesn't see. */
function cropped(bench: Workbench, dy: TensorInfo, row: Phase, column: Phase): TensorInfo | undefined {
  const [batch, height, width, channels] = shapeOf(dy);
  const top = Math.max(0, -row.before);
  const left = Math.max(0, -column.before);
  const rows = height - top - Math.max(0, -row.after);
  const columns = width - left - Math.max(0, -column.after);
  if (rows <= 0 || columns <= 0) return undefined;
  if (rows === height && columns === width) return dy;
  return bench.run('Slice', { x: dy }, { begin: [0, top, left, 0], size: [batch, rows, columns, channels] });
}

/** Lays the gradients of one part into their places. */
function interleave(bench: Workbench, piece: TensorInfo, dx: TensorInfo, { row, column }: Part): void {
  const [batch, rows, columns, channels] = shapeOf(piece);
  const [, height, width]: Shape4 = shapeOf(dx);
  const from = bench.floats(piece);
  const to = bench.floats(dx);
  let source = 0;
  for (let image = 0; image < batch; image += 1) {
    for (let i = 0; i < rows; i += 1) {
      const line = (image * height + row.first + i * row.stride) * width + column.first;
      for (let j = 0; j < columns; j += 1) {
        const target = (line + j * column.stride) * channels;
        for (let c = 0; c < channels; c += 1) to[target + c] = from[source + c] ?? 0;
        source += channels;
      }
    }
  }
}
