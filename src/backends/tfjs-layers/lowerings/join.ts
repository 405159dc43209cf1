import type { OpKind } from '../../../compiler/ops/registry.js';
import { placeOf } from '../../../compiler/ops/types/axis.js';
import type { Shape } from '../../../compiler/ops/op.js';
import { equals } from '../../../compiler/values/exact.js';
import { named, reshape, type Call, type Lowering } from '../call.js';
import type { Tensor } from '../layer.js';

/** A join value by value; features stand for an image of one pixel. */
export function join<K extends OpKind>(className: string): Lowering<K> {
  return ({ shape }, call) => call.add(named(className, undefined, {}, shape), ...aligned(call, shape));
}

/** The largest; what is repeated to meet the others is repeated before, for the gradient of the maximum overlooks it. */
export const max: Lowering<'max'> = ({ shape }, call) => {
  const parts = aligned(call, shape);
  const isWhole = (x: Tensor): boolean =>
    x.shape.every((size, place) => equals(size, shape[place] ?? 1) === true);
  if (parts.every(isWhole)) return call.add(named('Maximum', undefined, {}, shape), ...parts);
  call.note('a maximum of sums with zeros, which have the shape of all');
  const nothing = parts.map((x, place) =>
    call.add(named('Rescaling', `nothing${String(place + 1)}`, { scale: 0, offset: 0 }, x.shape), x),
  );
  const zeros = call.add(named('Add', 'zeros', {}, shape), ...nothing);
  const whole = parts.map((x, place) =>
    isWhole(x) ? x : call.add(named('Add', `whole${String(place + 1)}`, {}, shape), x, zeros),
  );
  return call.add(named('Maximum', undefined, {}, shape), ...whole);
};

/** The tensors that arrive, all with as many sizes as the result. */
function aligned(call: Call, shape: Shape): readonly Tensor[] {
  return call.inputs.map((x, place) => {
    if (x.shape.length === shape.length) return x;
    const ones = Array<number>(shape.length - x.shape.length).fill(1);
    return reshape(call, `in${String(place + 1)}`, x, [...ones, ...x.shape]);
  });
}

/** Tensors side by side. */
export const concat: Lowering<'concat'> = ({ args, shape }, call) => {
  const place = placeOf(args.axis, shape);
  if (place === undefined) throw new Error(`no axis ${String(args.axis)}`);
  return call.add(named('Concatenate', undefined, { axis: place + 1 }, shape), ...call.inputs);
};
