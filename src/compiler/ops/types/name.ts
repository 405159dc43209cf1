import type { ParamType } from '../params.js';
import { fits, misfits } from './bounds.js';

const expected = 'a name';

/** A name that the user gives to a tensor. */
export const name: ParamType<string> = {
  name: 'name',
  expected,
  words: [],
  parse: (value) =>
    typeof value === 'object' && value.kind === 'word' ? fits(value.text) : misfits(expected, value),
  write: (text) => text,
};
