import { getKernel, registerKernel, unregisterKernel, type KernelConfig } from '@tensorflow/tfjs-core';
import { avgPoolGrad } from './avg-pool-grad.js';
import { conv2dBackpropFilter } from './conv2d-backprop-filter.js';
import { conv2dBackpropInput } from './conv2d-backprop-input.js';
import { depthwiseBackpropFilter } from './depthwise-backprop-filter.js';
import { depthwiseBackpropInput } from './depthwise-backprop-input.js';
import { maxPoolGrad } from './max-pool-grad.js';
import { tanh } from './tanh.js';
import { unsortedSegmentSum } from './unsorted-segment-sum.js';

/** A kernel of cnnc's own, and why TensorFlow.js' WebAssembly backend isn't used for it. */
export interface OwnKernel {
  readonly config: KernelConfig;
  readonly because: 'absent' | 'wrong' | 'slow';
}

/** The kernels that cnnc adds to the WebAssembly backend or puts in the place of its own. */
export const ownKernels: readonly OwnKernel[] = [
  { config: avgPoolGrad, because: 'slow' },
  { config: conv2dBackpropFilter, because: 'absent' },
  { config: conv2dBackpropInput, because: 'slow' },
  { config: depthwiseBackpropFilter, because: 'absent' },
  { config: depthwiseBackpropInput, because: 'absent' },
  { config: maxPoolGrad, because: 'wrong' },
  { config: tanh, because: 'slow' },
  { config: unsortedSegmentSum, because: 'absent' },
];

/** Makes the WebAssembly backend use cnnc's kernels; once is enough, twice does no harm. */
export function installKernels(): void {
  for (const { config } of ownKernels) {
    const present = registeredFor(config);
    if (present === config) continue;
    if (present !== undefined) unregisterKernel(config.kernelName, config.backendName);
    registerKernel(config);
  }
}

function registeredFor({ kernelName, backendName }: KernelConfig): KernelConfig | undefined {
  return getKernel(kernelName, backendName);
}
