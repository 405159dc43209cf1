import type { ParamType } from '../params.js';
import { maximumRank } from '../limits.js';
import type { Shape } from '../shape.js';
import { fits, misfits } from './bounds.js';

/** A dimension by its name in an image, or by its place counted from 0. */
export type Axis = 'height' | 'width' | 'channels' | number;

const words = ['channels', 'height', 'width'] as const;
const expected = '`channels`, `height`, `width`, or the place of a dimension counted from 0';

/** `channels` (the last dimension), `height`, `width`, or a place counted from 0. */
export const axis: ParamType<Axis> = {
  name: 'axis',
  expected,
  words,
  parse(value) {
    if (typeof value === 'number' && value >= 0 && value < maximumRank) return fits(value);
    const text = typeof value === 'object' && value.kind === 'word' ? value.text : undefined;
    const word = words.find((candidate) => candidate === text);
    return word === undefined ? misfits(expected, value) : fits(word);
  },
  write: String,
};

/** The place of an axis in a shape, or `undefined` where the shape hasn't got it: only images have height and width. */
export function placeOf(wanted: Axis, shape: Shape): number | undefined {
  if (typeof wanted === 'number') return wanted < shape.length ? wanted : undefined;
  if (wanted === 'channels') return shape.length === 0 ? undefined : shape.length - 1;
  if (shape.length !== 3) return undefined;
  return wanted === 'height' ? 0 : 1;
}
