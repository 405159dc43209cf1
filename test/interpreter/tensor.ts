/** Values in float64, in row-major order; the first size is the batch, except of weights. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** A tensor of images `[batch, height, width, channels]` and what stands at a place in it. */
export interface Image {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly at: (n: number, i: number, j: number, c: number) => number;
}

/** A tensor of these values, of which there must be as many as the shape holds. */
export function tensor(shape: readonly number[], values: Iterable<number>): Tensor {
  const held = Float64Array.from(values);
  const count = shape.reduce((product, size) => product * size, 1);
  if (held.length !== count) throw new Error(`${String(held.length)} values for [${shape.join(', ')}]`);
  return { shape, values: held };
}

/** The value at a place of the list; one outside is our mistake. */
export function valueAt(x: Tensor, place: number): number {
  const value = x.values[place];
  if (value === undefined) throw new Error(`no place ${String(place)} in [${x.shape.join(', ')}]`);
  return value;
}

/** One size of a shape. */
export function sizeAt(x: Tensor, place: number): number {
  const size = x.shape.at(place);
  if (size === undefined) throw new Error(`no size ${String(place)} in [${x.shape.join(', ')}]`);
  return size;
}

/** The last size, which counts channels or features. */
export function channelsOf(x: Tensor): number {
  return sizeAt(x, -1);
}

/** Reads a tensor of rank 4 as images, or a kernel as `[height, width, in, out]`. */
export function imageOf(x: Tensor): Image {
  if (x.shape.length !== 4) throw new Error(`[${x.shape.join(', ')}] holds no images`);
  const [batch, height, width, channels] = [sizeAt(x, 0), sizeAt(x, 1), sizeAt(x, 2), sizeAt(x, 3)];
  const at = (n: number, i: number, j: number, c: number): number => {
    const isInside =
      n >= 0 && n < batch && i >= 0 && i < height && j >= 0 && j < width && c >= 0 && c < channels;
    if (!isInside) throw new Error(`no place ${[n, i, j, c].join(', ')} in [${x.shape.join(', ')}]`);
    return valueAt(x, ((n * height + i) * width + j) * channels + c);
  };
  return { batch, height, width, channels, at };
}

/** Makes images from what stands at each place. */
export function makeImage(
  shape: readonly [number, number, number, number],
  cell: (n: number, i: number, j: number, c: number) => number,
): Tensor {
  const [batch, height, width, channels] = shape;
  const values = new Float64Array(batch * height * width * channels);
  let place = 0;
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        for (let c = 0; c < channels; c++) values[place++] = cell(n, i, j, c);
      }
    }
  }
  return { shape, values };
}

/** Makes a tensor of any rank from what stands at each place. */
export function makeTensor(shape: readonly number[], cell: (place: readonly number[]) => number): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return tensor(
    shape,
    Array.from({ length: count }, (_, flat) => cell(unravel(flat, shape))),
  );
}

/** The value at a place of a tensor of any rank. */
export function readTensor(x: Tensor, place: readonly number[]): number {
  return valueAt(
    x,
    x.shape.reduce((flat, size, axis) => flat * size + (place[axis] ?? 0), 0),
  );
}

/** A tensor of the same shape whose values come from the values and their channels. */
export function mapValues(x: Tensor, value: (value: number, channel: number) => number): Tensor {
  const channels = channelsOf(x);
  return { shape: x.shape, values: x.values.map((each, place) => value(each, place % channels)) };
}

function unravel(flat: number, shape: readonly number[]): number[] {
  const place: number[] = [];
  let left = flat;
  for (const size of [...shape].reverse()) {
    place.unshift(left % size);
    left = Math.floor(left / size);
  }
  return place;
}
