import type { Tensor } from '@tensorflow/tfjs-core';
import type { Pair } from '../../../compiler/ops/types/pair.js';
import { edgesOf, type Sliding } from '../../../compiler/ops/window.js';

/** Cells before and behind along rows and columns, as numbers. */
export interface Margins {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** Padding as TensorFlow.js writes it: for batch, rows, columns and channels. */
export type TfPadding = [[number, number], [number, number], [number, number], [number, number]];

/** A batch of images as four numbers. */
export interface Images {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/** The sizes of a batch of images `[batch, height, width, channels]`. */
export function imagesOf({ shape }: Tensor): Images {
  const [batch = 1, height = 1, width = 1, channels = 1] = shape;
  return { batch, height, width, channels };
}

/** The cells that a window's padding adds around these images. */
export function marginsOf(window: Sliding, { height, width, channels }: Images): Margins {
  const [rows, columns] = edgesOf(window, { height, width, channels });
  return {
    top: Number(rows.before),
    bottom: Number(rows.behind),
    left: Number(columns.before),
    right: Number(columns.behind),
  };
}

/** Margins in TensorFlow.js' form. */
export function tfPadding({ top, bottom, left, right }: Margins): TfPadding {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

/** A pair that TensorFlow.js may keep. */
export function tfPair([rows, columns]: Pair): [number, number] {
  return [rows, columns];
}
