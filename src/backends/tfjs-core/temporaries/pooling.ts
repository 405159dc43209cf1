import { bytesOf } from '../../../compiler/analyse/bytes.js';
import type { Moment } from '../../../compiler/analyse/memory.js';
import type { NodeOf } from '../../../compiler/ir/graph.js';
import type { Shape } from '../../../compiler/ops/op.js';
import { poolWindow } from '../../../compiler/ops/pool.js';
import { imageAt } from '../../../compiler/ops/sizes.js';
import { edgesOf } from '../../../compiler/ops/window.js';
import {
  add,
  ceilDivide,
  compare,
  maximum,
  multiply,
  subtract,
  type Exact,
} from '../../../compiler/values/exact.js';
import { outputBytes } from './output-bytes.js';

/** What a pool makes on the way, unless the engine pools at once. */
export function poolSteps(node: NodeOf<'pool'>, moment: Moment): Exact {
  const { kernel, mode, count_padding: countsPadding } = node.args;
  if (kernel[0] === 1 && kernel[1] === 1) return firstCells(node, moment);
  return mode === 'avg' && countsPadding ? paddedAverage(node, moment) : 0;
}

/** A pool with a window of one cell: the lines that are kept, and before them the image with cells up to a whole step. */
function firstCells(node: NodeOf<'pool'>, moment: Moment): Exact {
  const [down, across] = poolWindow(node.args).stride;
  if (down === 1 && across === 1) return 0;
  const { height, width, channels } = imageAt(moment.shapes);
  const [rows, columns] = [ceilDivide(height, down), ceilDivide(width, across)];
  const whole: Shape = [multiply(rows, down), multiply(columns, across), channels];
  const isWhole = compare(whole[0] ?? 0, height) === 0 && compare(whole[1] ?? 0, width) === 0;
  const padded = isWhole ? 0 : multiply(moment.batch, bytesOf(whole));
  const lines = multiply(moment.batch, bytesOf([rows, multiply(columns, across), channels]));
  return maximum(lines, subtract(add(padded, lines), outputBytes(node, moment)));
}

/** The padded image; then the averages of whole windows, and the share of each that counts, where some reach beyond it. */
function paddedAverage(node: NodeOf<'pool'>, moment: Moment): Exact {
  const window = poolWindow(node.args);
  const image = imageAt(moment.shapes);
  const [rows = 1, columns = 1] = node.shape;
  const edges = edgesOf(window, image);
  const outputs = [rows, columns];
  const reach = ([image.height, image.width] as const).map((size, direction) => {
    const steps = multiply(subtract(outputs[direction] ?? 1, 1), window.stride[direction] ?? 1);
    const covered = add(steps, window.kernel[direction] ?? 1);
    return maximum(0, subtract(covered, add(size, edges[direction]?.before ?? 0)));
  });
  const added = edges.map(({ before }, direction) => add(before, reach[direction] ?? 0));
  const isPadded = added.some((cells) => compare(cells, 0) !== 0);
  const sizes: Shape = [add(image.height, added[0] ?? 0), add(image.width, added[1] ?? 0), image.channels];
  const padded = isPadded ? multiply(moment.batch, bytesOf(sizes)) : 0;
  const isCut = edges.some(({ behind }, direction) => compare(reach[direction] ?? 0, behind) === 1);
  return maximum(padded, isCut ? add(outputBytes(node, moment), bytesOf(outputs)) : 0);
}
