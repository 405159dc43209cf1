import type { OpKind } from '../../../compiler/ops/registry.js';
import { float } from '../attributes.js';
import { only, withNumber, type Call, type Lowering } from '../call.js';
import type { Tensor } from '../operation.js';

/** An activation that is an operation. */
export function plain(op: string): Lowering<OpKind> {
  return (_node, call) => call.add(op, [only(call)]);
}

/** A slope below zero that is given. */
export const leakyRelu: Lowering<'leaky_relu'> = ({ args }, call) =>
  call.add('LeakyRelu', [only(call)], { alpha: float(args.alpha) });

/** A learned slope for each channel below zero. */
export const prelu: Lowering<'prelu'> = (_node, call) =>
  call.add('Prelu', [only(call), call.weight('alpha')]);

/** Falls smoothly to -alpha. */
export const elu: Lowering<'elu'> = ({ args }, call) => {
  const x = only(call);
  if (args.alpha === 1) return call.add('Elu', [x]);
  const below = call.add('Elu', [withNumber(call, 'Minimum', x, 0)]);
  return call.add('AddV2', [call.add('Relu', [x]), withNumber(call, 'Mul', below, args.alpha)]);
};

/** x times the share of a normal distribution below x (Hendrycks & Gimpel 2016, §2), or its approximation. */
export const gelu: Lowering<'gelu'> = ({ args }, call) => {
  const x = only(call);
  const bent = args.approximate ? approximateBend(call, x) : exactBend(call, x);
  const half = withNumber(call, 'Mul', withNumber(call, 'AddV2', bent, 1), 0.5);
  return call.add('Mul', [x, half]);
};

/** x times its sigmoid. */
export const silu: Lowering<'silu'> = (_node, call) => {
  const x = only(call);
  return call.add('Mul', [x, call.add('Sigmoid', [x])]);
};

/** x times the hyperbolic tangent of its softplus. */
export const mish: Lowering<'mish'> = (_node, call) => {
  const x = only(call);
  return call.add('Mul', [x, call.add('Tanh', [call.add('Softplus', [x])])]);
};

/** A sigmoid of three straight pieces. */
export const hardsigmoid: Lowering<'hardsigmoid'> = (_node, call) => straightSigmoid(call, only(call));

/** x times that sigmoid. */
export const hardswish: Lowering<'hardswish'> = (_node, call) => {
  const x = only(call);
  return call.add('Mul', [x, straightSigmoid(call, x)]);
};

function straightSigmoid(call: Call, x: Tensor): Tensor {
  const clipped = call.add('Relu6', [withNumber(call, 'AddV2', x, 3)]);
  return withNumber(call, 'Mul', clipped, 1 / 6);
}

function exactBend(call: Call, x: Tensor): Tensor {
  return call.add('Erf', [withNumber(call, 'Mul', x, Math.SQRT1_2)]);
}

function approximateBend(call: Call, x: Tensor): Tensor {
  const square = withNumber(call, 'Mul', call.add('Square', [x]), 0.044715);
  const inner = call.add('Mul', [x, withNumber(call, 'AddV2', square, 1)]);
  return call.add('Tanh', [withNumber(call, 'Mul', inner, Math.sqrt(2 / Math.PI))]);
}
