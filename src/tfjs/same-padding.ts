import { edgesOf, type Sliding } from '../compiler/ops/window.js';
import { images, onlySizes, type Inputs, type LayerArgs, type Sizes, type TensorFlow } from './tensorflow.js';

/** The arguments of a padding: the window that slides over its result, rows and columns as all pairs. */
interface SamePaddingArgs extends LayerArgs {
  readonly kernelSize: [number, number];
  readonly strides: [number, number];
  readonly dilationRate: [number, number];
}

/** Makes `CnncSamePadding2D` known: as many cells of zero as `same` counts for a window, on images of any size. */
export function registerSamePadding(tf: TensorFlow): void {
  class SamePadding2D extends tf.layers.Layer {
    static readonly className = 'CnncSamePadding2D';
    readonly #args: SamePaddingArgs;

    constructor(args: SamePaddingArgs) {
      super({ ...args });
      this.#args = args;
    }

    override computeOutputShape(sizes: Sizes | Sizes[]) {
      return onlySizes(sizes).map((size, place) => {
        if (size === null || place === 0 || place === 3) return size;
        const [before, behind] = cells(this.#args, [size, size])[place === 1 ? 0 : 1];
        return before + size + behind;
      });
    }

    override call(inputs: Inputs) {
      return tf.tidy(() => {
        const x = images(inputs);
        const [rows, columns] = cells(this.#args, [x.shape[1], x.shape[2]]);
        return tf.pad(x, [[0, 0], rows, columns, [0, 0]]);
      });
    }

    override getConfig() {
      return { ...super.getConfig(), ...this.#args };
    }
  }
  tf.serialization.registerClass(SamePadding2D);
}

/** Before and behind rows and columns. */
function cells(
  { kernelSize: kernel, strides: stride, dilationRate: dilation }: SamePaddingArgs,
  [height, width]: readonly [number, number],
): [[number, number], [number, number]] {
  const window: Sliding = { kernel, stride, dilation, pad: { kind: 'same' } };
  const [rows, columns] = edgesOf(window, { height, width, channels: 1 });
  return [
    [Number(rows.before), Number(rows.behind)],
    [Number(columns.before), Number(columns.behind)],
  ];
}
