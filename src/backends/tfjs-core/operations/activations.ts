import {
  add,
  elu as eluOf,
  erf,
  exp,
  leakyRelu as leakyReluOf,
  minimum,
  mul,
  neg,
  relu as reluOf,
  relu6 as relu6Of,
  selu as seluOf,
  sigmoid as sigmoidOf,
  softplus as softplusOf,
  square,
  step,
  sub,
  tanh as tanhOf,
  type Tensor,
} from '@tensorflow/tfjs-core';
import { ending } from '../ending.js';
import { inTurn } from '../in-turn.js';
import type { Activation } from './activate.js';

const seluScale = 1.0507009873554805;
const seluFall = seluScale * 1.6732632423543772;
const gaussHeight = 1 / Math.sqrt(2 * Math.PI);
const tanhScale = Math.sqrt(2 / Math.PI);
const tanhCube = 0.044715;

export const relu: Activation = { value: reluOf, reads: 'output', slope: (y) => step(y) };

export const relu6: Activation = {
  value: relu6Of,
  reads: 'output',
  slope: (y) =>
    inTurn(
      y,
      (at) => sub(6, at),
      (rest) => step(rest),
      (below) => ending(step(y), (above) => mul(above, below)),
    ),
};

/** A slope below zero that is given. */
export function leakyRelu(alpha: number): Activation {
  return { value: (x) => leakyReluOf(x, alpha), reads: 'input', slope: (x) => step(x, alpha) };
}

/** Falls smoothly to -alpha. */
export function elu(alpha: number): Activation {
  const tail = (x: Tensor): Tensor =>
    inTurn(
      x,
      (y) => minimum(y, 0),
      eluOf,
      (y) => mul(y, alpha),
    );
  const value = (x: Tensor): Tensor => ending(tail(x), (below) => ending(reluOf(x), (y) => add(y, below)));
  return {
    value: alpha === 1 ? eluOf : value,
    reads: 'both',
    slope: (x, y) => eitherSide(step(x), 1, add(y, alpha)),
  };
}

export const selu: Activation = {
  value: seluOf,
  reads: 'output',
  slope: (y) => eitherSide(step(y), seluScale, add(y, seluFall)),
};

export const gelu: Activation = {
  value: (x) => ending(normalShare(x), (share) => mul(x, share)),
  reads: 'input',
  slope: (x) =>
    inTurn(
      x,
      square,
      (squares) => mul(squares, -0.5),
      exp,
      (bell) => mul(x, bell),
      (part) => mul(part, gaussHeight),
      (part) => ending(normalShare(x), (share) => add(share, part)),
    ),
};

export const approximateGelu: Activation = {
  value: (x) =>
    inTurn(
      x,
      bent,
      (y) => add(y, 1),
      (y) => mul(y, 0.5),
      (y) => mul(x, y),
    ),
  reads: 'input',
  slope(x) {
    const inner = inTurn(
      x,
      square,
      (squares) => mul(squares, 3 * tanhCube),
      (part) => add(part, 1),
      (part) => mul(part, tanhScale),
    );
    const t = bent(x);
    const fall = inTurn(
      t,
      square,
      (squares) => sub(1, squares),
      (rest) => mul(x, rest),
      (part) => ending(inner, (by) => mul(part, by)),
    );
    const share = ending(t, (part) => add(part, 1));
    const whole = ending(share, (part) => ending(fall, (rest) => add(part, rest)));
    return ending(whole, (both) => mul(both, 0.5));
  },
};

export const silu: Activation = {
  value: (x) => ending(sigmoidOf(x), (share) => mul(x, share)),
  reads: 'input',
  slope: (x) =>
    inTurn(x, sigmoidOf, (share) =>
      inTurn(
        share,
        (part) => sub(1, part),
        (rest) => mul(x, rest),
        (part) => add(part, 1),
        (part) => mul(share, part),
      ),
    ),
};

export const mish: Activation = {
  value: (x) => inTurn(x, softplusOf, tanhOf, (share) => mul(x, share)),
  reads: 'input',
  slope: (x) =>
    inTurn(x, softplusOf, tanhOf, (t) => {
      const along = inTurn(x, sigmoidOf, (share) => mul(x, share));
      return inTurn(
        t,
        square,
        (squares) => sub(1, squares),
        (rest) => ending(along, (part) => mul(part, rest)),
        (part) => add(t, part),
      );
    }),
};

export const hardsigmoid: Activation = {
  value: sixths,
  reads: 'input',
  slope: (x) => inTurn(x, withinThree, (inside) => mul(inside, 1 / 6)),
};

export const hardswish: Activation = {
  value: (x) => ending(sixths(x), (share) => mul(x, share)),
  reads: 'input',
  slope: (x) =>
    inTurn(
      x,
      withinThree,
      (inside) => mul(x, inside),
      (part) => ending(hardRise(x), (rise) => add(rise, part)),
      (whole) => mul(whole, 1 / 6),
    ),
};

export const sigmoid: Activation = {
  value: sigmoidOf,
  reads: 'output',
  slope: (y) =>
    inTurn(
      y,
      (share) => sub(1, share),
      (rest) => mul(y, rest),
    ),
};

export const tanh: Activation = {
  value: tanhOf,
  reads: 'output',
  slope: (y) => inTurn(y, square, (squares) => sub(1, squares)),
};

export const softplus: Activation = { value: softplusOf, reads: 'input', slope: (x) => sigmoidOf(x) };

/** `above` where the side is 1, `below` where it is 0; side and below end with it. */
function eitherSide(side: Tensor, above: number, below: Tensor): Tensor {
  const other = ending(below, (part) => ending(sub(1, side), (rest) => mul(rest, part)));
  const one = ending(side, (part) => mul(part, above));
  return ending(one, (part) => ending(other, (rest) => add(part, rest)));
}

/** The share of a normal distribution below x. */
function normalShare(x: Tensor): Tensor {
  return inTurn(
    x,
    (y) => mul(y, Math.SQRT1_2),
    erf,
    (y) => add(y, 1),
    (y) => mul(y, 0.5),
  );
}

/** The hyperbolic tangent of gelu's approximation. */
function bent(x: Tensor): Tensor {
  return inTurn(
    x,
    square,
    (y) => mul(y, tanhCube),
    (y) => add(y, 1),
    (y) => mul(x, y),
    (y) => mul(y, tanhScale),
    tanhOf,
  );
}

/** relu6(x + 3). */
function hardRise(x: Tensor): Tensor {
  return inTurn(x, (y) => add(y, 3), relu6Of);
}

/** Rises from 0 to 1 between -3 and 3. */
function sixths(x: Tensor): Tensor {
  return inTurn(x, hardRise, (y) => mul(y, 1 / 6));
}

/** 1 where x lies between -3 and 3, else 0. */
function withinThree(x: Tensor): Tensor {
  return inTurn(
    x,
    neg,
    (y) => add(y, 3),
    (rest) => step(rest),
    (below) =>
      inTurn(
        x,
        (y) => add(y, 3),
        (y) => step(y),
        (above) => mul(above, below),
      ),
  );
}
