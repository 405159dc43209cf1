import { defineOp } from './op.js';
import { only } from './sizes.js';

/** The tensor itself. */
export const identity = defineOp({
  category: 'shape',
  doc: {
    summary: 'Gives the tensor that arrives, unchanged; an empty branch says the same.',
    formula: 'y = x',
    keras: 'Identity()',
    pytorch: 'Identity()',
    cost: 'nothing',
    source: 'definition of the language',
    example: { line: 'identity', input: [56, 56, 64] },
  },
  params: {},
  memory: () => 'view',
  passesThrough: true,
  inferShape: (_args, inputs) => only(inputs),
});
