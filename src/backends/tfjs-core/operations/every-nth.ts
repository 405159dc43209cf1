import type { Tensor } from '@tensorflow/tfjs-core';
import type { Pair } from '../../../compiler/ops/types/pair.js';
import { inTurn } from '../in-turn.js';
import type { Tape } from '../tape.js';
import { imagesOf } from './geometry.js';
import { pad, reshape, same, slice } from './shape.js';

/** The first cell of each step in rows and columns. */
export function everyNth(x: Tensor, [down, across]: Pair, tape?: Tape): Tensor {
  if (down === 1 && across === 1) return same(x, tape);
  const { batch, height, width, channels } = imagesOf(x);
  const rows = Math.ceil(height / down);
  const columns = Math.ceil(width / across);
  const margins = { top: 0, left: 0, bottom: rows * down - height, right: columns * across - width };
  const line = columns * across * channels;
  return inTurn(
    x,
    (y) => pad(y, margins, 0, tape),
    (y) => reshape(y, [batch * rows, down * line], tape),
    (y) => slice(y, { axis: 1, from: 0, count: line }, tape),
    (y) => reshape(y, [batch * rows * columns, across * channels], tape),
    (y) => slice(y, { axis: 1, from: 0, count: channels }, tape),
    (y) => reshape(y, [batch, rows, columns, channels], tape),
  );
}
