import type { NodeOf } from '../../../compiler/ir/graph.js';
import { cutBefore } from '../../../compiler/ops/deconv.js';
import { imageAt } from '../../../compiler/ops/sizes.js';
import type { Cells } from '../../../compiler/ops/types/cells.js';
import type { Pair } from '../../../compiler/ops/types/pair.js';
import type { Sliding } from '../../../compiler/ops/window.js';
import { add, multiply, subtract, toNumber, type Exact } from '../../../compiler/values/exact.js';
import { integer, integers, word, type Attributes } from '../attributes.js';
import { only, optionalWeight, type Arriving, type Call, type Lowering } from '../call.js';
import type { Tensor } from '../operation.js';
import { isNone, knownCells, paddedFor } from './margins.js';
import { calculate, everyNth, shapeTensor } from './sizes.js';

/** A convolution; in groups where the format has none, as one convolution for each. */
export const conv: Lowering<'conv'> = (node, call) => {
  const { args } = node;
  const x = only(call);
  const [rows = 1, columns = 1, inputs = 1, outputs = 1] = call.shapeOf('kernel') ?? [];
  if (args.groups === 1) {
    return slideOver(call, x, args, {
      op: 'Conv2D',
      filter: call.weight('kernel'),
      bias: optionalWeight(call, 'bias'),
    });
  }
  if (inputs > 1) return inGroups(node, call);
  // Each group is one channel: the kernel's values lie as those of a depthwise convolution do.
  const filter = call.weight('kernel', [rows, columns, args.groups, outputs / args.groups]);
  return slideOver(call, x, args, { op: depthwise, filter, bias: optionalWeight(call, 'bias') });
};

/** A convolution of each channel by itself. */
export const dwconv: Lowering<'dwconv'> = ({ args }, call) =>
  slideOver(call, only(call), args, {
    op: depthwise,
    filter: call.weight('kernel'),
    bias: optionalWeight(call, 'bias'),
  });

/** A transposed convolution: the gradient of the convolution that would lead from the output to here. */
export const deconv: Lowering<'deconv'> = ({ args, shape }, call) => {
  const x = only(call);
  const from = imageAt([x.shape]);
  const to = imageAt([shape]);
  const { kernel, stride } = args;
  const [top, left] = cutBefore(args);
  const cells = {
    top,
    left,
    bottom: cutBehind([from.height, to.height], [kernel[0], stride[0]], top),
    right: cutBehind([from.width, to.width], [kernel[1], stride[1]], left),
  };
  // The sizes of the output are so many times those of the input and some more, whatever is open.
  const more = [beyond(from.height, to.height, stride[0]), beyond(from.width, to.width, stride[1])];
  const times = calculate(call, 'Mul', shapeTensor(call, x), [1, ...stride, 0]);
  const sizes = calculate(call, 'AddV2', times, [0, ...more, args.filters]);
  const spread = call.add('Conv2DBackpropInput', [sizes, call.weight('kernel'), x], {
    strides: integers([1, ...stride, 1]),
    data_format: word('NHWC'),
    dilations: integers([1, 1, 1, 1]),
    ...explicit(cells),
  });
  return biased(call, spread, optionalWeight(call, 'bias'));
};

const depthwise = 'DepthwiseConv2dNative';

/** An operation that slides a kernel, and its weights. */
interface Kernel {
  readonly op: 'Conv2D' | typeof depthwise;
  readonly filter: Tensor;
  readonly bias: Tensor | undefined;
}

/** Slides a kernel; one that is spread and moves in steps moves one by one, and only every n-th result is kept. */
function slideOver(call: Call, x: Arriving, window: Sliding, kernel: Kernel): Tensor {
  const { stride, dilation } = window;
  const isBoth = dilation.some((step) => step > 1) && stride.some((step) => step > 1);
  const known = paddingOf(window, x, isBoth);
  const image = known === undefined ? paddedFor(call, x, window, x.shape) : x;
  const padding = known ?? { padding: word('VALID') };
  if (!isBoth) return slid(call, image, kernel, { ...geometry(stride, dilation), ...padding });
  call.note('an operation without stride, of which every n-th row and column is kept');
  return everyNth(call, slid(call, image, kernel, { ...geometry([1, 1], dilation), ...padding }), stride);
}

