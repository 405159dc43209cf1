import type { Interpolation } from '../../ops/interpolation.js';
import { imageAt } from '../../ops/sizes.js';
import { equals, modulo, multiply, product } from '../../values/exact.js';
import { only, type Call } from './call.js';
import type { Held } from './stage.js';

/** Images of another height and width. */
export function resize(call: Call<'resize'> | Call<'upsample'>, mode: Interpolation): Held {
  const { stage, node } = call;
  const x = only(call);
  const y = stage.make(call.each(product(node.shape)));
  stage.record(y, [{ of: x, needs: [], gradient: (dy) => gradientOf(call, mode, dy) }]);
  return y;
}

function gradientOf(call: Call<'resize'> | Call<'upsample'>, mode: Interpolation, dy: Held): Held {
  const { stage, shapes, node } = call;
  const { height, width, channels } = imageAt(shapes);
  const [rows = 1, columns = 1] = node.shape;
  if (mode === 'nearest' && modulo(rows, height) === 0 && modulo(columns, width) === 0) {
    if (equals(rows, height) === true && equals(columns, width) === true) return stage.alias(dy);
    const averages = stage.make(call.each(product([height, width, channels])));
    const sums = stage.make(averages.data.amount);
    stage.end(averages);
    return sums;
  }
  // Interpolation as a matrix for the rows and one for the columns, each made and then transposed.
  const [down, across] = [call.once(multiply(rows, height)), call.once(multiply(columns, width))];
  const made = [down, down, across, across].map((amount) => stage.make(amount));
  made.push(stage.make(call.each(product([height, columns, channels]))));
  const result = stage.make(call.each(product([height, width, channels])));
  for (const one of made) stage.end(one);
  return result;
}
