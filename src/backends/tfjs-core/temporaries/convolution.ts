import { bytesOf } from '../../../compiler/analyse/bytes.js';
import type { Moment } from '../../../compiler/analyse/memory.js';
import type { NodeOf } from '../../../compiler/ir/graph.js';
import { channelsOf } from '../../../compiler/ops/sizes.js';
import {
  add,
  compare,
  divide,
  maximum,
  multiply,
  product,
  subtract,
  type Exact,
} from '../../../compiler/values/exact.js';
import { outputBytes } from './output-bytes.js';

/** The parts of a grouped convolution: the last group's input and kernel, then all outputs before they are one tensor. */
export function groupParts(node: NodeOf<'conv'>, moment: Moment): Exact {
  const { groups } = node.args;
  const [kernel] = node.weights;
  const [arriving = []] = moment.shapes;
  const channels = channelsOf(arriving);
  if (groups === 1 || kernel === undefined) return 0;
  // Groups of one channel are a depthwise convolution.
  if (compare(channels, groups) === 0) return filledKernel(node, moment);
  const part = bytesOf([...arriving.slice(0, -1), shareOf(channels, groups)]);
  const own = shareOf(bytesOf(kernel.shape), groups);
  return maximum(outputBytes(node, moment), add(multiply(moment.batch, part), own));
}

function shareOf(whole: Exact, parts: number): Exact {
  return divide(whole, parts) ?? whole;
}

/** The kernel with zeros between its cells, which a depthwise convolution slides where it moves in strides as well. */
export function filledKernel(
  { args, weights, ...node }: NodeOf<'conv'> | NodeOf<'dwconv'>,
  moment: Moment,
): Exact {
  const { dilation, stride } = args;
  const [down, across] = dilation;
  const [kernel] = weights;
  if (kernel === undefined || Math.max(...dilation) === 1 || Math.max(...stride) === 1) return 0;
  const [rows = 1, columns = 1, ...rest] = kernel.shape;
  const inRows = spacing([1, rows, multiply(columns, bytesOf(rest))], down);
  const tall = spread(rows, down);
  const inBoth = spacing([tall, columns, bytesOf(rest)], across);
  const filled = across === 1 ? inRows.result : inBoth.result;
  const most = maximum(inRows.most, add(inRows.result, inBoth.most));
  return maximum(filled, subtract(most, outputBytes(node, moment)));
}

/** What putting zeros between the cells of `[outer, cells, bytes]` takes at most, and what is left of it. */
function spacing(
  [outer, cells, inner]: readonly [Exact, Exact, Exact],
  step: number,
): Record<'most' | 'result', Exact> {
  if (step === 1) return { most: 0, result: 0 };
  const [zeros, filled] = [product([outer, cells, step - 1, inner]), product([outer, cells, step, inner])];
  const result = product([outer, spread(cells, step), inner]);
  return { most: add(filled, maximum(zeros, result)), result };
}

/** The cells over which so many reach that lie a step apart. */
function spread(cells: Exact, step: number): Exact {
  return add(multiply(subtract(cells, 1), step), 1);
}
