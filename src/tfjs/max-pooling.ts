import { planPool, poolConfig, pooledSizes, type PoolArgs } from './pool-window.js';
import { images, onlySizes, type Inputs, type Sizes, type TensorFlow } from './tensorflow.js';

/** Makes `CnncMaxPooling2D` known: the largest value of each window, in which cells of the padding never win. */
export function registerMaxPooling(tf: TensorFlow): void {
  class MaxPooling2D extends tf.layers.Layer {
    static readonly className = 'CnncMaxPooling2D';
    readonly #args: PoolArgs;

    constructor(args: PoolArgs) {
      super({ ...args });
      this.#args = args;
    }

    override computeOutputShape(sizes: Sizes | Sizes[]) {
      return pooledSizes(this.#args, onlySizes(sizes));
    }

    override call(inputs: Inputs) {
      const { poolSize, strides } = this.#args;
      return tf.tidy(() => {
        const x = images(inputs);
        const { reach } = planPool(this.#args, x.shape[1], x.shape[2]);
        return tf.maxPool(x, poolSize, strides, reach);
      });
    }

    override getConfig() {
      return { ...super.getConfig(), ...poolConfig(this.#args) };
    }
  }
  tf.serialization.registerClass(MaxPooling2D);
}
