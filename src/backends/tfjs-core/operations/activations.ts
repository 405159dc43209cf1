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
  slope: (y) => mul(step(y), step(sub(6, y))),
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
  slope: (x) => add(normalShare(x), mul(mul(x, exp(mul(square(x), -0.5))), gaussHeight)),
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
  slope: (x) => {
    const t = bent(x);
    const inner = mul(add(mul(square(x), 3 * tanhCube), 1), tanhScale);
    return mul(add(add(t, 1), mul(mul(x, sub(1, square(t))), inner)), 0.5);
  },
};

export const silu: Activation = {
  value: (x) => ending(sigmoidOf(x), (share) => mul(x, share)),
  reads: 'input',
  slope: (x) => {
    const share = sigmoidOf(x);
    return mul(share, add(mul(x, sub(1, share)), 1));
  },
};

export const mish: Activation = {
  value: (x) => inTurn(x, softplusOf, tanhOf, (share) => mul(x, share)),
  reads: 'input',
  slope: (x) => {
    const t = tanhOf(softplusOf(x));
    return add(t, mul(mul(x, sigmoidOf(x)), sub(1, square(t))));
  },
};

export const hardsigmoid: Activation = {
  value: sixths,
  reads: 'input',
  slope: (x) => mul(withinThree(x), 1 / 6),
};

export const hardswish: Activation = {
  value: (x) => ending(sixths(x), (share) => mul(x, share)),
  reads: 'input',
  slope: (x) => mul(add(relu6Of(add(x, 3)), mul(x, withinThree(x))), 1 / 6),
};

export const sigmoid: Activation = { value: sigmoidOf, reads: 'output', slope: (y) => mul(y, sub(1, y)) };

export const tanh: Activation = { value: tanhOf, reads: 'output', slope: (y) => sub(1, square(y)) };

export const softplus: Activation = { value: softplusOf, reads: 'input', slope: (x) => sigmoidOf(x) };

/** `above` where the side is 1, `below` where it is 0. */
function eitherSide(side: Tensor, above: number, below: Tensor): Tensor {
  return add(mul(side, above), mul(sub(1, side), below));
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

/** Rises from 0 to 1 between -3 and 3. */
function sixths(x: Tensor): Tensor {
  return inTurn(
    x,
    (y) => add(y, 3),
    relu6Of,
    (y) => mul(y, 1 / 6),
  );
}

/** 1 where x lies between -3 and 3, else 0. */
function withinThree(x: Tensor): Tensor {
  return mul(step(add(x, 3)), step(add(neg(x), 3)));
}
