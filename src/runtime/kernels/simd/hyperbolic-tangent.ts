import { overValues, startFunction, type SimdFunction } from './function.js';
import { advance, get, set, whole, type Code } from './instructions.js';
import type { Lanes } from './lanes.js';

/** Beyond it the quotient is 1 in float32. */
const farthest = 7.90531110763549805;

/** The coefficients of x, x³, x⁵, … above, and of 1, x², x⁴, … below, the highest first: Eigen's, for float32. */
const above = [
  -2.76076847742355e-16, 2.00018790482477e-13, -8.60467152213735e-11, 5.12229709037114e-8,
  1.48572235717979e-5, 6.37261928875436e-4, 4.89352455891786e-3,
];
const below = [1.19825839466702e-6, 1.18534705686654e-4, 2.268434632439e-3, 4.89352518554385e-3];

/**
 * The hyperbolic tangent of each value as a quotient of two polynomials. The parameters are the addresses of the values and
 * of the results, and their number.
 */
export function hyperbolicTangent(): SimdFunction {
  const builder = startFunction();
  const [from, to, count] = [builder.parameter(), builder.parameter(), builder.parameter()];
  return builder.finish(
    overValues(builder, count, (lanes) => {
      const [x, square] = [builder.variable(lanes.type), builder.variable(lanes.type)];
      const inside = lanes.largest(
        lanes.least(lanes.load(get(from)), lanes.constant(farthest)),
        lanes.constant(-farthest),
      );
      const quotient = lanes.divide(
        lanes.multiply(get(x), polynomial(lanes, above, get(square))),
        polynomial(lanes, below, get(square)),
      );
      return [
        ...set(x, inside),
        ...set(square, lanes.multiply(get(x), get(x))),
        ...lanes.store(get(to), quotient),
        ...[from, to].flatMap((address) => advance(address, whole(lanes.bytes))),
      ];
    }),
  );
}

/** Horner's rule. */
function polynomial(lanes: Lanes, coefficients: readonly number[], x: Code): Code {
  const [first = 0, ...rest] = coefficients;
  return rest.reduce<Code>(
    (sum, coefficient) => lanes.add(lanes.multiply(sum, x), lanes.constant(coefficient)),
    lanes.constant(first),
  );
}
