import { registerKernel, unregisterKernel, type KernelConfig, type TensorInfo } from '@tensorflow/tfjs-core';
import { open } from './engines.js';

/**
 * Opens the cpu engine with kernels that take the memory of their results and compute nothing, for tests that look at
 * memory alone; the few that aren't worth it compute.
 */
export async function openHollow(): Promise<void> {
  await open('cpu');
  for (const [kernelName, shapeOf] of Object.entries(shapes)) {
    unregisterKernel(kernelName, 'cpu');
    registerKernel({ kernelName, backendName: 'cpu', kernelFunc: hollow(shapeOf) });
  }
}

type Call = Parameters<KernelConfig['kernelFunc']>[0];
type ShapeOf = (call: Call) => readonly number[];

const shapes: Readonly<Record<string, ShapeOf>> = {
  Conv2D: convolved(false),
  FusedConv2D: convolved(false),
  DepthwiseConv2dNative: convolved(true),
  FusedDepthwiseConv2D: convolved(true),
  Conv2DBackpropInput: ({ attrs }) => numbersIn(attrs?.['inputShape']),
  DepthwiseConv2dNativeBackpropInput: ({ attrs }) => numbersIn(attrs?.['inputShape']),
  Conv2DBackpropFilter: ({ attrs }) => numbersIn(attrs?.['filterShape']),
  DepthwiseConv2dNativeBackpropFilter: ({ attrs }) => numbersIn(attrs?.['filterShape']),
  BatchMatMul: multiplied,
  Transpose: transposed,
  _FusedMatMul: multiplied,
  MaxPool: pooled,
  AvgPool: pooled,
  MaxPoolGrad: likeInput('input'),
  AvgPoolGrad: likeInput('input'),
  LRN: likeInput('x'),
  LRNGrad: likeInput('x'),
  Add: joined,
  Sub: joined,
  Multiply: joined,
  Maximum: joined,
  Square: likeInput('x'),
  Relu: likeInput('x'),
  Step: likeInput('x'),
  Slice: ({ inputs, attrs }) => {
    const begin = numbersIn(attrs?.['begin']);
    const { shape = [] } = inputs['x'] ?? {};
    return numbersIn(attrs?.['size']).map((size, place) =>
      size === -1 ? (shape[place] ?? 0) - (begin[place] ?? 0) : size,
    );
  },
  Concat: ({ inputs, attrs }) => {
    const parts = Object.values(inputs).map((part) => part?.shape ?? []);
    const along = Number(attrs?.['axis']);
    const total = parts.reduce((sum, part) => sum + (part[along] ?? 0), 0);
    return (parts[0] ?? []).map((size, place) => (place === along ? total : size));
  },
};

function hollow(shapeOf: ShapeOf): KernelConfig['kernelFunc'] {
  return (call) => {
    const shape = [...shapeOf(call)];
    const size = shape.reduce((product, each) => product * each, 1);
    const { backend } = call;
    if (!hasMaker(backend)) throw new Error('an engine that makes no tensors');
    return backend.makeTensorInfo(shape, 'float32', new Float32Array(size));
  };
}

interface Maker {
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorInfo;
}

function hasMaker(backend: unknown): backend is Maker {
  return typeof backend === 'object' && backend !== null && 'makeTensorInfo' in backend;
}

function convolved(isDepthwise: boolean): ShapeOf {
  return ({ inputs, attrs }) => {
    const [rows = 1, columns = 1] = numbersIn(attrs?.['strides']);
    const [down = 1, across = 1] = numbersIn(attrs?.['dilations']);
    const { height, width } = sidesOf(attrs?.['pad']);
    const [batch = 0, inRows = 0, inColumns = 0] = inputs['x']?.shape ?? [];
    const [kernelRows = 0, kernelColumns = 0, channels = 0, filters = 0] = inputs['filter']?.shape ?? [];
    const steps = (size: number, kernel: number, stride: number): number =>
      Math.floor((size - kernel) / stride) + 1;
    return [
      batch,
      steps(inRows + height, (kernelRows - 1) * down + 1, rows),
      steps(inColumns + width, (kernelColumns - 1) * across + 1, columns),
      isDepthwise ? channels * filters : filters,
    ];
  };
}

function transposed({ inputs, attrs }: Call): readonly number[] {
  const { shape = [] } = inputs['x'] ?? {};
  return numbersIn(attrs?.['perm']).map((place) => shape[place] ?? 0);
}

function pooled({ inputs, attrs }: Call): readonly number[] {
  const [rows = 1, columns = 1] = numbersIn(attrs?.['filterSize']);
  const [down = 1, across = 1] = numbersIn(attrs?.['strides']);
  const { height, width } = attrs?.['pad'] === 'valid' ? { height: 0, width: 0 } : sidesOf(attrs?.['pad']);
  const [batch = 0, inRows = 0, inColumns = 0, channels = 0] = inputs['x']?.shape ?? [];
  return [
    batch,
    Math.floor((inRows + height - rows) / down) + 1,
    Math.floor((inColumns + width - columns) / across) + 1,
    channels,
  ];
}

function likeInput(name: string): ShapeOf {
  return ({ inputs }) => inputs[name]?.shape ?? [];
}

/** Two tensors value by value, the smaller one repeated. */
function joined({ inputs }: Call): readonly number[] {
  const [a, b] = [inputs['a']?.shape ?? [], inputs['b']?.shape ?? []];
  const [longer, shorter] = a.length < b.length ? [b, a] : [a, b];
  const ones = longer.length - shorter.length;
  return longer.map((size, place) => Math.max(size, shorter[place - ones] ?? 1));
}

function multiplied({ inputs }: Call): readonly number[] {
  const [batch = 0, rows = 0] = inputs['a']?.shape ?? [];
  return [batch, rows, inputs['b']?.shape[2] ?? 0];
}

/** How much padding makes an image taller and wider. */
function sidesOf(pad: unknown): { readonly height: number; readonly width: number } {
  if (!Array.isArray(pad)) throw new Error('the executor gives padding in cells');
  const [, height = 0, width = 0] = pad.map((side) => numbersIn(side).reduce((sum, cells) => sum + cells, 0));
  return { height, width };
}

function numbersIn(value: unknown): readonly number[] {
  if (!Array.isArray(value)) throw new Error('an attribute that is no list');
  return value.map(Number);
}
