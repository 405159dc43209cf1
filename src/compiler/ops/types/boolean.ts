import type { ParamType } from '../params.js';
import { fits, misfits } from './bounds.js';

const expected = '`true` or `false`';

/** `true` or `false`. */
export const boolean: ParamType<boolean> = {
  name: 'boolean',
  expected,
  words: [],
  parse: (value) => (typeof value === 'boolean' ? fits(value) : misfits(expected, value)),
  write: String,
};
