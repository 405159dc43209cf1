import type { OpKind } from '../../../compiler/ops/registry.js';
import type { Shape } from '../../../compiler/ops/op.js';
import { toNumber } from '../../../compiler/values/exact.js';
import { named, only, present, type Call, type Lowering } from '../call.js';
import type { Tensor } from '../layer.js';

/** A layer that is an activation of tfjs-layers under this name. */
export function activation<K extends OpKind>(name: string): Lowering<K> {
  return ({ shape }, call) => {
    const x = only(call);
    return call.activate(x, name)
      ? x
      : call.add(named('Activation', undefined, { activation: name }, shape), x);
  };
}

/** A slope below zero. */
export const leakyRelu: Lowering<'leaky_relu'> = ({ args, shape }, call) =>
  call.add(named('LeakyReLU', undefined, { alpha: args.alpha }, shape), only(call));

/** A learned slope for each channel. */
export const prelu: Lowering<'prelu'> = ({ args, shape }, call) => {
  const before = shape.slice(0, -1);
  const channels = toNumber(shape.at(-1) ?? 1);
  const config = {
    shared_axes: before.map((_, place) => place + 1),
    alpha_initializer: { class_name: 'Constant', config: { value: args.init } },
  };
  const weights = present(call.weight('alpha', 'alpha', [...before.map(() => 1), channels]));
  return call.add({ className: 'PReLU', config, weights, shape }, only(call));
};

/** With another depth than 1: alpha · elu(x) + (1 - alpha) · relu(x), since elu(x) is x above zero. */
export const elu: Lowering<'elu'> = (node, call) => {
  const { alpha } = node.args;
  if (alpha === 1) return activation<'elu'>('elu')(node, call);
  const { shape } = node;
  const x = only(call);
  call.note('the sum of `elu` and `relu`, each with a factor');
  const bent = rescaled(call, 'bent', activated(call, 'elu', x, 'elu'), { scale: alpha });
  const straight = rescaled(call, 'straight', activated(call, 'relu', x, 'relu'), {
    scale: 1 - alpha,
  });
  return call.add(named('Add', undefined, {}, shape), bent, straight);
};

/** `approximate` is x · sigmoid(2s · (x + 0.044715 · x³)) with s = √(2/π), for 1 + tanh(z) = 2 · sigmoid(2z). */
export const gelu: Lowering<'gelu'> = (node, call) => {
  if (!node.args.approximate) return activation<'gelu'>('gelu')(node, call);
  const { shape } = node;
  const x = only(call);
  const factor = 2 * Math.sqrt(2 / Math.PI);
  call.note('products with a `sigmoid`, for it cannot be read by its name');
  const square = product(call, 'square', [x, x], shape);
  const slope = rescaled(call, 'slope', square, { scale: factor * 0.044715, offset: factor });
  const bent = product(call, 'cubic', [x, slope], shape);
  return product(call, undefined, [x, activated(call, 'share', bent, 'sigmoid')], shape);
};

/** min(max(x + 3, 0), 6) / 6; `hardSigmoid` of tfjs-layers has another slope. */
export const hardsigmoid: Lowering<'hardsigmoid'> = (_node, call) => {
  call.note('`relu6` between two shifts, for `hardSigmoid` has another slope there');
  return hardShare(call, undefined);
};

/** x · hardsigmoid(x). */
export const hardswish: Lowering<'hardswish'> = ({ shape }, call) => {
  call.note('a product with a shifted `relu6`');
  return product(call, undefined, [only(call), hardShare(call, 'share')], shape);
};

/** x · scale + offset with two numbers. */
export function rescaled(
  call: Call,
  part: string | undefined,
  x: Tensor,
  { scale = 1, offset = 0 }: { readonly scale?: number; readonly offset?: number },
): Tensor {
  return call.add(named('Rescaling', part, { scale, offset }, x.shape), x);
}

function hardShare(call: Call, part: string | undefined): Tensor {
  const x = only(call);
  const shifted = rescaled(call, 'shift', x, { offset: 3 });
  const cut = activated(call, 'cut', shifted, 'relu6');
  return rescaled(call, part, cut, { scale: 1 / 6 });
}

/** An activation as a layer of its own. */
function activated(call: Call, part: string, x: Tensor, name: string): Tensor {
  return call.add(named('Activation', part, { activation: name }, x.shape), x);
}

function product(call: Call, part: string | undefined, factors: readonly Tensor[], shape: Shape): Tensor {
  return call.add(named('Multiply', part, {}, shape), ...factors);
}
