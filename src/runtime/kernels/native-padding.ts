import {
  AvgPool,
  Conv2DBackpropFilter,
  Conv2DBackpropInput,
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
  div,
  getKernel,
  MaxPool,
  MaxPoolGrad,
  ones,
  pad,
  registerKernel,
  slice,
  tidy,
  unregisterKernel,
  type KernelConfig,
  type KernelFunc,
  type NamedTensorInfoMap,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

/** Teaches kernels of tfjs-node padding that is written in cells; once is enough, twice does no harm. */
export function installNativePadding(): void {
  for (const [kernelName, padded] of paddedKernels) {
    const own = getKernel(kernelName, backendName);
    if (installed.has(own)) continue;
    const config = { kernelName, backendName, kernelFunc: withPadding(own.kernelFunc, padded) };
    installed.add(config);
    unregisterKernel(kernelName, backendName);
    registerKernel(config);
  }
}

const backendName = 'tensorflow';
const installed = new WeakSet<KernelConfig>();

/** A call of a kernel with padding in cells, to be made of calls without. */
interface PaddedCall {
  readonly inputs: Inputs;
  /** The inputs, with the padding around the images that one of them holds. */
  readonly grown: (images: string, filler: number) => Inputs;
  /** An input that is 1 on the cells of an image and 0 on those of the padding: `[1, height, width, 1]`. */
  readonly cells: () => Inputs;
  /** Takes the padding away again. */
  readonly cut: (images: Tensor) => Tensor;
  /** Runs tfjs-node's own kernel, which adds no padding now. */
  readonly run: (inputs: Inputs) => Tensor;
}

type Inputs = Readonly<Record<string, Tensor>>;
type Padded = (call: PaddedCall) => Tensor;

/** What every value beats: padding never is the largest. */
const lowest = Number.NEGATIVE_INFINITY;

const byKernel: Padded = ({ grown, run }) => run(grown('x', 0));
const byInput: Padded = ({ inputs, cut, run }) => cut(run(inputs));

/** The kernels that know no other padding than `valid` and `same`. */
const paddedKernels: readonly (readonly [string, Padded])[] = [
  [MaxPool, ({ grown, run }) => run(grown('x', lowest))],
  [MaxPoolGrad, ({ grown, cut, run }) => cut(run(grown('input', lowest)))],
  [AvgPool, ({ grown, cells, run }) => div(run(grown('x', 0)), run(cells()))],
  [Conv2DBackpropFilter, byKernel],
  [Conv2DBackpropInput, byInput],
  [DepthwiseConv2dNativeBackpropFilter, byKernel],
  [DepthwiseConv2dNativeBackpropInput, byInput],
];

/** Leaves padding by a word, or of no cells, to the kernel itself. */
function withPadding(own: KernelFunc, padded: Padded): KernelFunc {
  return (call) => {
    const { attrs = {}, backend } = call;
    const { pad: margins, inputShape } = attrs;
    if (!isMargins(margins) || margins.every((sides) => sides.every((cells) => cells === 0)))
      return own(call);
    const inputs = tensorsIn(call.inputs);
    const shape = isShape(inputShape) ? inputShape : (inputs['x'] ?? inputs['input'])?.shape;
    if (shape === undefined) throw new Error('a kernel without images');
    const grownShape = shape.map((size, axis) => size + sum(margins[axis] ?? []));
    const plain = { ...attrs, pad: 'valid', ...(isShape(inputShape) ? { inputShape: grownShape } : {}) };
    return tidy(() =>
      padded({
        inputs,
        grown(name, filler) {
          const images = inputs[name];
          return images === undefined ? inputs : { ...inputs, [name]: pad(images, margins, filler) };
        },
        cells: () => ({ x: pad(ones([1, ...shape.slice(1, 3), 1]), margins) }),
        cut: (images) =>
          slice(
            images,
            margins.map(([before]) => before),
            shape,
          ),
        run: (given) => tensorOf(own({ inputs: given, attrs: plain, backend })),
      }),
    );
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function isMargins(value: unknown): value is [number, number][] {
  return Array.isArray(value) && value.every((sides) => isShape(sides) && sides.length === 2);
}

function isShape(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => typeof size === 'number');
}

function tensorsIn(inputs: NamedTensorInfoMap): Inputs {
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([name, input]) => (input === undefined ? [] : [[name, tensorOf(input)]])),
  );
}

/** The engine hands over whole tensors, and tfjs-node's kernels give them. */
function tensorOf(info: TensorInfo | TensorInfo[]): Tensor {
  if (isTensor(info)) return info;
  throw new Error('a tensor expected');
}

function isTensor(info: object): info is Tensor {
  return 'rankType' in info;
}
