import { conv2d, fill, type Tensor4D } from '@tensorflow/tfjs-core';

/** Rows and columns, and channels in and out, of the convolution that is timed: 64 K values, 9 M multiply-accumulates. */
const [size, channels] = [32, 32];
const multiplyAccumulates = size * size * 3 * 3 * channels * channels;

/**
 * Times a 3x3 convolution on the engine that is open, over and over for about a second, and gives 10^9 operations a second,
 * a multiply-accumulate being two. The first run, which prepares the engine, is not counted.
 */
export function probeEngine(milliseconds = 1000): number {
  const image: Tensor4D = fill([1, size, size, channels], 0.5);
  const kernel: Tensor4D = fill([3, 3, channels, channels], 0.25);
  const once = (): void => {
    const result = conv2d(image, kernel, 1, 'same');
    result.dataSync();
    result.dispose();
  };
  try {
    once();
    const began = performance.now();
    let runs = 0;
    do {
      once();
      runs += 1;
    } while (performance.now() - began < milliseconds);
    return (2 * multiplyAccumulates * runs) / (performance.now() - began) / 1e6;
  } finally {
    image.dispose();
    kernel.dispose();
  }
}
