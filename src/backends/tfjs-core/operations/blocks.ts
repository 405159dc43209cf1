import type { Tensor } from '@tensorflow/tfjs-core';
import type { Tape } from '../tape.js';
import { imagesOf } from './geometry.js';
import { lastSize } from './rows.js';
import { reshape, transpose } from './shape.js';

/** Interleaves the channels of several groups. */
export function shuffle(x: Tensor, groups: number, tape?: Tape): Tensor {
  const channels = lastSize(x);
  const split = reshape(x, [x.size / channels, groups, channels / groups], tape);
  return reshape(transpose(split, [0, 2, 1], tape), x.shape, tape);
}

/** Spreads channels over blocks of pixels; channel (u · block + v) · c goes to row u and column v of the block. */
export function depthToSpace(x: Tensor, block: number, tape?: Tape): Tensor {
  const { batch, height, width, channels } = imagesOf(x);
  const split = reshape(x, [batch * height, width, block, channels / block], tape);
  const rows = transpose(split, [0, 2, 1, 3], tape);
  return reshape(rows, [batch, height * block, width * block, channels / (block * block)], tape);
}

/** Stacks blocks of pixels into channels, the way back of `depthToSpace`. */
export function spaceToDepth(x: Tensor, block: number, tape?: Tape): Tensor {
  const { batch, height, width, channels } = imagesOf(x);
  const [rows, columns] = [height / block, width / block];
  const split = reshape(x, [batch * rows, block, columns, block * channels], tape);
  const blocks = transpose(split, [0, 2, 1, 3], tape);
  return reshape(blocks, [batch, rows, columns, block * block * channels], tape);
}
