import { multiply, product } from '../values/exact.js';
import { broadcast } from './broadcast.js';
import { defineOp, type OpDocumentation } from './op.js';

/** A layer that joins tensors value by value; `work` is the number of operations for one value of so many tensors. */
export function join(name: string, doc: Omit<OpDocumentation, 'example'>, work: (inputs: number) => number) {
  return defineOp({
    category: 'join',
    doc: { ...doc, example: { line: `${name} { | identity | conv 64 3x3 same }`, input: [28, 28, 64] } },
    arity: { min: 2 },
    params: {},
    memory: () => 'in-place',
    inferShape: (_args, inputs) => broadcast(name, inputs),
    elementwise: (_args, inputs, output) => multiply(work(inputs.length), product(output)),
  });
}
