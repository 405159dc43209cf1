import type { NodeOf } from '../../../compiler/ir/graph.js';
import type { WeightArgs } from '../../../compiler/ops/convolution.js';
import { cutBefore } from '../../../compiler/ops/deconv.js';
import type { Shape } from '../../../compiler/ops/op.js';
import type { Cells } from '../../../compiler/ops/types/cells.js';
import type { Pair } from '../../../compiler/ops/types/pair.js';
import { isComplaint } from '../../../compiler/ops/complaint.js';
import { imageAt } from '../../../compiler/ops/sizes.js';
import { valid } from '../../../compiler/ops/types/padding.js';
import { slide, type Sliding } from '../../../compiler/ops/window.js';
import { toNumber } from '../../../compiler/values/exact.js';
import { only, present, type Call, type Lowering } from '../call.js';
import type { Config, LayerWeight, Tensor } from '../layer.js';
import { initializerConfig, regularizerConfig } from '../starts.js';
import { customNote } from './custom.js';
import { everyNth } from './every-nth.js';
import { cropped, grown, knownCells, padded, paddedFor } from './margins.js';
import { slice } from './slice.js';

/** Convolution; in groups it is one convolution for each group, of a stretch of the channels. */
export const conv: Lowering<'conv'> = (node, call) => {
  const { args } = node;
  const { groups, filters } = args;
  const x = only(call);
  const plain = { className: 'Conv2D', config: kernelConfig(args, filters), window: args };
  if (groups === 1) {
    return slideOver(node, call, x, {
      ...plain,
      weights: present(call.weight('kernel'), call.weight('bias')),
    });
  }
  const inputs = toNumber(x.shape.at(-1) ?? 1) / groups;
  if (inputs === 1) return asDepthwise(node, call);
  call.note(`${String(groups)} convolutions side by side`);
  const parts: Tensor[] = [];
  for (let group = 0; group < groups; group += 1) {
    const part = `group${String(group + 1)}`;
    const stretch = slice(call, `${part}.channels`, x, {
      place: 2,
      from: group * inputs,
      to: (group + 1) * inputs,
    });
    const own = {
      ...plain,
      part,
      config: kernelConfig(args, filters / groups),
      weights: groupWeights(node, call, group),
    };
    parts.push(slideOver(node, call, stretch, own));
  }
  return call.add({ className: 'Concatenate', config: { axis: 3 }, shape: node.shape }, ...parts);
};

/** Convolution of each channel by itself; a spread kernel is a layer of ours, for tfjs-layers overlooks the dilation. */
export const dwconv: Lowering<'dwconv'> = (node, call) => {
  const { args } = node;
  return depthwise(node, call, args, present(call.weight('kernel', 'depthwise_kernel'), call.weight('bias')));
};

/** Transposed convolution; counted cells are cut off the whole result. */
export const deconv: Lowering<'deconv'> = (node, call) => {
  const { args, shape } = node;
  const { kernel, stride, pad, output_pad: more } = args;
  const weights = present(call.weight('kernel'), call.weight('bias'));
  const config = { ...kernelConfig(args, args.filters), kernel_size: kernel, strides: stride };
  const x = only(call);
  if (pad.kind !== 'explicit') {
    return call.add(
      { className: 'Conv2DTranspose', config: { ...config, padding: pad.kind }, weights, shape },
      x,
    );
  }
  // What `valid` gives beyond the kernels counts too; where cells are missing, a row of zeros makes the result a stride longer.
  const beyond = (direction: 0 | 1, behind: number): number =>
    Math.max(stride[direction] - kernel[direction], 0) + behind - more[direction];
  const spare: Pair = [beyond(0, pad.bottom), beyond(1, pad.right)];
  const added: Cells = { top: 0, bottom: spare[0] < 0 ? 1 : 0, left: 0, right: spare[1] < 0 ? 1 : 0 };
  const longer = padded(call, 'pad', x, added);
  const [top, left] = cutBefore(args);
  const cut: Cells = {
    top,
    bottom: spare[0] + added.bottom * stride[0],
    left,
    right: spare[1] + added.right * stride[1],
  };
  const whole = call.add(
    {
      className: 'Conv2DTranspose',
      config: { ...config, padding: 'valid' },
      weights,
      shape: grown(shape, cut),
    },
    longer,
  );
  return cropped(call, 'crop', whole, cut);
};

/** One sliding layer. */
interface SlidingLayer {
  readonly className: string;
  readonly part?: string;
  readonly config: Config;
  readonly weights: readonly LayerWeight[];
  readonly window: Sliding;
}

