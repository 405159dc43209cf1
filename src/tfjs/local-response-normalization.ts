import { images, type Inputs, type LayerArgs, type TensorFlow } from './tensorflow.js';

/** Local response normalisation in TensorFlow's terms. */
interface ResponseArgs extends LayerArgs {
  readonly radius: number;
  readonly alpha: number;
  readonly beta: number;
  readonly bias: number;
}

/** Makes `CnncLocalResponseNormalization` known: x / (bias + alpha · Σ x²)^beta over `radius` channels on both sides. */
export function registerLocalResponseNormalization(tf: TensorFlow): void {
  class LocalResponseNormalization extends tf.layers.Layer {
    static readonly className = 'CnncLocalResponseNormalization';
    readonly #args: ResponseArgs;

    constructor(args: ResponseArgs) {
      super({ ...args });
      this.#args = args;
    }

    override call(inputs: Inputs) {
      const { radius, bias, alpha, beta } = this.#args;
      return tf.tidy(() => tf.localResponseNormalization(images(inputs), radius, bias, alpha, beta));
    }

    override getConfig() {
      const { radius, alpha, beta, bias } = this.#args;
      return { ...super.getConfig(), radius, alpha, beta, bias };
    }
  }
  tf.serialization.registerClass(LocalResponseNormalization);
}
