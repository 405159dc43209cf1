import type { Shape } from '../../../compiler/ops/op.js';
import type { Pair } from '../../../compiler/ops/types/pair.js';
import { toNumber } from '../../../compiler/values/exact.js';
import { constantWeight, type Call } from '../call.js';
import type { Tensor } from '../layer.js';

/** The first of every n rows and columns. No engine pools windows of one cell alike, but all convolve them: by 1, which never changes. */
export function everyNth(
  call: Call,
  part: string | undefined,
  x: Tensor,
  { stride, shape }: { readonly stride: Pair; readonly shape: Shape },
): Tensor {
  const channels = toNumber(shape.at(-1) ?? 1);
  const ones = constantWeight('depthwise_kernel', [1, 1, channels, 1], Array<number>(channels).fill(1));
  const config = {
    kernel_size: [1, 1],
    strides: stride,
    padding: 'valid',
    use_bias: false,
    trainable: false,
  };
  const layer = { className: 'DepthwiseConv2D', config, weights: [ones], shape };
  return call.add(part === undefined ? layer : { ...layer, part }, x);
}
