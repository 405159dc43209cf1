import type { backend_util } from '@tensorflow/tfjs-core';

/** Windows of one size beside each other in one row of a pool's output. */
export interface WindowRun {
  /** The first of them, counted over the whole output; and how many there are. */
  readonly output: number;
  readonly windows: number;
  /** The first cell of the first window, counted over the whole input. */
  readonly input: number;
  /** The size of each window without what lies in the padding. */
  readonly rows: number;
  readonly columns: number;
}

/** Finds the windows of a pool; those that padding cuts at the left or right stand alone. */
export function* windowRuns(info: backend_util.Conv2DInfo): Generator<WindowRun> {
  const { batchSize, inHeight, inWidth, outHeight, outWidth } = info;
  const lines = extents(info, 'rows');
  const runs = runsOf(extents(info, 'columns'), info.strideWidth);
  for (let image = 0; image < batchSize; image += 1) {
    for (const [i, line] of lines.entries()) {
      for (const { first, windows, from, size } of runs) {
        const output = (image * outHeight + i) * outWidth + first;
        const input = (image * inHeight + line.from) * inWidth + from;
        yield { output, windows, input, rows: line.size, columns: size };
      }
    }
  }
}

/** The cells of the image that one window sees along one direction. */
interface Extent {
  readonly from: number;
  readonly size: number;
}

function extents(info: backend_util.Conv2DInfo, direction: 'rows' | 'columns'): readonly Extent[] {
  const isRows = direction === 'rows';
  const [outputs, stride, before] = isRows
    ? [info.outHeight, info.strideHeight, info.padInfo.top]
    : [info.outWidth, info.strideWidth, info.padInfo.left];
  const [cells, window] = isRows ? [info.inHeight, info.filterHeight] : [info.inWidth, info.filterWidth];
  return Array.from({ length: outputs }, (_, place) => {
    const from = Math.max(0, place * stride - before);
    return { from, size: Math.max(0, Math.min(cells, place * stride - before + window) - from) };
  });
}

/** Windows of one size, a stride apart, taken together. */
interface Run extends Extent {
  readonly first: number;
  readonly windows: number;
}

function runsOf(columns: readonly Extent[], stride: number): readonly Run[] {
  return columns.reduce<readonly Run[]>((runs, { from, size }, place) => {
    const last = runs.at(-1);
    const goesOn = last?.size === size && from === last.from + last.windows * stride;
    return last !== undefined && goesOn
      ? [...runs.slice(0, -1), { ...last, windows: last.windows + 1 }]
      : [...runs, { first: place, windows: 1, from, size }];
  }, []);
}

/** The parameters of a walk over these windows, as our functions take them. */
export function walkNumbers(
  { windows, rows, columns }: WindowRun,
  { strideWidth, inWidth, inChannels }: backend_util.Conv2DInfo,
): readonly number[] {
  const bytes = 4 * inChannels;
  return [windows, strideWidth * bytes, bytes, rows, columns, inWidth * bytes, inChannels];
}
