import { UnsortedSegmentSum, type TensorInfo, type UnsortedSegmentSumAttrs } from '@tensorflow/tfjs-core';
import { wasmKernel } from './workbench.js';

interface Inputs {
  readonly x: TensorInfo;
  readonly segmentIds: TensorInfo;
}

/** Sums rows by their segment's number, the gradient of a gathering, which the backend lacks; rows of no segment are left out. */
export const unsortedSegmentSum = wasmKernel(
  UnsortedSegmentSum,
  (bench, { x, segmentIds }: Inputs, { numSegments }: UnsortedSegmentSumAttrs) => {
    const rest = x.shape.slice(segmentIds.shape.length);
    const size = rest.reduce((product, length) => product * length, 1);
    const result = bench.allocate([numSegments, ...rest]);
    const from = bench.floats(x);
    const segments = bench.integers(segmentIds);
    const to = bench.floats(result);
    to.fill(0);
    segments.forEach((segment, row) => {
      if (segment < 0 || segment >= numSegments) return;
      for (let place = 0; place < size; place += 1) {
        to[segment * size + place] = (to[segment * size + place] ?? 0) + (from[row * size + place] ?? 0);
      }
    });
    return result;
  },
);
