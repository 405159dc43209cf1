import type { Padding } from '../../src/compiler/ops/types/padding.js';

/** A window along the rows or along the columns of an image. */
export interface Slide {
  /** How many windows there are. */
  readonly count: number;
  /** Where the first begins: minus the cells of padding before the image. */
  readonly first: number;
  /** How many cells the image and the padding behind it have. */
  readonly end: number;
}

/** What decides how a window slides in one direction. */
interface Sliding {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly pad: Padding;
  readonly ceil: boolean;
}

/** What a layer says about its window in both directions. */
export interface WindowArgs {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation?: readonly [number, number];
  readonly pad: Padding;
  readonly ceil?: boolean;
}

/** The windows of a layer along the rows and along the columns. */
export function slides(args: WindowArgs, height: number, width: number): readonly [Slide, Slide] {
  return [slideAlong(args, height, 0), slideAlong(args, width, 1)];
}

function slideAlong(args: WindowArgs, size: number, direction: 0 | 1): Slide {
  const { kernel, stride, dilation = [1, 1], pad, ceil = false } = args;
  const sliding = {
    size,
    kernel: kernel[direction],
    stride: stride[direction],
    dilation: dilation[direction],
    pad,
    ceil,
  };
  if (pad.kind === 'same') return slideOfSame(sliding);
  if (pad.kind === 'valid') return slideWithin(sliding, 0, 0);
  return direction === 0
    ? slideWithin(sliding, pad.top, pad.bottom)
    : slideWithin(sliding, pad.left, pad.right);
}

/** TensorFlow's rule: ⌈size / stride⌉ windows; the cells that they lack are added, the odd one behind. */
function slideOfSame({ size, kernel, stride, dilation }: Sliding): Slide {
  let count = 0;
  while (count * stride < size) count++;
  const lastCell = (count - 1) * stride + (kernel - 1) * dilation;
  const lacking = Math.max(lastCell + 1 - size, 0);
  const before = Math.floor(lacking / 2);
  return { count, first: -before, end: size + lacking - before };
}

/** Counts the windows one by one: those that fit, and with `ceil` one more that begins before the padding behind. */
function slideWithin(
  { size, kernel, stride, dilation, ceil }: Sliding,
  before: number,
  behind: number,
): Slide {
  const end = size + behind;
  const fits = (start: number): boolean => start + (kernel - 1) * dilation < end;
  const endsAtEdge = (start: number): boolean => start + (kernel - 1) * dilation === end - 1;
  if (!fits(-before)) throw new Error('the window is larger than the padded image');
  let count = 1;
  while (fits(count * stride - before)) count++;
  const reachesEdge = endsAtEdge((count - 1) * stride - before);
  if (ceil && !reachesEdge && count * stride - before < size) count++;
  return { count, first: -before, end };
}
