import type { NamedAttrMap } from '@tensorflow/tfjs-core';

/** Images, a window that slides over them, and how. */
export interface Geometry {
  readonly input: readonly [number, number, number, number];
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly pad: 'same' | 'valid' | readonly [number, number, number, number];
}

/** Sizes at which kernels have edges: strides that don't come out even, wide padding, windows as large as the image. */
export const geometries: readonly Geometry[] = [
  { input: [2, 6, 7, 3], kernel: [3, 3], stride: [1, 1], pad: 'same' },
  { input: [2, 6, 7, 3], kernel: [3, 3], stride: [1, 1], pad: 'valid' },
  { input: [1, 8, 9, 1], kernel: [5, 4], stride: [1, 1], pad: 'same' },
  { input: [2, 8, 7, 2], kernel: [3, 3], stride: [2, 2], pad: 'same' },
  { input: [3, 8, 7, 4], kernel: [3, 2], stride: [2, 2], pad: 'valid' },
  { input: [1, 11, 10, 5], kernel: [3, 4], stride: [3, 2], pad: 'same' },
  { input: [2, 10, 11, 2], kernel: [2, 2], stride: [3, 3], pad: 'valid' },
  { input: [2, 9, 9, 3], kernel: [1, 1], stride: [1, 1], pad: 'valid' },
  { input: [2, 9, 8, 3], kernel: [1, 1], stride: [2, 2], pad: 'valid' },
  { input: [4, 5, 6, 3], kernel: [5, 6], stride: [1, 1], pad: 'valid' },
  { input: [2, 7, 7, 2], kernel: [3, 3], stride: [2, 2], pad: [1, 1, 1, 1] },
  { input: [2, 7, 6, 2], kernel: [4, 3], stride: [2, 1], pad: [0, 2, 1, 2] },
  { input: [1, 5, 5, 2], kernel: [2, 2], stride: [2, 2], pad: [3, 4, 2, 3] },
  { input: [1, 7, 7, 17], kernel: [7, 7], stride: [4, 4], pad: [3, 3, 3, 3] },
  { input: [1, 6, 6, 1], kernel: [6, 1], stride: [5, 7], pad: 'same' },
];

/** A geometry in the names of tests. */
export function textOf({ input, kernel, stride, pad }: Geometry): string {
  return `${input.join('x')}, window ${kernel.join('x')}, stride ${stride.join('x')}, ${String(pad)}`;
}

/** A geometry as the attributes of a convolution. */
export function convolutionAttributes({ stride, pad }: Geometry): NamedAttrMap {
  return { strides: [...stride], pad: padAttribute(pad), dataFormat: 'NHWC', dilations: [1, 1] };
}

/** A geometry as the attributes of a pool. */
export function poolAttributes({ kernel, stride, pad }: Geometry): NamedAttrMap {
  return { filterSize: [...kernel], strides: [...stride], pad: padAttribute(pad) };
}

function padAttribute(pad: Geometry['pad']): string | number[][] {
  if (typeof pad === 'string') return pad;
  const [top, bottom, left, right] = pad;
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}
