import type { Tensor4D } from '@tensorflow/tfjs-core';
import { plannedSize, sizeOf, type OpenSizes, type WrittenSize } from './open-size.js';
import {
  allSizes,
  images,
  ofRank4,
  shapesOf,
  sizesOf,
  type Inputs,
  type LayerArgs,
  type Sizes,
  type TensorFlow,
} from './tensorflow.js';

/** The arguments of a resize: one of `size` and `factor` says how large the result is. */
interface ResizeArgs extends LayerArgs, OpenSizes {
  readonly size?: [WrittenSize, WrittenSize];
  readonly factor?: [number, number];
  readonly interpolation: 'nearest' | 'bilinear';
}

/** Makes `CnncResize` known: half-pixel centres, which no layer of tfjs-layers has. */
export function registerResize(tf: TensorFlow): void {
  class Resize extends tf.layers.Layer {
    static readonly className = 'CnncResize';
    readonly #args: ResizeArgs;

    constructor(args: ResizeArgs) {
      super({ ...args });
      this.#args = args;
    }

    override computeOutputShape(sizes: Sizes | Sizes[]) {
      const inputs = allSizes(sizes);
      const planned = (inputs[0] ?? []).map((known, place) => {
        const size = known ?? undefined;
        if (place === 0 || place === 3) return size;
        const direction = place === 1 ? 0 : 1;
        const fixed = this.#args.size?.[direction];
        if (fixed !== undefined) return plannedSize(fixed, this.#args, inputs);
        return size === undefined ? size : size * (this.#args.factor?.[direction] ?? 1);
      });
      return sizesOf(planned);
    }

    override call(inputs: Inputs, { training }: { readonly training?: boolean }) {
      const { size, factor = [1, 1], interpolation } = this.#args;
      return tf.tidy(() => {
        const x = images(inputs);
        const shapes = shapesOf(inputs);
        const known = (one: WrittenSize): number => sizeOf(one, this.#args, shapes);
        const to: [number, number] =
          size === undefined
            ? [x.shape[1] * factor[0], x.shape[2] * factor[1]]
            : [known(size[0]), known(size[1])];
        // The gradients of the two functions overlook half-pixel centres; those of products are right.
        if (training === true) return byMatrices(tf, x, to, interpolation);
        return interpolation === 'nearest'
          ? tf.image.resizeNearestNeighbor(x, to, false, true)
          : tf.image.resizeBilinear(x, to, false, true);
      });
    }

    override getConfig() {
      const { sources = [], ...args } = this.#args;
      return { ...super.getConfig(), ...args, sources: sources.map((source) => [...source]) };
    }
  }
  tf.serialization.registerClass(Resize);
}

/** Interpolation as a matrix for the rows and one for the columns. */
function byMatrices(
  tf: TensorFlow,
  x: Tensor4D,
  [rows, columns]: readonly [number, number],
  interpolation: ResizeArgs['interpolation'],
): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const down = tf.tensor2d(weightsOf(interpolation, height, rows), [rows, height]);
  const across = tf.tensor2d(weightsOf(interpolation, width, columns), [columns, width]);
  const byRows = tf.reshape(tf.transpose(x, [1, 0, 2, 3]), [height, batch * width * channels]);
  const inRows = tf.reshape(tf.matMul(down, byRows), [rows, batch, width, channels]);
  const byColumns = tf.reshape(tf.transpose(inRows, [2, 1, 0, 3]), [width, batch * rows * channels]);
  const inBoth = tf.reshape(tf.matMul(across, byColumns), [columns, batch, rows, channels]);
  return ofRank4(tf.transpose(inBoth, [1, 2, 0, 3]));
}

/** How much of each old cell is in each new one, `[to, from]` in row-major order. */
function weightsOf(interpolation: ResizeArgs['interpolation'], from: number, to: number): Float32Array {
  const values = new Float32Array(to * from);
  const add = (row: number, column: number, share: number): void => {
    const place = row * from + Math.min(from - 1, Math.max(0, column));
    values[place] = (values[place] ?? 0) + share;
  };
  for (let row = 0; row < to; row += 1) {
    const centre = ((row + 0.5) * from) / to;
    if (interpolation === 'nearest') add(row, Math.floor(centre), 1);
    else {
      const below = Math.floor(centre - 0.5);
      const share = centre - 0.5 - below;
      add(row, below, 1 - share);
      add(row, below + 1, share);
    }
  }
  return values;
}