/**
 * Padding in cells, or TensorFlow's own where an open size decides it: that can't be had without the stride, and the
 * WebAssembly engine mistakes it where a kernel is shorter than its stride.
 */
function paddingOf(window: Sliding, x: Arriving, isApart: boolean): Attributes | undefined {
  const { kernel, stride } = window;
  // One cell needs no padding, whatever the size.
  if (window.pad.kind === 'same' && kernel[0] === 1 && kernel[1] === 1) return { padding: word('VALID') };
  const cells = knownCells(window, x.shape);
  if (cells !== undefined) return isNone(cells) ? { padding: word('VALID') } : explicit(cells);
  const isShorter = kernel[0] < stride[0] || kernel[1] < stride[1];
  return isApart || isShorter ? undefined : { padding: word('SAME') };
}

function slid(call: Call, x: Tensor, { op, filter, bias }: Kernel, attributes: Attributes): Tensor {
  return biased(call, call.add(op, [x, filter], attributes), bias);
}

function biased(call: Call, x: Tensor, bias: Tensor | undefined): Tensor {
  return bias === undefined ? x : call.add('BiasAdd', [x, bias], { data_format: word('NHWC') });
}

function geometry(stride: Pair, dilation: Pair): Attributes {
  return {
    strides: integers([1, ...stride, 1]),
    dilations: integers([1, ...dilation, 1]),
    data_format: word('NHWC'),
  };
}

function explicit({ top, bottom, left, right }: Cells): Attributes {
  return {
    padding: word('EXPLICIT'),
    explicit_paddings: integers([0, 0, top, bottom, left, right, 0, 0]),
  };
}

/** Splits the channels, convolves each part with its own filters, and lays the results side by side. */
function inGroups({ args }: NodeOf<'conv'>, call: Call): Tensor {
  const { groups } = args;
  const x = only(call);
  call.note(`${String(groups)} convolutions, one for each group, side by side`);
  const split = call.add('Split', [call.integers([3], []), x], { num_split: integer(groups) });
  const [height = 1, width = 1] = x.shape;
  const channels = call.shapeOf('kernel')?.[2] ?? 1;
  const parts: Tensor[] = [];
  for (let group = 0; group < groups; group += 1) {
    const part: Arriving = { ...split, result: group, shape: [height, width, channels] };
    const own = {
      filter: groupOf(call, 'kernel', group, groups),
      bias: optionalGroupOf(call, 'bias', group, groups),
    };
    parts.push(slideOver(call, part, args, { op: 'Conv2D', ...own }));
  }
  return call.add('ConcatV2', [...parts, call.integers([3], [])], { N: integer(groups) });
}

/** The filters of one group: every row of the kernel holds those of all groups. */
function groupOf(call: Call, name: string, group: number, groups: number): Tensor {
  const shape = call.shapeOf(name) ?? [];
  const filters = shape.at(-1) ?? 1;
  const count = filters / groups;
  return call.derived({
    name: `${name}.${String(group + 1)}`,
    shape: [...shape.slice(0, -1), count],
    values: (read) => read(name).filter((_, place) => Math.floor((place % filters) / count) === group),
  });
}

function optionalGroupOf(call: Call, name: string, group: number, groups: number): Tensor | undefined {
  return call.shapeOf(name) === undefined ? undefined : groupOf(call, name, group, groups);
}

/** How many cells the convolution from the output to here would have to see behind it. */
function cutBehind(
  [from, to]: readonly [Exact, Exact],
  [kernel, stride]: readonly [number, number],
  before: number,
): number {
  const reach = add(multiply(subtract(from, 1), stride), kernel - before);
  return Math.max(0, toNumber(subtract(reach, to)));
}

function beyond(from: Exact, to: Exact, stride: number): number {
  return toNumber(subtract(to, multiply(from, stride)));
}
