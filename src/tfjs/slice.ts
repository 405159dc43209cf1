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

/** The arguments of a slice. */
interface SliceArgs extends LayerArgs, OpenSizes {
  /** The dimension, the batch counted. */
  readonly place: number;
  readonly from: WrittenSize;
  readonly to: WrittenSize;
}

/** Makes `CnncSlice` known: a stretch of one dimension, whose ends may follow from the sizes of the model's inputs. */
export function registerSlice(tf: TensorFlow): void {
  class Slice extends tf.layers.Layer {
    static readonly className = 'CnncSlice';
    readonly #args: SliceArgs;

    constructor(args: SliceArgs) {
      super({ ...args });
      this.#args = args;
    }

    override computeOutputShape(sizes: Sizes | Sizes[]) {
      const inputs = allSizes(sizes);
      const [from, to] = [this.#args.from, this.#args.to].map((end) => plannedSize(end, this.#args, inputs));
      const length = from === undefined || to === undefined ? undefined : to - from;
      return sizesOf(
        (inputs[0] ?? []).map((size, place) => (place === this.#args.place ? length : (size ?? undefined))),
      );
    }

    override call(inputs: Inputs) {
      const { place, from, to } = this.#args;
      const x = only(inputs);
      const shapes = shapesOf(inputs);
      const [first, end] = [sizeOf(from, this.#args, shapes), sizeOf(to, this.#args, shapes)];
      const begin = x.shape.map((_size, at) => (at === place ? first : 0));
      const size = x.shape.map((whole, at) => (at === place ? end - first : whole));
      return tf.tidy(() => tf.slice(x, begin, size));
    }

    override getConfig() {
      const { sources = [], ...args } = this.#args;
      return { ...super.getConfig(), ...args, sources: sources.map((source) => [...source]) };
    }
  }
  tf.serialization.registerClass(Slice);
}
