import type { Exact } from '../values/exact.js';
import { isComplaint, type Complaint } from './complaint.js';
import { withinLimits } from './limits.js';
import type { ArgsOf, Params } from './params.js';
import type { Shape } from './shape.js';

export { isComplaint, type Complaint } from './complaint.js';
export type { Shape } from './shape.js';

/** How fresh weights are drawn; the fans are computed as Keras does, from the shape. */
export type Initializer =
  | 'zeros'
  | 'ones'
  | 'glorot_uniform'
  | 'glorot_normal'
  | 'he_normal'
  | 'he_uniform'
  | 'lecun_normal'
  | 'lecun_uniform'
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'normal'; readonly mean: number; readonly deviation: number };

/** One array of weights: convolution kernels lie `[height, width, in / groups, out]`, dense ones `[in, out]`. */
export interface WeightSpec {
  /** The last part of the weight's name: `kernel` of `residual3.conv1.kernel`. */
  readonly name: string;
  readonly shape: Shape;
  readonly initializer: Initializer;
  readonly trainable: boolean;
  readonly l1?: number;
  readonly l2?: number;
}

/**
 * A window that slides over height and width; all pairs are `[rows, columns]`. Output row i sees `kernel` input rows,
 * `dilation` apart, the first of which is ⌊i · stride / upsampling - padBefore⌋.
 */
export interface WindowSpec {
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** Cells added before the first row and column; negative where cells are taken away, fractions where a layer enlarges. */
  readonly padBefore: readonly [Exact, Exact];
  /** How many rows and columns one step of the window gives, where it gives more than one: the layer enlarges. */
  readonly upsampling?: readonly [number, number];
}

/** The chapters of the reference page. */
export type Category =
  | 'input'
  | 'convolution'
  | 'dense'
  | 'pooling'
  | 'normalisation'
  | 'activation'
  | 'regularisation'
  | 'shape'
  | 'join';

/** What the reference page says beyond the parameters. */
export interface OpDocumentation {
  /** One sentence: what the layer computes. */
  readonly summary: string;
  /** The output as a formula of the input, in plain text. */
  readonly formula: string;
  /** What is counted for one image: multiply-accumulates, then the operations beside them. */
  readonly cost: string;
  /** The layer as Keras and PyTorch spell it, or `none` and what stands for it. */
  readonly keras: string;
  readonly pytorch: string;
  /** Where the definition comes from: paper or specification, with its section. */
  readonly source: string;
  /** A line that uses the layer and the shape that arrives, for documents and as the smallest test. */
  readonly example: { readonly line: string; readonly input: readonly number[] };
}

/**
 * One primitive layer, whole: from this alone come name lookup, argument checks, shapes, weights, costs and the
 * reference page. `Args` are the checked arguments.
 */
export interface Op<Args> {
  readonly category: Category;
  readonly doc: OpDocumentation;
  /** How many tensors it reads; `max` is absent where there is no bound. */
  readonly arity: { readonly min: number; readonly max?: number };
  readonly params: Params;
  /** The parameters that may be given by position, in order. */
  readonly positional: readonly string[];
  /** True where an activation's name may stand among the arguments: the activation follows the layer. */
  readonly takesActivation: boolean;
  memory(args: Args, inputs: readonly Shape[]): Memory;
  /** True where the output is the input, so that no node is needed (`identity`). */
  readonly passesThrough: boolean;
  /** Fills in what depends on other arguments (a pool's stride is its window), or complains about two that contradict. */
  complete(args: Args): Args | Complaint;
  inferShape(args: Args, inputs: readonly Shape[]): Shape | Complaint;
  weights(args: Args, inputs: readonly Shape[]): readonly WeightSpec[];
  /** Multiply-accumulates for one image (figures.md: convolutions and dense layers only). */
  macs(args: Args, inputs: readonly Shape[], output: Shape): Exact;
  /** Arithmetic operations for one image that are no multiply-accumulates: biases, activations, norms, pools, sums. */
  elementwise(args: Args, inputs: readonly Shape[], output: Shape): Exact;
  /** The window that slides over the image, for the receptive field; absent where each output sees one place. */
  window(args: Args, inputs: readonly Shape[]): WindowSpec | 'everything' | undefined;
}

/** Where a layer's output lives: memory of its own, the input's overwritten, or the input's own bytes seen otherwise. */
type Memory = 'own' | 'in-place' | 'view';

/** Any layer, its arguments not looked into. */
export type AnyOp = Op<Args>;

/** Arguments of a layer whose kind is not known here. */
export type Args = Readonly<Record<string, unknown>>;

/** What a definition must say; the rest has the defaults of a layer without weights, costs and parameters of its own. */
type OpInput<P extends Params> = Pick<Op<ArgsOf<P>>, 'category' | 'doc' | 'inferShape'> &
  Partial<Omit<Op<ArgsOf<P>>, 'params' | 'positional'>> & {
    readonly params: P;
    readonly positional?: readonly (keyof P & string)[];
  };

/** Declares a layer; whatever its shape rule gives is held against the limits of all layers. */
export function defineOp<P extends Params>(definition: OpInput<P>): Op<ArgsOf<P>> {
  return {
    arity: { min: 1, max: 1 },
    positional: [],
    takesActivation: false,
    memory: () => 'own',
    passesThrough: false,
    complete: (args) => args,
    weights: () => [],
    macs: () => 0,
    elementwise: () => 0,
    window: () => undefined,
    ...definition,
    inferShape(args, inputs) {
      const shape = definition.inferShape(args, inputs);
      return isComplaint(shape) ? shape : withinLimits(shape);
    },
  };
}
