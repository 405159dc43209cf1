import type { OpKind } from '../../../compiler/ops/registry.js';
import type { Interpolation } from '../../../compiler/ops/interpolation.js';
import { placeOf } from '../../../compiler/ops/types/axis.js';
import { equals, isOpen, subtract, toNumber } from '../../../compiler/values/exact.js';
import { tooHeavy } from '../../heavy-number.js';
import { boolean, integer, sizes, type, word } from '../attributes.js';
import { only, written, type Call, type Lowering } from '../call.js';
import type { Tensor } from '../operation.js';
import { padded } from './margins.js';
import {
  calculate,
  everyNth,
  reshaped,
  reshapedLike,
  shapeTensor,
  sizesRow,
  stretch,
  stridedSlice,
} from './sizes.js';

/** The tensor that a model is given. */
export const input: Lowering<'input'> = ({ shape }, call) =>
  call.add('Placeholder', [], { dtype: type('DT_FLOAT'), shape: sizes([-1, ...shape.map(written)]) });

/** What passes through: nothing is written for it. */
export const same: Lowering<OpKind> = (_node, call) => only(call);

/** The same values with other sizes. */
export const reshape: Lowering<OpKind> = ({ shape }, call) =>
  tooHeavy(shape, 31) ?? reshaped(call, only(call), shape);

/** The dimensions in another order. */
export const permute: Lowering<'permute'> = ({ args }, call) =>
  transposed(call, only(call), [0, ...args.order.map((place) => place + 1)]);

/** Cells around an image. */
export const pad: Lowering<'pad'> = ({ args }, call) => padded(call, only(call), args.cells, args.value);

/** An image without the cells at its sides. */
export const crop: Lowering<'crop'> = ({ args }, call) => {
  const { top, bottom, left, right } = args.cells;
  const begin = [0, top, left, 0];
  const end = [0, -bottom, -right, 0];
  return stridedSlice(call, only(call), { begin, end, stride: [1, 1, 1, 1] });
};

/** A larger image. */
export const upsample: Lowering<'upsample'> = ({ args, shape }, call) => {
  const x = only(call);
  const [rows = 1, columns = 1] = shape;
  const size =
    isOpen(rows) || isOpen(columns)
      ? calculate(call, 'Mul', stretch(call, shapeTensor(call, x), 1, 2), args.factor)
      : call.integers([toNumber(rows), toNumber(columns)]);
  return interpolated(call, x, size, args.mode);
};

/** An image of a given size; an open one is taken from images that have it, or computed. */
export const resize: Lowering<'resize'> = ({ args, shape }, call) => {
  const [rows = 1, columns = 1] = shape;
  if (!isOpen(rows) && !isOpen(columns))
    return interpolated(call, only(call), call.integers([toNumber(rows), toNumber(columns)]), args.mode);
  const model = call.imagesOf(rows, columns);
  if (model !== undefined)
    return interpolated(call, only(call), stretch(call, shapeTensor(call, model), 1, 2), args.mode);
  const size = [rows, columns];
  return tooHeavy(size, 31) ?? interpolated(call, only(call), sizesRow(call, size), args.mode);
};

/** A stretch of one dimension. */
export const slice: Lowering<'slice'> = ({ args }, call) => {
  const x = only(call);
  const place = placeOf(args.axis, x.shape) ?? 0;
  const { from, to } = args.range;
  const toTheEnd = equals(to, x.shape[place] ?? -1) === true;
  const count = toTheEnd ? -1 : subtract(to, from);
  const begin = [0, ...x.shape.map((_, at) => (at === place ? from : 0))];
  const lengths = [-1, ...x.shape.map((_, at) => (at === place ? count : -1))];
  const heavy = tooHeavy([...begin, ...lengths], 31);
  if (heavy !== undefined) return heavy;
  return call.add('Slice', [x, sizesRow(call, begin), sizesRow(call, lengths)], { Index: type('DT_INT32') });
};

/** Channels of several groups, interleaved. */
export const shuffle: Lowering<'shuffle'> = ({ args, shape }, call) => {
  const x = only(call);
  const channels = toNumber(shape.at(-1) ?? 1);
  const split = call.add('Reshape', [x, call.integers([-1, args.groups, channels / args.groups])]);
  const turned = transposed(call, split, [0, 2, 1]);
  return shape.some(isOpen) ? reshapedLike(call, turned, x) : reshaped(call, turned, shape);
};

/** Channels laid out as pixels. */
export const depthToSpace: Lowering<'depth_to_space'> = ({ args: { block } }, call) => {
  const x = only(call);
  // Blocks of one pixel are refused by TensorFlow.js.
  if (block === 1) return x;
  return call.add('DepthToSpace', [x], { block_size: integer(block), data_format: word('NHWC') });
};

/** Pixels stacked into channels: by an exchange of dimensions, or cell by cell of the block where sizes are open. */
export const spaceToDepth: Lowering<'space_to_depth'> = ({ args, shape }, call) => {
  const { block } = args;
  const x = only(call);
  const [, columns = 1, channels = 1] = shape;
  if (!shape.some(isOpen)) {
    const cells = [-1, block, toNumber(columns), toNumber(channels) / block];
    const split = call.add('Reshape', [x, call.integers(cells)]);
    return reshaped(call, transposed(call, split, [0, 2, 1, 3]), shape);
  }
  const places = Array.from({ length: block }, (_, place) => place);
  const parts = places.flatMap((row) =>
    places.map((column) => everyNth(call, x, [block, block], [row, column])),
  );
  return call.add('ConcatV2', [...parts, call.integers([3], [])], { N: integer(parts.length) });
};

function transposed(call: Call, x: Tensor, order: readonly number[]): Tensor {
  return call.add('Transpose', [x, call.integers(order)]);
}

/** Images of another height and width, with half-pixel centres. */
function interpolated(call: Call, x: Tensor, size: Tensor, mode: Interpolation): Tensor {
  const op = mode === 'bilinear' ? 'ResizeBilinear' : 'ResizeNearestNeighbor';
  return call.add(op, [x, size], { align_corners: boolean(false), half_pixel_centers: boolean(true) });
}
