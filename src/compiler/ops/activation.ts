import { product } from '../values/exact.js';
import { defineOp, type Op, type OpDocumentation } from './op.js';
import type { ArgsOf, Params } from './params.js';
import { only } from './sizes.js';

/** A layer that applies one function to each value; its name may stand among the arguments of the layer before it. */
export function activation<P extends Params>(
  name: string,
  doc: Omit<OpDocumentation, 'example' | 'cost'>,
  params: P,
): Op<ArgsOf<P>> {
  return defineOp({
    category: 'activation',
    doc: { ...doc, cost: 'one operation a value', example: { line: name, input: [28, 28, 64] } },
    params,
    memory: () => 'in-place',
    inferShape: (_args, inputs) => only(inputs),
    elementwise: (_args, _inputs, output) => product(output),
  });
}
