import { divide, equals, isWhole, product, type Exact } from '../values/exact.js';
import { complain, type Complaint } from './complaint.js';
import { defineOp, type Shape } from './op.js';
import { required } from './params.js';
import { reshapeCount } from './problems/regions.js';
import { countOf, only, waiting } from './sizes.js';
import { sizesWithRest, type Size } from './types/sizes.js';

/** The same values, seen with other sizes. */
export const reshape = defineOp({
  category: 'shape',
  doc: {
    summary:
      'Sees the same values, in the same order, with other sizes; one of them may be `?` and follows from the rest.',
    formula: 'y has the values of x in row-major order',
    keras: 'Reshape(target_shape)',
    pytorch: 'x.reshape(…), whose order is channels first',
    cost: 'nothing',
    source: 'definition of the language',
    example: { line: 'reshape 7x7x?', input: [3136] },
  },
  params: { sizes: required(sizesWithRest, 'the new sizes without the batch') },
  positional: ['sizes'],
  memory: () => 'view',
  inferShape({ sizes }, inputs) {
    const shape = only(inputs);
    const count = countOf(shape);
    const written = sizes.flatMap((size) => (size === 'open' ? [] : [size]));
    if (written.length < sizes.length) return withRest(sizes, product(written), shape, count);
    const agrees = equals(product(written), count);
    if (agrees === undefined) return waiting('reshape', 'values', count);
    return agrees ? written : mismatch(sizes, product(written), shape, count);
  },
  window(args, inputs) {
    const shape = only(inputs);
    const { sizes } = args;
    if (sizes.length === 1) return undefined;
    const keepsImage =
      shape.length === 3 &&
      sizes.length === 3 &&
      sizes.every((size, place) => place === 2 || isSame(size, shape[place]));
    return keepsImage ? undefined : 'everything';
  },
});

function withRest(sizes: readonly Size[], written: Exact, shape: Shape, count: Exact): Shape | Complaint {
  const rest = divide(count, written);
  const whole = rest === undefined ? false : isWhole(rest);
  if (whole === undefined) return waiting('reshape', 'values', count);
  if (rest === undefined || !whole) return mismatch(sizes, written, shape, count);
  return sizes.map((size) => (size === 'open' ? rest : size));
}

function mismatch(sizes: readonly Size[], targetCount: Exact, input: Shape, count: Exact): Complaint {
  const target = sizesWithRest.write(sizes);
  const hasRest = sizes.includes('open');
  return complain(reshapeCount, { input, count, target, targetCount, hasRest }, { parameter: 'sizes' });
}

function isSame(size: Size, other: Exact | undefined): boolean {
  return size !== 'open' && other !== undefined && equals(size, other) === true;
}
