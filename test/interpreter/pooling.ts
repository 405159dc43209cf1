import { only, type Layer } from './layer.js';
import { imageOf, makeTensor, makeImage, type Image } from './tensor.js';
import { slides } from './window.js';

/** The largest or the average of the cells of the image under a window. */
export const pool: Layer<'pool'> = (args, inputs) => {
  const x = imageOf(only(inputs));
  const stride = args.stride ?? args.kernel;
  const [rows, columns] = slides({ ...args, stride }, x.height, x.width);
  return makeImage([x.batch, rows.count, columns.count, x.channels], (n, i, j, c) => {
    const cells: number[] = [];
    let cellsOfPadding = 0;
    for (let u = 0; u < args.kernel[0]; u++) {
      for (let v = 0; v < args.kernel[1]; v++) {
        const row = rows.first + i * stride[0] + u;
        const column = columns.first + j * stride[1] + v;
        if (row >= 0 && row < x.height && column >= 0 && column < x.width)
          cells.push(x.at(n, row, column, c));
        else if (row < rows.end && column < columns.end) cellsOfPadding++;
      }
    }
    if (args.mode === 'max') return Math.max(...cells);
    const divisor = args.count_padding ? cells.length + cellsOfPadding : cells.length;
    return total(cells) / divisor;
  });
};

/** y[c] = mean of x[i, j, c]. */
export const gap: Layer<'gap'> = (_args, inputs) => {
  const x = imageOf(only(inputs));
  return makeTensor(
    [x.batch, x.channels],
    ([n = 0, c = 0]) => total(cellsOf(x, n, c)) / (x.height * x.width),
  );
};

/** y[c] = max of x[i, j, c]. */
export const gmp: Layer<'gmp'> = (_args, inputs) => {
  const x = imageOf(only(inputs));
  return makeTensor([x.batch, x.channels], ([n = 0, c = 0]) => Math.max(...cellsOf(x, n, c)));
};

function cellsOf(x: Image, n: number, c: number): readonly number[] {
  const cells: number[] = [];
  for (let i = 0; i < x.height; i++) {
    for (let j = 0; j < x.width; j++) cells.push(x.at(n, i, j, c));
  }
  return cells;
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
