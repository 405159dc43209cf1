import { planPool, poolConfig, pooledSizes, type PoolArgs, type PoolPlan } from './pool-window.js';
import { images, onlySizes, type Inputs, type Sizes, type TensorFlow } from './tensorflow.js';

/** The arguments of an average. */
interface AverageArgs extends PoolArgs {
  /** Whether cells of the padding count, as zeros. */
  readonly countPadding: boolean;
}

/** Makes `CnncAveragePooling2D` known: the average of the cells that count in each window. */
export function registerAveragePooling(tf: TensorFlow): void {
  class AveragePooling2D extends tf.layers.Layer {
    static readonly className = 'CnncAveragePooling2D';
    readonly #args: AverageArgs;

    constructor(args: AverageArgs) {
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
        const plan = planPool(this.#args, x.shape[1], x.shape[2]);
        // The engine's own way of leaving padding out has a wrong gradient: whole windows, then what they counted too much.
        const averages = tf.avgPool(tf.pad(x, plan.reach), poolSize, strides, 'valid');
        const [rows, columns] = plan.output;
        const shares = sharesOf(this.#args, plan, x.shape[1], x.shape[2]);
        return tf.mul(averages, tf.tensor(shares, [1, rows, columns, 1]));
      });
    }

    override getConfig() {
      return { ...super.getConfig(), ...poolConfig(this.#args), countPadding: this.#args.countPadding };
    }
  }
  tf.serialization.registerClass(AveragePooling2D);
}

/** How much larger the average over the cells that count is than that over the whole window. */
function sharesOf(
  { poolSize, strides, cells, countPadding }: AverageArgs,
  { output }: PoolPlan,
  height: number,
  width: number,
): number[] {
  const [top, bottom, left, right] = cells.map((count) => (countPadding ? count : 0));
  const line = (direction: 0 | 1, start: number, first: number, end: number): readonly number[] =>
    Array.from({ length: output[direction] }, (_, place) => {
      const from = place * strides[direction] - start;
      return Math.min(from + poolSize[direction], end) - Math.max(from, first);
    });
  const rows = line(0, cells[0], -(top ?? 0), height + (bottom ?? 0));
  const columns = line(1, cells[2], -(left ?? 0), width + (right ?? 0));
  const size = poolSize[0] * poolSize[1];
  return rows.flatMap((inRow) => columns.map((inColumn) => size / (inRow * inColumn)));
}
