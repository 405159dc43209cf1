import { placeOf } from '../../../compiler/ops/types/axis.js';
import type { NodeOf } from '../../../compiler/ir/graph.js';
import type { Shape } from '../../../compiler/ops/op.js';
import { floorDivide, product, toNumber, type Exact } from '../../../compiler/values/exact.js';
import { tooHeavy } from '../../heavy-number.js';
import {
  named,
  only,
  openCount,
  permute as permuted,
  reshape as reshaped,
  written,
  type Call,
  type Lowering,
} from '../call.js';
import type { Tensor } from '../layer.js';
import { rescaled } from './activation.js';
import { customNote } from './custom.js';
import { cropped, padded } from './margins.js';
import { moveChannels, moveIntoChannels, moveOutOfChannels } from './moving.js';
import { reshapedTo, writtenSizes, type WrittenSizes } from './open-size.js';
import { slice as stretchOf } from './slice.js';

const movedByConvolution = 'a convolution that moves values and never changes';

/** The tensor that a model is given. */
export const input: Lowering<'input'> = ({ shape }, call) => {
  const sizes = [undefined, ...shape.map(written)];
  return call.add(
    named('InputLayer', undefined, { batch_input_shape: sizes, dtype: 'float32', sparse: false }, shape),
  );
};

/** What passes through: nothing is written for it. */
export const identity: Lowering<'identity'> = (_node, call) => only(call);

/** Dropout, which acts in training only. */
export const dropout: Lowering<'dropout'> = ({ args, shape }, call) =>
  call.add(named('Dropout', undefined, { rate: args.rate }, shape), only(call));

/** All values in one row. */
export const flatten: Lowering<'flatten'> = ({ shape }, call) => {
  const x = only(call);
  if (x.shape.length === 1) return x;
  return openCount(x.shape) === 0
    ? call.add(named('Flatten', undefined, {}, shape), x)
    : reshaped(call, undefined, x, shape);
};

/** The same values with other sizes. */
export const reshape: Lowering<'reshape'> = ({ shape }, call) =>
  tooHeavy(openCount(shape) > 1 ? shape : [], 53) ?? reshapedTo(call, undefined, only(call), shape);

/** The dimensions in another order. */
export const permute: Lowering<'permute'> = ({ args }, call) =>
  permuted(call, undefined, only(call), args.order);

/** Cells around an image; other values than zero are shifted to it and back. */
export const pad: Lowering<'pad'> = ({ args }, call) => {
  const { cells, value } = args;
  const x = only(call);
  if (value === 0) return padded(call, undefined, x, cells);
  call.note('zeros around values that are shifted there and back');
  const shifted = rescaled(call, 'shift', x, { offset: -value });
  return rescaled(call, undefined, padded(call, 'zeros', shifted, cells), { offset: value });
};

/** An image without the cells at its sides. */
export const crop: Lowering<'crop'> = ({ args }, call) => cropped(call, undefined, only(call), args.cells);

/** A larger image. */
export const upsample: Lowering<'upsample'> = ({ args, shape }, call) => {
  const { factor, mode } = args;
  if (mode === 'nearest' && isExact(factor)) return repeated(call, factor, shape);
  return resized(call, { factor, interpolation: mode }, shape);
};

/** An image of a given size. */
export const resize: Lowering<'resize'> = ({ args, shape }, call) => {
  const [height, width] = [written(shape[0] ?? 1), written(shape[1] ?? 1)];
  const [rows, columns] = only(call).shape.map(written);
  if (height === undefined || width === undefined) {
    const { sizes: size, ...open } = writtenSizes(call, shape.slice(0, 2));
    return tooHeavy(shape, 53) ?? resized(call, { size, interpolation: args.mode }, shape, open);
  }
  const factor = [height / (rows ?? Number.NaN), width / (columns ?? Number.NaN)] as const;
  if (args.mode === 'nearest' && isExact(factor)) return repeated(call, factor, shape);
  return resized(call, { size: [height, width], interpolation: args.mode }, shape);
};

