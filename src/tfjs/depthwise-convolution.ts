import type { LayerVariable } from '@tensorflow/tfjs-layers';
import {
  images,
  ofRank4,
  onlySizes,
  type Inputs,
  type LayerArgs,
  type Sizes,
  type TensorFlow,
} from './tensorflow.js';

/** The arguments of a depthwise convolution whose kernels are spread apart; it moves cell by cell, without padding. */
interface DepthwiseArgs extends LayerArgs {
  readonly kernelSize: [number, number];
  readonly dilationRate: [number, number];
  readonly depthMultiplier: number;
  readonly useBias: boolean;
  readonly depthwiseRegularizer?: { readonly config: { readonly l1: number; readonly l2: number } };
}

/** Makes `CnncDepthwiseConv2D` known: tfjs-layers' own overlooks the dilation. */
export function registerDepthwiseConvolution(tf: TensorFlow): void {
  class DepthwiseConv2D extends tf.layers.Layer {
    static readonly className = 'CnncDepthwiseConv2D';
    readonly #args: DepthwiseArgs;
    #kernel: LayerVariable | undefined;
    #bias: LayerVariable | undefined;

    constructor(args: DepthwiseArgs) {
      super({ ...args });
      this.#args = args;
    }

    override build(sizes: Sizes | Sizes[]) {
      const { kernelSize, depthMultiplier, useBias, depthwiseRegularizer } = this.#args;
      const channels = onlySizes(sizes).at(-1) ?? 1;
      const { glorotUniform, zeros } = tf.initializers;
      const penalty = depthwiseRegularizer && tf.regularizers.l1l2(depthwiseRegularizer.config);
      const shape = [...kernelSize, channels, depthMultiplier];
      this.#kernel = this.addWeight('depthwise_kernel', shape, 'float32', glorotUniform({}), penalty);
      if (useBias) this.#bias = this.addWeight('bias', [channels * depthMultiplier], 'float32', zeros());
      super.build(sizes);
    }

    override computeOutputShape(sizes: Sizes | Sizes[]) {
      const { kernelSize, dilationRate, depthMultiplier } = this.#args;
      return onlySizes(sizes).map((size, place) => {
        if (place === 0 || size === null) return size;
        if (place === 3) return size * depthMultiplier;
        const direction = place === 1 ? 0 : 1;
        return size - (kernelSize[direction] - 1) * dilationRate[direction];
      });
    }

    override call(inputs: Inputs) {
      const kernel = this.#kernel;
      if (kernel === undefined) throw new Error('called before it was built');
      const { dilationRate } = this.#args;
      return tf.tidy(() => {
        const x = images(inputs);
        const [, height, width] = x.shape;
        // Dealt out into images of every n-th cell: a convolution with a dilation has no gradient.
        const spare = [spareCells(height, dilationRate[0]), spareCells(width, dilationRate[1])];
        const dealt = tf.spaceToBatchND(x, dilationRate, spare);
        const weights = ofRank4(kernel.read());
        const convolved = tf.depthwiseConv2d(ofRank4(dealt), weights, 1, 'valid');
        const joined = tf.batchToSpaceND(convolved, dilationRate, spare);
        return this.#bias === undefined ? joined : tf.add(joined, this.#bias.read());
      });
    }

    override getConfig() {
      return { ...super.getConfig(), ...this.#args };
    }
  }
  tf.serialization.registerClass(DepthwiseConv2D);
}

/** The cells that are missing behind to a multiple. */
function spareCells(size: number, step: number): [number, number] {
  return [0, Math.ceil(size / step) * step - size];
}
