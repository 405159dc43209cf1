import type { ParamType } from '../ops/params.js';
import { choice } from '../ops/types/choice.js';
import { listOf } from '../ops/types/list.js';
import { number } from '../ops/types/number.js';

/** What the images of each class count: `balanced`, or a list of one factor for each class. */
export type ClassWeights = 'balanced' | readonly number[];

const expected = '`balanced`, or a list of one number above 0 for each class';
const balanced = choice(['balanced']);
const factors = listOf(number({ above: 0 }), expected);

/** The type of the factors of classes. */
export const classWeights: ParamType<ClassWeights> = {
  name: 'class weights',
  expected,
  words: balanced.words,
  parse(value) {
    if (typeof value === 'object' && value.kind === 'list') return factors.parse(value);
    const word = balanced.parse(value);
    return word.ok ? word : { ...word, expected };
  },
  write: (weights) => (weights === 'balanced' ? weights : factors.write(weights)),
};
