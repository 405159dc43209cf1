import { product, subtract } from '../../../compiler/values/exact.js';
import type { Shape } from '../../../compiler/ops/op.js';
import { named, openCount, reshape, type Call } from '../call.js';
import { moveChannels } from './moving.js';
import type { ConfigValue, Tensor } from '../layer.js';

/** Some places of one dimension. */
export interface Stretch {
  /** The dimension, counted from 0. */
  readonly place: number;
  readonly from: number;
  readonly to: number;
}

/**
 * A stretch of one dimension whose size is known, as a crop of images: what stands before the dimension is seen as rows,
 * it itself as columns, what stands behind as channels.
 */
export function slice(call: Call, part: string, x: Tensor, { place, from, to }: Stretch): Tensor {
  const size = x.shape[place] ?? 1;
  const behind = subtract(size, to);
  if (typeof behind !== 'number') throw new Error('a stretch of a dimension that is open');
  const shape = x.shape.map((other, at) => (at === place ? to - from : other));
  const [before, after] = [x.shape.slice(0, place), x.shape.slice(place + 1)];
  const across = [from, behind] as const;
  const none = [0, 0] as const;
  const cut = (seen: Tensor, cropping: ConfigValue, cutShape: Shape): Tensor =>
    call.add(named('Cropping2D', `${part}.cut`, { cropping }, cutShape), seen);
  if (openCount(before) > 1) {
    const channels = Array.from({ length: to - from }, (_, at) => from + at);
    return moveChannels(call, x, channels, { part, shape });
  }
  const rows = reshape(call, `${part}.seen`, x, [product(before), size, product(after)]);
  const kept = cut(rows, [none, across], [product(before), to - from, product(after)]);
  return reshape(call, part, kept, shape);
}
