import { add, maximum, mul, scalar, step, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { ending } from '../ending.js';
import { alias } from '../kernel.js';
import type { Tape } from '../tape.js';
import { scaleBy } from './constants.js';
import { reshape } from './shape.js';

/** One way to join two tensors value by value. */
type Join = (a: Tensor, b: Tensor, tape?: Tape) => Tensor;

/** The sum of several tensors. */
export function sumOf(parts: readonly Tensor[], tape?: Tape): Tensor {
  return joinAll(parts, plus, tape);
}

/** The product of several tensors. */
export function productOf(parts: readonly Tensor[], tape?: Tape): Tensor {
  return joinAll(parts, times, tape);
}

/** The largest of several tensors. */
export function largestOf(parts: readonly Tensor[], tape?: Tape): Tensor {
  return joinAll(parts, larger, tape);
}

/** The average of several tensors. */
export function averageOf(parts: readonly Tensor[], tape?: Tape): Tensor {
  return ending(sumOf(parts, tape), (whole) => scaleBy(whole, scalar(1 / parts.length), tape));
}

/** Joins from the left; features stand for images of one pixel. */
function joinAll(parts: readonly Tensor[], join: Join, tape?: Tape): Tensor {
  const rank = Math.max(...parts.map((part) => part.rank));
  const aligned = parts.map((part) => alignedTo(part, rank, tape));
  return aligned.reduce((joined, part, place) =>
    // The first is one of the parts; what was joined of them is read here alone.
    place === 1 ? join(joined, part, tape) : ending(joined, (sofar) => join(sofar, part, tape)),
  );
}

function alignedTo(part: Tensor, rank: number, tape?: Tape): Tensor {
  if (part.rank === rank) return part;
  const [batch = 1, features = 1] = part.shape;
  return reshape(part, [batch, ...Array<number>(rank - 2).fill(1), features], tape);
}

const plus: Join = (a, b, tape) => {
  const y = add(a, b);
  const [shapeA, shapeB] = [a.shape, b.shape];
  tape?.record(y, [
    { of: a, needs: [], gradient: (dy) => sumTo(dy, shapeA) },
    { of: b, needs: [], gradient: (dy) => sumTo(dy, shapeB) },
  ]);
  return y;
};

const times: Join = (a, b, tape) => {
  const y = mul(a, b);
  const [shapeA, shapeB] = [a.shape, b.shape];
  tape?.record(y, [
    { of: a, needs: [b], gradient: (dy, other) => ending(mul(dy, other), (part) => sumTo(part, shapeA)) },
    { of: b, needs: [a], gradient: (dy, other) => ending(mul(dy, other), (part) => sumTo(part, shapeB)) },
  ]);
  return y;
};

/** Where both are the same the gradient goes to the first. */
const larger: Join = (a, b, tape) => {
  const y = maximum(a, b);
  const [shapeA, shapeB] = [a.shape, b.shape];
  tape?.record(y, [
    {
      of: a,
      needs: [a, b],
      gradient: (dy, p, q) =>
        chosen(
          dy,
          ending(above(q, p), (other) => sub(1, other)),
          shapeA,
        ),
    },
    { of: b, needs: [a, b], gradient: (dy, p, q) => chosen(dy, above(q, p), shapeB) },
  ]);
  return y;
};

/** 1 where the first is larger, else 0: as numbers, since engines copy what is true or false to multiply by it. */
function above(a: Tensor, b: Tensor): Tensor {
  return ending(sub(a, b), (difference) => step(difference));
}

/** The gradient where a choice is 1, summed to a shape; the choice ends with it. */
function chosen(dy: Tensor, choice: Tensor, shape: readonly number[]): Tensor {
  const gradient = ending(choice, (where) => mul(dy, where));
  return ending(gradient, (part) => sumTo(part, shape));
}

/** Sums over the dimensions along which a tensor of this shape was repeated. */
function sumTo(dy: Tensor, shape: readonly number[]): Tensor {
  const repeated = shape.flatMap((size, place) => (size === 1 && dy.shape[place] !== 1 ? [place] : []));
  return repeated.length === 0 ? alias(dy) : sum(dy, repeated, true);
}
