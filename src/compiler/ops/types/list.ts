import type { ParamType } from '../params.js';
import { fits, misfits } from './bounds.js';

/** A list of values of one type; a single value is a list of one. */
export function listOf<T>(item: ParamType<T>, expected: string): ParamType<readonly T[]> {
  return {
    name: `list of ${item.name}s`,
    expected,
    words: [],
    parse(value) {
      const values = typeof value === 'object' && value.kind === 'list' ? value.items : [value];
      const parsed = values.flatMap((one) => {
        const result = item.parse(one);
        return result.ok ? [result.value] : [];
      });
      return parsed.length < values.length || values.length === 0 ? misfits(expected, value) : fits(parsed);
    },
    write: (list) => `[${list.map((one) => item.write(one)).join(', ')}]`,
  };
}
