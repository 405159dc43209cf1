import type { Node } from '../../../compiler/ir/graph.js';
import { placeOf } from '../../../compiler/ops/types/axis.js';
import { integer } from '../attributes.js';
import { withNumber, type Arriving, type Call, type Lowering } from '../call.js';
import type { Tensor } from '../operation.js';
import { reshaped } from './sizes.js';

/** Joins from the left by an operation on two tensors. */
export function joined(op: string): (node: Node, call: Call) => Tensor {
  return (node, call) => {
    const rank = node.shape.length;
    const [first, ...rest] = call.inputs.map((input) => alignedTo(call, input, rank));
    if (first === undefined) throw new Error('a join without branches');
    return rest.reduce<Tensor>((left, right) => call.add(op, [left, right]), first);
  };
}

/** The average of several tensors. */
export const average: Lowering<'average'> = (node, call) =>
  withNumber(call, 'Mul', joined('AddV2')(node, call), 1 / call.inputs.length);

/** Tensors side by side along one dimension. */
export const concat: Lowering<'concat'> = ({ args, shape }, call) => {
  const place = placeOf(args.axis, shape);
  if (place === undefined) throw new Error(`no axis ${String(args.axis)}`);
  const axis = call.integers([place + 1], []);
  return call.add('ConcatV2', [...call.inputs, axis], { N: integer(call.inputs.length) });
};

/** Features stand for images of one pixel. */
function alignedTo(call: Call, x: Arriving, rank: number): Tensor {
  const missing = rank - x.shape.length;
  return missing === 0 ? x : reshaped(call, x, [...Array<number>(missing).fill(1), ...x.shape]);
}
