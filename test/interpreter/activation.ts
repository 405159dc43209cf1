import type { OpKind } from '../../src/compiler/ops/registry.js';
import { only, type Layer } from './layer.js';
import { channelsOf, mapValues, tensor, valueAt } from './tensor.js';

/** max(x, 0). */
export const relu = each<'relu'>((x) => Math.max(x, 0));

/** min(max(x, 0), 6). */
export const relu6 = each<'relu6'>((x) => Math.min(Math.max(x, 0), 6));

/** x, or alpha · x below zero. */
export const leakyRelu: Layer<'leaky_relu'> = ({ alpha }, inputs) =>
  mapValues(only(inputs), (x) => (x >= 0 ? x : alpha * x));

/** x, or a learned slope of the channel times x below zero. */
export const prelu: Layer<'prelu'> = (_args, inputs, { weight }) =>
  mapValues(only(inputs), (x, c) => (x >= 0 ? x : valueAt(weight('alpha'), c) * x));

/** x, or alpha · (e^x - 1) at and below zero. */
export const elu: Layer<'elu'> = ({ alpha }, inputs) =>
  mapValues(only(inputs), (x) => (x > 0 ? x : alpha * Math.expm1(x)));

/** λ · x, or λ · α · (e^x - 1) at and below zero. */
export const selu = each<'selu'>(
  (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
);

/** x · Φ(x), or its approximation with the hyperbolic tangent. */
export const gelu: Layer<'gelu'> = ({ approximate }, inputs) =>
  mapValues(only(inputs), (x) => (x / 2) * (1 + (approximate ? tanhOfGelu(x) : erf(x / Math.SQRT2))));

/** x · sigmoid(x). */
export const silu = each<'silu'>((x) => x * logistic(x));

/** x · tanh(ln(1 + e^x)). */
export const mish = each<'mish'>((x) => x * Math.tanh(logOfOnePlusExp(x)));

/** x · min(max(x + 3, 0), 6) / 6. */
export const hardswish = each<'hardswish'>((x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6);

/** min(max(x + 3, 0), 6) / 6. */
export const hardsigmoid = each<'hardsigmoid'>((x) => Math.min(Math.max(x + 3, 0), 6) / 6);

/** 1 / (1 + e^-x). */
export const sigmoid = each<'sigmoid'>(logistic);

/** The hyperbolic tangent. */
export const tanh = each<'tanh'>(Math.tanh);

/** ln(1 + e^x). */
export const softplus = each<'softplus'>(logOfOnePlusExp);

/** e^x / Σ e^x over the channels; the largest is subtracted first, which changes no share. */
export const softmax: Layer<'softmax'> = (_args, inputs) => {
  const x = only(inputs);
  const channels = channelsOf(x);
  const values: number[] = [];
  for (let first = 0; first < x.values.length; first += channels) {
    const row = [...x.values.slice(first, first + channels)];
    const powers = row.map((value) => Math.exp(value - Math.max(...row)));
    const total = powers.reduce((sum, power) => sum + power, 0);
    values.push(...powers.map((power) => power / total));
  }
  return tensor(x.shape, values);
};

/** The error function: 2/√π · e^(-x²) · Σ 2ⁿ x^(2n+1) / (1 · 3 ⋯ (2n+1)), Abramowitz & Stegun 7.1.6; beyond 6 it is ±1. */
export function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = 0;
  for (let n = 0; n < 200; n++) {
    sum += term;
    term *= (2 * x * x) / (2 * n + 3);
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** The kinds that need no arguments: each value by itself. */
type Plain = Extract<
  OpKind,
  'relu' | 'relu6' | 'selu' | 'silu' | 'mish' | 'hardswish' | 'hardsigmoid' | 'sigmoid' | 'tanh' | 'softplus'
>;

function each<K extends Plain>(value: (x: number) => number): Layer<K> {
  return (_args, inputs) => mapValues(only(inputs), value);
}

function tanhOfGelu(x: number): number {
  return Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3));
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function logOfOnePlusExp(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}
