import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { only, onlySizes, type Inputs, type LayerArgs, type Sizes, type TensorFlow } from './tensorflow.js';

/** The arguments of group normalisation. */
interface GroupArgs extends LayerArgs {
  readonly groups: number;
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
}

/** Makes `CnncGroupNormalization` known: mean 0 and variance 1 for each group of channels of each image (Wu & He 2018). */
export function registerGroupNormalization(tf: TensorFlow): void {
  class GroupNormalization extends tf.layers.Layer {
    static readonly className = 'CnncGroupNormalization';
    readonly #args: GroupArgs;
    #gamma: LayerVariable | undefined;
    #beta: LayerVariable | undefined;

    constructor(args: GroupArgs) {
      super({ ...args });
      this.#args = args;
    }

    override build(sizes: Sizes | Sizes[]) {
      const channels = onlySizes(sizes).slice(-1);
      const { ones, zeros } = tf.initializers;
      if (this.#args.scale) this.#gamma = this.addWeight('gamma', channels, 'float32', ones());
      if (this.#args.center) this.#beta = this.addWeight('beta', channels, 'float32', zeros());
      super.build(sizes);
    }

    override call(inputs: Inputs) {
      const { groups, epsilon } = this.#args;
      return tf.tidy(() => {
        const x = only(inputs);
        const [batch = 1] = x.shape;
        const grouped = tf.reshape(x, [batch, -1, groups, (x.shape.at(-1) ?? 1) / groups]);
        const { mean, variance } = tf.moments(grouped, [1, 3], true);
        const values = tf.mul(tf.sub(grouped, mean), tf.rsqrt(tf.add(variance, epsilon)));
        const whole = tf.reshape(values, x.shape);
        const scaled = this.#gamma === undefined ? whole : tf.mul(whole, this.#gamma.read());
        return this.#beta === undefined ? scaled : tf.add(scaled, this.#beta.read());
      });
    }

    override getConfig() {
      const { groups, epsilon, center, scale } = this.#args;
      return { ...super.getConfig(), groups, epsilon, center, scale };
    }
  }
  tf.serialization.registerClass(GroupNormalization);
}
