import { poolWindow } from '../../ops/pool.js';
import type { Shape } from '../../ops/op.js';
import { imageAt } from '../../ops/sizes.js';
import { edgesOf, type Sliding } from '../../ops/window.js';
import {
  add,
  compare,
  equals,
  maximum,
  multiply,
  product,
  subtract,
  type Exact,
} from '../../values/exact.js';
import { only, type Call } from './call.js';
import { ending, needing, remade, scaleBy, view } from './operations.js';
import type { Held } from './stage.js';

/** The maximum or the average of a window. */
export function pool(call: Call<'pool'>): Held {
  const { stage, node, shapes } = call;
  const { mode, count_padding: countsPadding } = node.args;
  const window = poolWindow(node.args);
  const [rows, columns] = window.kernel;
  if (rows === 1 && columns === 1) return everyNth(call, window);
  if (mode === 'max') return largest(call, call.each(product(node.shape)));
  const reach = reachOf(window, shapes, node.shape);
  const padded = ending(stage, paddedTo(call, reach.sizes), (images) => averageInside(call, images));
  if (countsPadding ? !reach.isBeyond : !reach.isPadded) return padded;
  const shares = stage.make(call.once(multiply(node.shape[0] ?? 1, node.shape[1] ?? 1)));
  const scaled = ending(stage, padded, (averages) => scaleBy(stage, averages, shares));
  stage.end(shares);
  return scaled;
}

/** The average over the whole image, as features. */
export function globalAverage(call: Call<'gap'>): Held {
  const whole = isOneCell(call.shapes) ? view(call.stage, only(call)) : averageInside(call, only(call));
  return ending(call.stage, whole, (image) => view(call.stage, image));
}

/** The maximum over the whole image, as features. */
export function globalMaximum(call: Call<'gmp'>): Held {
  const whole = isOneCell(call.shapes)
    ? view(call.stage, only(call))
    : largest(call, call.each(product(call.node.shape)));
  return ending(call.stage, whole, (image) => view(call.stage, image));
}

type AnyPool = Call<'pool'> | Call<'gap'> | Call<'gmp'>;

function largest({ stage, inputs: [x] }: AnyPool, amount: Held['data']['amount']): Held {
  if (x === undefined) throw new Error('a pool without its input');
  const y = stage.make(amount);
  stage.record(y, [needing(stage, x, [x, y])]);
  return y;
}

/** The average of windows that lie inside; its gradient makes an input of zeros beside it. */
function averageInside(call: AnyPool, x: Held): Held {
  const { stage, node } = call;
  const y = stage.make(call.each(product(node.shape)));
  stage.record(y, [needing(stage, x, [], [x.data.amount])]);
  return y;
}

/** Every so many cells: the image is padded, and cut once along rows and once along columns. */
function everyNth(call: Call<'pool'>, { stride: [down, across] }: Sliding): Held {
  const { stage, node } = call;
  const x = only(call);
  if (down === 1 && across === 1) return view(stage, x);
  const [rows = 1, columns = 1, channels = 1] = node.shape;
  const padded = paddedTo(call, [multiply(rows, down), multiply(columns, across)]);
  const inLines = call.each(product([rows, columns, across, channels]));
  const lines = ending(stage, padded, (images) => remade(stage, images, inLines));
  return ending(stage, lines, (cells) => remade(stage, cells, call.each(product(node.shape))));
}

function paddedTo(call: Call<'pool'>, [rows, columns]: readonly [Exact, Exact]): Held {
  const { height, width, channels } = imageAt(call.shapes);
  const x = only(call);
  if (equals(rows, height) === true && equals(columns, width) === true) return view(call.stage, x);
  return remade(call.stage, x, call.each(product([rows, columns, channels])));
}

/** What the windows of a pool reach over. */
interface Reach {
  /** Height and width with all padding that a window reaches. */
  readonly sizes: readonly [Exact, Exact];
  readonly isPadded: boolean;
  /** True where a last window reaches beyond the padding that was written. */
  readonly isBeyond: boolean;
}

function reachOf(window: Sliding, shapes: readonly Shape[], output: Shape): Reach {
  const image = imageAt(shapes);
  const edges = edgesOf(window, image);
  const along = ([0, 1] as const).map((direction) => {
    const size = direction === 0 ? image.height : image.width;
    const { before, behind } = edges[direction];
    const end = add(
      multiply(subtract(output[direction] ?? 1, 1), window.stride[direction]),
      window.kernel[direction],
    );
    const reached = maximum(0, subtract(end, add(size, before)));
    return {
      size: add(size, add(before, reached)),
      isPadded: compare(add(before, reached), 0) === 1,
      isBeyond: compare(reached, behind) === 1,
    };
  });
  const [rows, columns] = along;
  return {
    sizes: [rows?.size ?? 1, columns?.size ?? 1],
    isPadded: along.some(({ isPadded }) => isPadded),
    isBeyond: along.some(({ isBeyond }) => isBeyond),
  };
}

function isOneCell(shapes: readonly Shape[]): boolean {
  const { height, width } = imageAt(shapes);
  return equals(height, 1) === true && equals(width, 1) === true;
}
