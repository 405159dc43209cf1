import {
  add,
  ceilDivide,
  compare,
  floorDivide,
  maximum,
  minimum,
  multiply,
  subtract,
  type Exact,
} from '../values/exact.js';
import { complain, type Complaint } from './complaint.js';
import type { WindowSpec } from './op.js';
import { windowTooLarge } from './problems/windows.js';
import type { Image } from './sizes.js';
import type { Padding } from './types/padding.js';
import type { Pair } from './types/pair.js';

/** A window that slides over an image. */
export interface Sliding {
  readonly kernel: Pair;
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly pad: Padding;
}

/** Cells that padding adds before and behind the rows or the columns of an image. */
export interface Edges {
  readonly before: Exact;
  readonly behind: Exact;
}

/** Along the rows (0) or along the columns (1). */
type Direction = 0 | 1;

/** How many rows and columns the window gives, or a complaint where it doesn't fit in once. */
export function slide(
  layer: string,
  window: Sliding,
  image: Image,
  rounding: 'floor' | 'ceil' = 'floor',
): readonly [Exact, Exact] | Complaint {
  const span: Pair = [spanAlong(window, 0), spanAlong(window, 1)];
  const padded = [paddedSize(window, image, 0), paddedSize(window, image, 1)] as const;
  if (compare(padded[0], span[0]) === -1 || compare(padded[1], span[1]) === -1) {
    const { kernel, dilation } = window;
    const facts = { layer, kernel, dilation, span, input: [image.height, image.width], padded };
    return complain(windowTooLarge, facts, { parameter: 'kernel' });
  }
  return [steps(window, image, 0, rounding), steps(window, image, 1, rounding)];
}

/** The padding along rows and columns in cells, also where it is `same`. */
export function edgesOf(window: Sliding, image: Image): readonly [Edges, Edges] {
  return [edgesAlong(window, image, 0), edgesAlong(window, image, 1)];
}

/** The window as the receptive field sees it. */
export function windowSpec(window: Sliding, image: Image): WindowSpec {
  const [rows, columns] = edgesOf(window, image);
  const { kernel, stride, dilation } = window;
  return { kernel, stride, dilation, padBefore: [rows.before, columns.before] };
}

/** A window of one cell that lies elsewhere: so many rows and columns were added before the image. */
export function shifted(rows: Exact, columns: Exact): WindowSpec {
  return { kernel: [1, 1], stride: [1, 1], dilation: [1, 1], padBefore: [rows, columns] };
}

/** The cells that a dilated kernel reaches over. */
function spanAlong({ kernel, dilation }: Pick<Sliding, 'kernel' | 'dilation'>, direction: Direction): number {
  return (kernel[direction] - 1) * dilation[direction] + 1;
}

function sizeAlong(image: Image, direction: Direction): Exact {
  return direction === 0 ? image.height : image.width;
}

function edgesAlong(window: Sliding, image: Image, direction: Direction): Edges {
  const { pad, stride } = window;
  switch (pad.kind) {
    case 'valid':
      return { before: 0, behind: 0 };
    case 'explicit':
      return direction === 0
        ? { before: pad.top, behind: pad.bottom }
        : { before: pad.left, behind: pad.right };
    case 'same': {
      // TensorFlow's rule: as many cells as the last window needs, the odd one behind.
      const size = sizeAlong(image, direction);
      const step = stride[direction];
      const reach = add(multiply(subtract(ceilDivide(size, step), 1), step), spanAlong(window, direction));
      const total = maximum(0, subtract(reach, size));
      const before = floorDivide(total, 2);
      return { before, behind: subtract(total, before) };
    }
    default: {
      const never: never = pad;
      return never;
    }
  }
}

function paddedSize(window: Sliding, image: Image, direction: Direction): Exact {
  const size = sizeAlong(image, direction);
  if (window.pad.kind === 'same') return maximum(size, spanAlong(window, direction));
  const { before, behind } = edgesAlong(window, image, direction);
  return add(size, add(before, behind));
}

/** Dumoulin & Visin 2016, §2.4; `same` is ⌈size / stride⌉. */
function steps(window: Sliding, image: Image, direction: Direction, rounding: 'floor' | 'ceil'): Exact {
  const size = sizeAlong(image, direction);
  const step = window.stride[direction];
  if (window.pad.kind === 'same') return ceilDivide(size, step);
  const { before } = edgesAlong(window, image, direction);
  const room = subtract(paddedSize(window, image, direction), spanAlong(window, direction));
  if (rounding === 'floor') return add(floorDivide(room, step), 1);
  // Rounded up, the last window must still begin inside the image or the padding before it (Caffe's and PyTorch's rule).
  return minimum(add(ceilDivide(room, step), 1), ceilDivide(add(size, before), step));
}
