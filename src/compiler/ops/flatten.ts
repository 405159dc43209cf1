import { defineOp } from './op.js';
import { countOf, only } from './sizes.js';

/** All values in one row. */
export const flatten = defineOp({
  category: 'shape',
  doc: {
    summary:
      'Lays all values out in one row: row after row, in it pixel after pixel, in that channel after channel.',
    formula: 'y[(i · width + j) · channels + c] = x[i, j, c]',
    keras: 'Flatten()',
    pytorch: 'Flatten(), but channel after channel: a dense kernel behind it must be reordered',
    cost: 'nothing',
    source: 'definition of the language',
    example: { line: 'flatten', input: [7, 7, 64] },
  },
  params: {},
  memory: () => 'view',
  inferShape: (_args, inputs) => [countOf(only(inputs))],
});
