import { zeros, type Tensor } from '@tensorflow/tfjs-core';
import type { Pair } from '../../../compiler/ops/types/pair.js';
import { ending, endingAll } from '../ending.js';
import { inTurn } from '../in-turn.js';
import { kernel } from '../kernel.js';
import type { Tape } from '../tape.js';
import { convolve, type KernelAndBias, type Slide } from './convolve.js';
import { imagesOf, type Margins } from './geometry.js';
import { concat, reshape, slice } from './shape.js';

/**
 * A dilated convolution made of steps that have gradients. With stride 1 the image is dealt out into as many images as the
 * dilation has remainders, and each is convolved without dilation (TensorFlow's SpaceToBatchND); with a stride as well,
 * which is rare, the kernel is filled up with zeros.
 */
export function dilatedConvolve(x: Tensor, weights: KernelAndBias, slide: Slide, tape?: Tape): Tensor {
  const [rows, columns] = slide.stride;
  if (rows > 1 || columns > 1) {
    const plain: Slide = { ...slide, dilation: [1, 1] };
    return ending(filledUp(weights.kernel, slide.dilation, tape), (filled) =>
      convolve(x, { ...weights, kernel: filled }, plain, tape),
    );
  }
  const { dilation, margins } = slide;
  const { height, width } = imagesOf(x);
  const spareRows = spare(height + margins.top + margins.bottom, dilation[0]);
  const spareColumns = spare(width + margins.left + margins.right, dilation[1]);
  const grown = { ...margins, bottom: margins.bottom + spareRows, right: margins.right + spareColumns };
  const dealt = dealOut(x, dilation, grown, tape);
  const plain: Slide = { ...slide, dilation: [1, 1], margins: none };
  const convolved = ending(dealt, (images) => convolve(images, weights, plain, tape));
  const spares = { ...none, bottom: spareRows, right: spareColumns };
  return ending(convolved, (images) => gather(images, dilation, spares, tape));
}

const none: Margins = { top: 0, bottom: 0, left: 0, right: 0 };

/** How many cells are missing to a multiple. */
function spare(size: number, step: number): number {
  return Math.ceil(size / step) * step - size;
}

function dealOut(x: Tensor, block: Pair, margins: Margins, tape?: Tape): Tensor {
  const y = toBatch(x, block, margins);
  tape?.record(y, [{ of: x, needs: [], gradient: (dy) => fromBatch(dy, block, margins) }]);
  return y;
}

function gather(x: Tensor, block: Pair, margins: Margins, tape?: Tape): Tensor {
  const y = fromBatch(x, block, margins);
  tape?.record(y, [{ of: x, needs: [], gradient: (dy) => toBatch(dy, block, margins) }]);
  return y;
}

function toBatch(x: Tensor, block: Pair, margins: Margins): Tensor {
  return kernel('SpaceToBatchND', { x }, { blockShape: [...block], paddings: pairs(margins) });
}

function fromBatch(x: Tensor, block: Pair, margins: Margins): Tensor {
  return kernel('BatchToSpaceND', { x }, { blockShape: [...block], crops: pairs(margins) });
}

function pairs({ top, bottom, left, right }: Margins): number[][] {
  return [
    [top, bottom],
    [left, right],
  ];
}

/** The kernel with zeros between its cells. */
function filledUp(filter: Tensor, [down, across]: Pair, tape?: Tape): Tensor {
  const [rows = 1, columns = 1, inputs = 1, outputs = 1] = filter.shape;
  const size = inputs * outputs;
  const tall = (rows - 1) * down + 1;
  const wide = (columns - 1) * across + 1;
  return inTurn(
    filter,
    (y) => spaced(y, [1, rows, columns * size], down, tape),
    (y) => spaced(y, [tall, columns, size], across, tape),
    (y) => reshape(y, [tall, wide, inputs, outputs], tape),
  );
}

/** `[outer, cells, inner]` with step - 1 cells of zeros between two cells. */
function spaced(x: Tensor, sizes: readonly [number, number, number], step: number, tape?: Tape): Tensor {
  const [outer, cells, inner] = sizes;
  if (step === 1) return reshape(x, sizes, tape);
  const between = zeros([outer * cells, (step - 1) * inner]);
  return inTurn(
    x,
    (y) => reshape(y, [outer * cells, inner], tape),
    (y) => endingAll([between], () => concat([y, between], 1, tape)),
    (y) => reshape(y, [outer, cells * step, inner], tape),
    (y) => slice(y, { axis: 1, from: 0, count: (cells - 1) * step + 1 }, tape),
  );
}
