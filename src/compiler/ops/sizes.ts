import { isOpen, openSizes, product, type Exact } from '../values/exact.js';
import { complain, type Complaint } from './complaint.js';
import { openSizeNeeded, wrongRank } from './problems/shapes.js';
import { shapeText, type Shape } from './shape.js';

/** The sizes of a tensor with rows and columns. */
export interface Image {
  readonly height: Exact;
  readonly width: Exact;
  readonly channels: Exact;
}

/** The shape that arrives at a layer with one input. Another number of inputs is our mistake: the arity was checked. */
export function only(inputs: readonly Shape[]): Shape {
  const [shape] = inputs;
  if (shape === undefined || inputs.length !== 1)
    throw new Error(`one input expected, ${String(inputs.length)} given`);
  return shape;
}

/** Reads a shape as an image, or complains about its rank. */
export function imageOf(layer: string, shape: Shape): Image | Complaint {
  const [height, width, channels] = shape;
  if (height === undefined || width === undefined || channels === undefined || shape.length !== 3) {
    const expected = 'images, height × width × channels';
    return complain(wrongRank, { layer, expected, shape, advice: adviceFor(layer, shape) });
  }
  return { height, width, channels };
}

/** The image that arrives at a layer with one input whose shape was inferred before; another rank is our mistake. */
export function imageAt(inputs: readonly Shape[]): Image {
  const [height, width, channels] = only(inputs);
  if (height === undefined || width === undefined || channels === undefined)
    throw new Error('no image arrives');
  return { height, width, channels };
}

/** The last size of a shape, which counts channels or features. */
export function channelsOf(shape: Shape): Exact {
  const channels = shape.at(-1);
  if (channels === undefined) throw new Error('a tensor has at least one size');
  return channels;
}

/** A size as a number, or a complaint that names the open sizes it waits for. */
export function known(layer: string, what: string, value: Exact, advice?: string): number | Complaint {
  // A closed size is a number, since every shape is within the limits.
  return typeof value === 'number' ? value : waiting(layer, what, value, advice);
}

/** A complaint about a number that depends on open sizes. */
export function waiting(layer: string, what: string, value: Exact, advice?: string): Complaint {
  const waitsFor = isOpen(value) ? openSizes(value) : [];
  return complain(openSizeNeeded, { layer, what, value, waitsFor, advice });
}

/** How many values a tensor of this shape holds. */
export function countOf(shape: Shape): Exact {
  return product(shape);
}

function adviceFor(layer: string, shape: Shape): string {
  return shape.length === 1
    ? `put \`${layer}\` before the layer that leaves only features, or make an image of them: \`reshape [1, 1, ${shapeText(shape)}]\``
    : 'make an image of it with `reshape`';
}
