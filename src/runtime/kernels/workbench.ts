import {
  getKernel,
  type Attribute,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { simdOf } from './simd-of.js';
import type { Simd } from './simd/simd.js';

/** The four sizes of a batch of images or of a kernel. */
export type Shape4 = [number, number, number, number];

/** What a kernel of ours computes with: memory of the WebAssembly backend and the kernels that it has. */
export interface Workbench {
  /** Room for a float32 tensor, whose values are whatever lay there. */
  allocate(shape: number[]): TensorInfo;
  /** Runs another kernel of the backend. */
  run(
    kernelName: string,
    inputs: NamedTensorInfoMap,
    attributes: Readonly<Record<string, Attribute>>,
  ): TensorInfo;
  /** The values of a tensor where they lie. The view ends with the next `allocate` or `run`, which may move the memory. */
  floats(tensor: TensorInfo): Float32Array;
  /** The values of an int32 tensor where they lie. */
  integers(tensor: TensorInfo): Int32Array;
  /** Where a tensor begins in the memory that `simd` works on. */
  address(tensor: TensorInfo): number;
  readonly simd: Simd;
}

/**
 * Declares a kernel for the WebAssembly backend that is made of the backend's own kernels and of loops over its memory.
 * What is allocated on the way is freed at the end, also after an error; the result stays.
 */
// What a kernel takes is stated where it is declared; the engine's own types don't tell.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function wasmKernel<Inputs, Attributes>(
  kernelName: string,
  compute: (bench: Workbench, inputs: Inputs, attributes: Attributes) => TensorInfo,
): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc({ inputs, attrs = {}, backend }) {
      if (!isWasm(backend)) throw new Error(`${kernelName} was called on another backend than wasm`);
      const made: TensorInfo[] = [];
      const bench = benchOn(backend, made);
      let result: TensorInfo | undefined;
      try {
        // The engine hands over what the kernel's contract in tfjs-core says; its types don't tell.
        // eslint-disable-next-line @typescript-eslint/consistent-type-assertions
        result = compute(bench, inputs as Inputs, attrs as Attributes);
        return result;
      } finally {
        // A kernel may give its input's own data once more; of the result exactly one reference stays.
        const kept = made.findIndex(({ dataId }) => dataId === result?.dataId);
        made.forEach(({ dataId }, place) => place !== kept && backend.disposeData(dataId));
      }
    },
  };
}

/** The same values seen with another shape. */
export function viewAs(tensor: TensorInfo, shape: number[]): TensorInfo {
  return { dataId: tensor.dataId, shape, dtype: tensor.dtype };
}

/** The sizes of a tensor of rank four. */
export function shapeOf({ shape }: TensorInfo): Shape4 {
  const [a, b, c, d] = shape;
  if (a === undefined || b === undefined || c === undefined || d === undefined || shape.length !== 4) {
    throw new Error(`rank 4 expected, not ${String(shape.length)}`);
  }
  return [a, b, c, d];
}

function benchOn(backend: BackendWasm, made: TensorInfo[]): Workbench {
  const note = (tensor: TensorInfo): TensorInfo => {
    made.push(tensor);
    return tensor;
  };
  return {
    allocate: (shape) => note(backend.makeOutput(shape, 'float32')),
    run(kernelName, inputs, attributes) {
      const attrs: NamedAttrMap = { ...attributes };
      const config = getKernel(kernelName, 'wasm');
      const outputs = config.kernelFunc({ inputs, attrs, backend });
      if (Array.isArray(outputs)) throw new Error(`${kernelName} gives several tensors`);
      return note(outputs);
    },
    floats(tensor) {
      const values = backend.typedArrayFromHeap(tensor);
      if (values instanceof Float32Array) return values;
      throw new Error(`float32 expected, not ${tensor.dtype}`);
    },
    address: ({ dataId }) => backend.getMemoryOffset(dataId),
    simd: simdOf(backend),
    integers(tensor) {
      const values = backend.typedArrayFromHeap(tensor);
      if (values instanceof Int32Array) return values;
      throw new Error(`int32 expected, not ${tensor.dtype}`);
    },
  };
}

function isWasm(backend: object): backend is BackendWasm {
  return 'typedArrayFromHeap' in backend && 'makeOutput' in backend && 'disposeData' in backend;
}
