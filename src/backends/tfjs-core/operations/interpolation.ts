import { matMul, mul, reshape, scalar, tensor, transpose, type Tensor } from '@tensorflow/tfjs-core';
import type { Interpolation } from '../../../compiler/ops/interpolation.js';
import type { Pair } from '../../../compiler/ops/types/pair.js';
import { kernel } from '../kernel.js';
import type { Tape } from '../tape.js';
import { imagesOf, tfPair, type Images } from './geometry.js';

/** Images of another height and width, with half-pixel centres. */
export function resize(x: Tensor, size: Pair, mode: Interpolation, tape?: Tape): Tensor {
  const images = imagesOf(x);
  const name = mode === 'bilinear' ? 'ResizeBilinear' : 'ResizeNearestNeighbor';
  const attributes = { size: tfPair(size), alignCorners: false, halfPixelCenters: true };
  const y = kernel(name, { images: x }, attributes);
  const gradient = (dy: Tensor): Tensor => {
    const factor = wholeFactor(images, size);
    return mode === 'nearest' && factor !== undefined ? summed(dy, factor) : spread(dy, images, size, mode);
  };
  tape?.record(y, [{ of: x, needs: [], gradient }]);
  return y;
}

/** The gradient of whole cells that were repeated: the sum of each block. */
function summed(dy: Tensor, factor: Pair): Tensor {
  const [rows, columns] = factor;
  if (rows * columns === 1) return reshape(dy, dy.shape);
  const averages = kernel(
    'AvgPool',
    { x: dy },
    { filterSize: tfPair(factor), strides: tfPair(factor), pad: 'valid' },
  );
  return mul(averages, scalar(rows * columns));
}

/** The gradient in general: interpolation is a matrix for the rows and one for the columns, and this is their way back. */
function spread(dy: Tensor, images: Images, [rows, columns]: Pair, mode: Interpolation): Tensor {
  const { batch, height, width, channels } = images;
  const down = transpose(interpolationMatrix(mode, height, rows));
  const across = transpose(interpolationMatrix(mode, width, columns));
  const inRows = matMul(reshape(down, [1, height, rows]), reshape(dy, [batch, rows, columns * channels]));
  const inBoth = matMul(
    reshape(across, [1, width, columns]),
    reshape(inRows, [batch * height, columns, channels]),
  );
  return reshape(inBoth, [batch, height, width, channels]);
}

/** How much of each old cell is in each new one, `[to, from]`. */
function interpolationMatrix(mode: Interpolation, from: number, to: number): Tensor {
  const values = new Float32Array(to * from);
  for (let place = 0; place < to; place += 1) {
    const centre = ((place + 0.5) * from) / to;
    if (mode === 'nearest') {
      values[place * from + Math.min(from - 1, Math.floor(centre))] = 1;
    } else {
      const below = Math.floor(centre - 0.5);
      const share = centre - 0.5 - below;
      const [first, second] = [Math.max(0, below), Math.min(from - 1, below + 1)];
      values[place * from + first] = 1 - share;
      values[place * from + second] = (values[place * from + second] ?? 0) + share;
    }
  }
  return tensor(values, [to, from]);
}

function wholeFactor({ height, width }: Images, [rows, columns]: Pair): Pair | undefined {
  const [down, across] = [rows / height, columns / width];
  return Number.isInteger(down) && Number.isInteger(across) ? [down, across] : undefined;
}
