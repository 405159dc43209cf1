import type { OpKind } from '../../../compiler/ops/registry.js';
import { placeOf } from '../../../compiler/ops/types/axis.js';
import { named, reshape, type Lowering } from '../call.js';

/** A join value by value; features stand for an image of one pixel. */
export function join<K extends OpKind>(className: string): Lowering<K> {
  return ({ shape }, call) => {
    const aligned = call.inputs.map((x, place) => {
      if (x.shape.length === shape.length) return x;
      const ones = Array<number>(shape.length - x.shape.length).fill(1);
      return reshape(call, `in${String(place + 1)}`, x, [...ones, ...x.shape]);
    });
    return call.add(named(className, undefined, {}, shape), ...aligned);
  };
}

/** Tensors side by side. */
export const concat: Lowering<'concat'> = ({ args, shape }, call) => {
  const place = placeOf(args.axis, shape);
  if (place === undefined) throw new Error(`no axis ${String(args.axis)}`);
  return call.add(named('Concatenate', undefined, { axis: place + 1 }, shape), ...call.inputs);
};
