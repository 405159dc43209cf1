import type { Axis } from '../../src/compiler/ops/types/axis.js';
import { toNumber } from '../../src/compiler/values/exact.js';
import { only, type Layer } from './layer.js';
import { imageOf, makeImage, makeTensor, readTensor, sizeAt, type Image, type Tensor } from './tensor.js';

/** The tensor itself. */
export const identity: Layer<'identity'> = (_args, inputs) => only(inputs);

/** All values of an example in one row. */
export const flatten: Layer<'flatten'> = (_args, inputs) => {
  const x = only(inputs);
  return { shape: [sizeAt(x, 0), x.values.length / sizeAt(x, 0)], values: x.values };
};

/** The same values with other sizes, one of which may follow from the rest. */
export const reshape: Layer<'reshape'> = ({ sizes }, inputs) => {
  const x = only(inputs);
  const batch = sizeAt(x, 0);
  const written = sizes.reduce<number>(
    (product, size) => (size === 'open' ? product : product * toNumber(size)),
    batch,
  );
  const rest = x.values.length / written;
  return {
    shape: [batch, ...sizes.map((size) => (size === 'open' ? rest : toNumber(size)))],
    values: x.values,
  };
};

/** Dimension d of the output is dimension order[d] of the input. */
export const permute: Layer<'permute'> = ({ order }, inputs) => {
  const x = only(inputs);
  const shape = [sizeAt(x, 0), ...order.map((axis) => sizeAt(x, axis + 1))];
  return makeTensor(shape, ([n = 0, ...place]) => {
    const from = [n, ...order.map(() => 0)];
    order.forEach((axis, at) => (from[axis + 1] = place[at] ?? 0));
    return readTensor(x, from);
  });
};

/** x[i - top, j - left, c] inside, the value outside. */
export const pad: Layer<'pad'> = ({ cells: { top, bottom, left, right }, value }, inputs) => {
  const x = imageOf(only(inputs));
  return makeImage([x.batch, top + x.height + bottom, left + x.width + right, x.channels], (n, i, j, c) => {
    const [row, column] = [i - top, j - left];
    const isInside = row >= 0 && row < x.height && column >= 0 && column < x.width;
    return isInside ? x.at(n, row, column, c) : value;
  });
};

/** x[i + top, j + left, c]. */
export const crop: Layer<'crop'> = ({ cells: { top, bottom, left, right } }, inputs) => {
  const x = imageOf(only(inputs));
  return makeImage([x.batch, x.height - top - bottom, x.width - left - right, x.channels], (n, i, j, c) =>
    x.at(n, i + top, j + left, c),
  );
};

/** Each cell repeated, or values between cells. */
export const upsample: Layer<'upsample'> = ({ factor, mode }, inputs) => {
  const x = imageOf(only(inputs));
  const [height, width] = [x.height * factor[0], x.width * factor[1]];
  if (mode === 'bilinear') return bilinear(x, height, width);
  return makeImage([x.batch, height, width, x.channels], (n, i, j, c) =>
    x.at(n, Math.floor(i / factor[0]), Math.floor(j / factor[1]), c),
  );
};

/** Interpolation with half-pixel centres: the cell that the place lies in, or between the four around it. */
export const resize: Layer<'resize'> = ({ size, mode }, inputs) => {
  const x = imageOf(only(inputs));
  const [height, width] = [toNumber(size[0]), toNumber(size[1])];
  if (mode === 'bilinear') return bilinear(x, height, width);
  return makeImage([x.batch, height, width, x.channels], (n, i, j, c) =>
    x.at(
      n,
      Math.floor(((2 * i + 1) * x.height) / (2 * height)),
      Math.floor(((2 * j + 1) * x.width) / (2 * width)),
      c,
    ),
  );
};

/** The places from…to along one dimension. */
export const slice: Layer<'slice'> = ({ axis, range }, inputs) => {
  const x = only(inputs);
  const [place, from] = [placeOf(axis, x), toNumber(range.from)];
  const shape = x.shape.map((size, at) => (at === place ? toNumber(range.to) - from : size));
  return makeTensor(shape, (at) =>
    readTensor(
      x,
      at.map((index, dimension) => (dimension === place ? index + from : index)),
    ),
  );
};

/** y[…, p · groups + g] = x[…, g · (channels / groups) + p]. */
export const shuffle: Layer<'shuffle'> = ({ groups }, inputs) => {
  const x = only(inputs);
  const share = sizeAt(x, -1) / groups;
  return makeTensor(x.shape, (place) => {
    const channel = place[place.length - 1] ?? 0;
    return readTensor(x, [...place.slice(0, -1), (channel % groups) * share + Math.floor(channel / groups)]);
  });
};

/** y[i · block + u, j · block + v, c] = x[i, j, (u · block + v) · (channels / block²) + c]. */
export const depthToSpace: Layer<'depth_to_space'> = ({ block }, inputs) => {
  const x = imageOf(only(inputs));
  const channels = x.channels / block ** 2;
  return makeImage([x.batch, x.height * block, x.width * block, channels], (n, row, column, c) => {
    const [u, v] = [row % block, column % block];
    return x.at(n, (row - u) / block, (column - v) / block, (u * block + v) * channels + c);
  });
};

/** y[i, j, (u · block + v) · channels + c] = x[i · block + u, j · block + v, c]. */
export const spaceToDepth: Layer<'space_to_depth'> = ({ block }, inputs) => {
  const x = imageOf(only(inputs));
  return makeImage(
    [x.batch, x.height / block, x.width / block, x.channels * block ** 2],
    (n, i, j, channel) => {
      const [c, cell] = [channel % x.channels, Math.floor(channel / x.channels)];
      return x.at(n, i * block + Math.floor(cell / block), j * block + (cell % block), c);
    },
  );
};

/** The place of a dimension in a tensor with its batch. */
export function placeOf(axis: Axis, x: Tensor): number {
  switch (axis) {
    case 'channels':
      return x.shape.length - 1;
    case 'height':
      return 1;
    case 'width':
      return 2;
    default:
      return axis + 1;
  }
}

/** Weighs the four cells around (i + 1/2) · height / new height - 1/2; beyond the edge lies the edge again. */
function bilinear(x: Image, height: number, width: number): Tensor {
  return makeImage([x.batch, height, width, x.channels], (n, i, j, c) => {
    const row = ((i + 0.5) * x.height) / height - 0.5;
    const column = ((j + 0.5) * x.width) / width - 0.5;
    const [top, left] = [Math.floor(row), Math.floor(column)];
    const cell = (a: number, b: number): number => x.at(n, clamp(a, x.height), clamp(b, x.width), c);
    const [down, along] = [row - top, column - left];
    const above = cell(top, left) * (1 - along) + cell(top, left + 1) * along;
    const below = cell(top + 1, left) * (1 - along) + cell(top + 1, left + 1) * along;
    return above * (1 - down) + below * down;
  });
}

function clamp(index: number, size: number): number {
  return Math.min(Math.max(index, 0), size - 1);
}