/** A stretch of one dimension. */
export const slice: Lowering<'slice'> = ({ args, shape }, call) => {
  const x = only(call);
  const place = placeOf(args.axis, x.shape) ?? 0;
  const { from, to } = args.range;
  const size = x.shape[place];
  const isKnown = typeof from === 'number' && typeof to === 'number' && typeof size === 'number';
  const isTooOpen = openCount(x.shape) > 1 && (place !== 2 || x.shape.length !== 3);
  if (isKnown && !isTooOpen) return stretchOf(call, 'kept', x, { place, from, to });
  const heavy = tooHeavy([from, to], 53);
  if (heavy !== undefined) return heavy;
  const { sizes, sources, inputs } = writtenSizes(call, [from, to]);
  call.note(customNote('CnncSlice'));
  const config = { place: place + 1, from: sizes[0], to: sizes[1], sources };
  return call.add(named('CnncSlice', undefined, config, shape), x, ...inputs);
};

/** Channels of several groups, interleaved. */
export const shuffle: Lowering<'shuffle'> = (node, call) => {
  const { groups } = node.args;
  const { shape } = node;
  const [rows, channels] = rowsAndChannels(shape);
  if (isOpenImage(shape)) {
    call.note(movedByConvolution);
    const count = toNumber(channels);
    const from = Array.from(
      { length: count },
      (_, place) => (place % groups) * (count / groups) + Math.floor(place / groups),
    );
    return moveChannels(call, only(call), from, { shape });
  }
  const split = [rows, groups, floorDivide(channels, groups)];
  return turned(node, call, { split, order: [0, 2, 1] });
};

/** Channels laid out as pixels. */
export const depthToSpace: Lowering<'depth_to_space'> = (node, call) => {
  const { block } = node.args;
  const x = only(call);
  if (isOpenImage(x.shape)) {
    call.note(movedByConvolution);
    return moveOutOfChannels(call, x, block, { shape: node.shape });
  }
  const [height = 1, width = 1, channels = 1] = x.shape;
  const split = [height, width, block, floorDivide(channels, block)];
  return turned(node, call, { split, order: [0, 2, 1, 3] });
};

/** Pixels stacked into channels. */
export const spaceToDepth: Lowering<'space_to_depth'> = (node, call) => {
  const { block } = node.args;
  if (isOpenImage(node.shape)) {
    call.note(movedByConvolution);
    return moveIntoChannels(call, only(call), block, { shape: node.shape });
  }
  const [height = 1, width = 1, channels = 1] = node.shape;
  const split = [height, block, width, floorDivide(channels, block)];
  return turned(node, call, { split, order: [0, 2, 1, 3] });
};

/** Sees values with other sizes, exchanges dimensions, and sees them as the node gives them. */
function turned(
  { shape }: Pick<NodeOf<'shuffle'>, 'shape'>,
  call: Call,
  { split, order }: { readonly split: Shape; readonly order: readonly number[] },
): Tensor {
  call.note('an exchange of dimensions between two reshapes');
  const seen = reshaped(call, 'split', only(call), split);
  return reshapedTo(call, undefined, permuted(call, 'turn', seen, order), shape);
}

/** Whether both height and width of an image are open. */
function isOpenImage(shape: Shape): boolean {
  return shape.length === 3 && openCount(shape) > 1;
}

function rowsAndChannels(shape: Shape): readonly [Exact, Exact] {
  return [product(shape.slice(0, -1)), shape.at(-1) ?? 1];
}

/** UpSampling2D multiplies a place by the rounded inverse of the factor, which falls below whole numbers from 41 on. */
function isExact(factor: readonly number[]): boolean {
  return factor.every((times) => Number.isInteger(times) && times <= 32);
}

function repeated(call: Call, factor: readonly number[], shape: Shape): Tensor {
  if (factor.some((times) => times > 1))
    call.warnOfGradient('the gradient of `UpSampling2D` is wrong on the cpu engine, and wasm has none');
  return call.add(
    named('UpSampling2D', undefined, { size: factor, interpolation: 'nearest' }, shape),
    only(call),
  );
}

function resized(
  call: Call,
  config: Parameters<typeof named>[2],
  shape: Shape,
  { sources, inputs }: Omit<WrittenSizes, 'sizes'> = { sources: [], inputs: [] },
): Tensor {
  call.note(customNote('CnncResize'));
  const whole = sources.length === 0 ? config : { ...config, sources };
  return call.add(named('CnncResize', undefined, whole, shape), only(call), ...inputs);
}
