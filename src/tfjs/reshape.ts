import { plannedSize, sizeOf, type OpenSizes, type WrittenSize } from './open-size.js';
import {
  allSizes,
  only,
  shapesOf,
  sizesOf,
  type Inputs,
  type LayerArgs,
  type Sizes,
  type TensorFlow,
} from './tensorflow.js';

/** The arguments of a reshape. */
interface ReshapeArgs extends LayerArgs, OpenSizes {
  /** Without the batch. */
  readonly sizes: readonly WrittenSize[];
}

/** Makes `CnncReshape` known: other sizes, of which more than one may follow from the sizes of the model's inputs. */
export function registerReshape(tf: TensorFlow): void {
  class Reshape extends tf.layers.Layer {
    static readonly className = 'CnncReshape';
    readonly #args: ReshapeArgs;

    constructor(args: ReshapeArgs) {
      super({ ...args });
      this.#args = args;
    }

    override computeOutputShape(sizes: Sizes | Sizes[]) {
      const inputs = allSizes(sizes);
      const batch = inputs[0]?.[0] ?? undefined;
      return sizesOf([batch, ...this.#args.sizes.map((size) => plannedSize(size, this.#args, inputs))]);
    }

    override call(inputs: Inputs) {
      const x = only(inputs);
      const shapes = shapesOf(inputs);
      const to = this.#args.sizes.map((size) => sizeOf(size, this.#args, shapes));
      return tf.tidy(() => tf.reshape(x, [...x.shape.slice(0, 1), ...to]));
    }

    override getConfig() {
      const { sources = [], ...args } = this.#args;
      return {
        ...super.getConfig(),
        ...args,
        sizes: [...args.sizes],
        sources: sources.map((source) => [...source]),
      };
    }
  }
  tf.serialization.registerClass(Reshape);
}
