import { openSize } from '../values/formula.js';
import { defineOp } from './op.js';
import { absent, required } from './params.js';
import { name } from './types/name.js';
import { sizes, type Size } from './types/sizes.js';

/** The tensor that the model is given. */
export const input = defineOp({
  category: 'input',
  doc: {
    summary: 'Declares a tensor that the model is given: an image as height × width × channels, or features.',
    formula: 'y = the given tensor',
    keras: 'Input(shape=(224, 224, 3))',
    pytorch: 'the argument of forward(), as (channels, height, width)',
    cost: 'nothing',
    source: 'definition of the language',
    example: { line: 'input 224x224x3', input: [] },
  },
  arity: { min: 0, max: 0 },
  params: {
    name: absent(name, 'the name of a further input: `input depth 224x224x1`'),
    shape: required(sizes, 'the sizes without the batch; `?` leaves one open'),
  },
  positional: ['shape'],
  inferShape: ({ shape, name: prefix }) =>
    shape.map((size, place) => (size === 'open' ? openSize(openName(shape, place, prefix)) : size)),
});

/** Open sizes are `h`, `w` and `c` in an image, `n` alone, and numbered elsewhere; a named input's begin with its name. */
function openName(shape: readonly Size[], place: number, prefix: string | undefined): string {
  const names = shape.length === 3 ? ['h', 'w', 'c'] : ['n'];
  const own = shape.length === 3 || shape.length === 1 ? names[place] : `n${String(place)}`;
  return prefix === undefined ? (own ?? 'n') : `${prefix}.${own ?? 'n'}`;
}