/** Slides a kernel, with what tfjs-layers lacks around it: counted cells before it, strides of a spread kernel behind it. */
function slideOver(
  node: Pick<NodeOf<'conv' | 'dwconv'>, 'shape'>,
  call: Call,
  x: Tensor,
  { className, part, config, weights, window }: SlidingLayer,
): Tensor {
  const { kernel, stride, dilation, pad } = window;
  const isSpread = dilation.some((step) => step > 1);
  const isStrided = stride.some((step) => step > 1);
  const isCustom = className.startsWith('Cnnc');
  if (isSpread && !isCustom) call.warnOfGradient('there is no gradient of a convolution with a dilation');
  const named = { className, weights, ...(part === undefined ? {} : { part }) };
  const own = { ...config, kernel_size: kernel, ...(isSpread ? { dilation_rate: dilation } : {}) };
  const [rows = 1, columns = 1, channels = 1] = node.shape;
  const shape: Shape = [
    rows,
    columns,
    part === undefined ? channels : (weights[0]?.shape.at(-1) ?? channels),
  ];
  const before = part === undefined ? '' : `${part}.`;
  const cells = knownCells(window, x.shape);
  const isCounted = pad.kind === 'explicit' || leavesCells(window);
  if (!isCustom && !isCounted && !(isSpread && isStrided)) {
    const whole = { ...own, strides: stride, padding: pad.kind };
    return call.add({ ...named, config: whole, shape }, x);
  }
  const wide =
    cells === undefined ? paddedFor(call, `${before}pad`, x, window) : padded(call, `${before}pad`, x, cells);
  if (!isSpread || !isStrided) {
    return call.add({ ...named, config: { ...own, strides: stride, padding: 'valid' }, shape }, wide);
  }
  call.note('a layer without stride, of which every n-th row and column is kept');
  const everywhere = { ...own, strides: [1, 1], padding: 'valid' };
  const full = call.add(
    { ...named, config: everywhere, shape: withoutStride(wide.shape, window, shape) },
    wide,
  );
  return everyNth(call, `${before}every`, full, { stride, shape });
}

/** Whether `same` may leave cells over, where strides are longer than the kernel: wasm then begins in the wrong place. */
function leavesCells({ kernel, stride, dilation, pad }: Sliding): boolean {
  return (
    pad.kind === 'same' &&
    ([0, 1] as const).some((direction) => {
      return (kernel[direction] - 1) * dilation[direction] + 1 < stride[direction];
    })
  );
}

function withoutStride(wide: Shape, { kernel, dilation }: Sliding, [, , channels = 1]: Shape): Shape {
  const steps = slide('conv', { kernel, dilation, stride: [1, 1], pad: valid }, imageAt([wide]));
  if (isComplaint(steps)) throw new Error('a window that fits with its stride fits without');
  return [...steps, channels];
}

/** Each group is one channel: the kernel's values lie as those of a depthwise convolution do. */
function asDepthwise(node: NodeOf<'conv'>, call: Call): Tensor {
  const { args } = node;
  const { kernel, groups, filters } = args;
  const multiplier = filters / groups;
  const shape = [...kernel, groups, multiplier];
  const weights = present(call.weight('kernel', 'depthwise_kernel', shape), call.weight('bias'));
  return depthwise(node, call, { ...args, multiplier }, weights);
}

function depthwise(
  node: NodeOf<'conv' | 'dwconv'>,
  call: Call,
  args: WeightArgs & Sliding & { readonly multiplier: number },
  weights: readonly LayerWeight[],
): Tensor {
  const isSpread = args.dilation.some((step) => step > 1);
  const className = isSpread ? 'CnncDepthwiseConv2D' : 'DepthwiseConv2D';
  if (isSpread) call.note(customNote('CnncDepthwiseConv2D'));
  const config = {
    depth_multiplier: args.multiplier,
    use_bias: args.bias,
    depthwise_initializer: initializerConfig(args.init),
    bias_initializer: initializerConfig(args.bias_init),
    ...regularizerConfig('depthwise_regularizer', args),
  };
  return slideOver(node, call, only(call), { className, config, weights, window: args });
}

function kernelConfig(args: WeightArgs, filters: number): Config {
  return {
    filters,
    use_bias: args.bias,
    kernel_initializer: initializerConfig(args.init),
    bias_initializer: initializerConfig(args.bias_init),
    ...regularizerConfig('kernel_regularizer', args),
  };
}

/** The filters of one group: every row of the kernel holds those of all groups. */
function groupWeights({ args }: NodeOf<'conv'>, call: Call, group: number): readonly LayerWeight[] {
  const count = args.filters / args.groups;
  const cut = (weight: LayerWeight | undefined): LayerWeight | undefined =>
    weight && {
      name: weight.name,
      shape: [...weight.shape.slice(0, -1), count],
      valuesFrom: (weights) =>
        weight.valuesFrom(weights).filter((_, place) => Math.floor((place % args.filters) / count) === group),
    };
  return present(cut(call.weight('kernel')), cut(call.weight('bias')));
}
