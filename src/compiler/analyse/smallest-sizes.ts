import { inputShapes, type Graph, type Node } from '../ir/graph.js';
import { isComplaint, type AnyOp, type Shape } from '../ops/op.js';
import { maximumDimension } from '../ops/limits.js';
import { ops } from '../ops/registry.js';
import { isOpen, type Exact } from '../values/exact.js';
import { substitute } from '../values/formula.js';

/** The smallest value of a size that was left open for which every layer has something to work on. */
export interface SmallestSize {
  /** The name of the open size: `h`. */
  readonly size: string;
  readonly atLeast: number;
  /** The layer that a smaller image would not be enough for; absent where any image is. */
  readonly because: Node | undefined;
}

/**
 * The conditions under which shapes and counts with open sizes hold: windows must fit, and slices must lie inside. An image
 * that is large enough stays so when it grows, so that each bound is found by halving.
 */
export function smallestSizes(graph: Graph): readonly SmallestSize[] {
  const open = graph.nodes.filter((node) => inputShapes(graph, node).some((shape) => shape.some(isOpen)));
  return graph.openSizes.map((size) => {
    const failsAt = (value: number): Node | undefined =>
      open.find((node) => !fits(graph, node, sizesWith(graph, size, value)));
    const atLeast = smallest((value) => failsAt(value) === undefined);
    return { size, atLeast, because: atLeast === 1 ? undefined : failsAt(atLeast - 1) };
  });
}

/** The other open sizes are large, so that only one decides. */
function sizesWith({ openSizes }: Graph, size: string, value: number): ReadonlyMap<string, Exact> {
  return new Map(openSizes.map((name) => [name, name === size ? value : ample]));
}

const ample = 2 ** 20;

function fits(graph: Graph, node: Node, sizes: ReadonlyMap<string, Exact>): boolean {
  const op: AnyOp = ops[node.kind];
  const inputs = inputShapes(graph, node).map((shape) => known(shape, sizes));
  if (!inputs.every(isFilled)) return false;
  const shape = op.inferShape(node.args, inputs);
  return !isComplaint(shape) && isFilled(shape);
}

function known(shape: Shape, sizes: ReadonlyMap<string, Exact>): Shape {
  return shape.map((size) => substitute(size, sizes));
}

function isFilled(shape: Shape): boolean {
  return shape.every((size) => typeof size !== 'number' || size >= 1);
}

/** The smallest number for which a condition holds that, once it holds, holds for all larger ones. */
function smallest(holds: (value: number) => boolean): number {
  let high = 1;
  while (high < maximumDimension && !holds(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
