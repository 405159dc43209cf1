import { fill, type Tensor } from '@tensorflow/tfjs-core';
import { ending, endingAll } from '../ending.js';
import { kernel } from '../kernel.js';
import type { Tape } from '../tape.js';
import { imagesOf, marginsOf, tfPadding, tfPair, type Margins } from './geometry.js';
import { everyNth } from './every-nth.js';
import { scaleBy } from './constants.js';
import type { PoolWindow } from './pool-window.js';
import { pad } from './shape.js';
import { windowCells } from './window-cells.js';

/** The largest value of each window; padding never wins. */
export function maxPool(x: Tensor, window: PoolWindow, tape?: Tape): Tensor {
  if (isOneCell(window)) return everyNth(x, window.stride, tape);
  const attributes = attributesOf(window, reachOf(x, window));
  const y = kernel('MaxPool', { x }, attributes);
  const gradient = (dy: Tensor, input: Tensor, output: Tensor): Tensor =>
    kernel('MaxPoolGrad', { dy, input, output }, attributes);
  tape?.record(y, [{ of: x, needs: [x, y], gradient }]);
  return y;
}

/** The average of each window, over the cells of the image or over those of the padding too. */
export function averagePool(x: Tensor, window: PoolWindow, countPadding: boolean, tape?: Tape): Tensor {
  if (isOneCell(window)) return everyNth(x, window.stride, tape);
  const reach = reachOf(x, window);
  // Without a tape the engine's own way of leaving padding out is the fastest; its gradient divides by the whole window.
  if (tape === undefined && !countPadding) return kernel('AvgPool', { x }, attributesOf(window, reach));
  const averages = ending(pad(x, reach, 0, tape), (padded) => averageInside(padded, window, tape));
  const shares = windowCells(imagesOf(x), window, countPadding);
  if (shares === undefined) return averages;
  return endingAll([averages, shares], () => scaleBy(averages, shares, tape));
}

/** The average of each window, all of which lie inside. */
function averageInside(x: Tensor, window: PoolWindow, tape?: Tape): Tensor {
  const attributes = attributesOf(window, { top: 0, bottom: 0, left: 0, right: 0 });
  const { shape } = x;
  const y = kernel('AvgPool', { x }, attributes);
  // The gradient reads only the shape of its input, so that nothing need be kept.
  const gradient = (dy: Tensor): Tensor => kernel('AvgPoolGrad', { dy, input: fill(shape, 0) }, attributes);
  tape?.record(y, [{ of: x, needs: [], gradient }]);
  return y;
}

/** The padding that windows really reach, also beyond what was written. */
function reachOf(x: Tensor, window: PoolWindow): Margins {
  const { kernel: size, stride, output } = window;
  const images = imagesOf(x);
  const { height, width } = images;
  const { top, left } = marginsOf(window, images);
  return {
    top,
    left,
    bottom: Math.max(0, (output[0] - 1) * stride[0] + size[0] - height - top),
    right: Math.max(0, (output[1] - 1) * stride[1] + size[1] - width - left),
  };
}

function attributesOf({ kernel: size, stride }: PoolWindow, reach: Margins) {
  return { filterSize: tfPair(size), strides: tfPair(stride), pad: tfPadding(reach) };
}

/** A window of one cell, with which engines don't pool. */
function isOneCell({ kernel: [rows, columns] }: PoolWindow): boolean {
  return rows === 1 && columns === 1;
}
