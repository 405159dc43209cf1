import type { ParamType } from '../params.js';
import { fits, misfits } from './bounds.js';

/** One of a few words, which may stand among the arguments without the parameter's name. */
export function choice<const W extends string>(words: readonly W[]): ParamType<W> {
  const expected = alternatives(words);
  return {
    name: 'word',
    expected,
    words,
    parse(value) {
      if (typeof value !== 'object' || value.kind !== 'word') return misfits(expected, value);
      const word = words.find((candidate) => candidate === value.text);
      return word === undefined ? misfits(expected, value) : fits(word);
    },
    write: (word) => word,
  };
}

/** Words as a message offers them: `same`, `valid` or `full`. */
export function alternatives(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.at(-1) ?? '';
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(', ')} or ${last}`;
}
