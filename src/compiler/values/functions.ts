import {
  absolute,
  ceil,
  compare,
  floor,
  maximum,
  minimum,
  modulo,
  round,
  add,
  subtract,
  type Exact,
} from './exact.js';
import { isNumber } from './kinds.js';
import { listOf, type Value } from './value.js';

/** What a function made of its arguments: a value, or why it has none. */
export type Applied =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly why: string };

/** A function of the language. */
export interface BuiltinFunction {
  /** As documents and messages show it: `mod(a, b)`. */
  readonly signature: string;
  readonly summary: string;
  readonly apply: (values: readonly Value[]) => Applied;
}

/** The longest list that `range` makes. */
const maximumRange = 1_000_000;

/** The functions of the language by name. */
export const builtinFunctions: ReadonlyMap<string, BuiltinFunction> = new Map<string, BuiltinFunction>([
  ['floor', ofOne('floor(x)', 'the largest whole number that is not above x', floor)],
  ['ceil', ofOne('ceil(x)', 'the smallest whole number that is not below x', ceil)],
  ['round', ofOne('round(x)', 'the nearest whole number; halves go up', round)],
  ['abs', ofOne('abs(x)', 'x without its sign', absolute)],
  ['min', ofMany('min(a, b, …)', 'the smallest of several numbers, or of a list', minimum)],
  ['max', ofMany('max(a, b, …)', 'the largest of several numbers, or of a list', maximum)],
  ['sum', ofMany('sum(xs)', 'the sum of a list, or of several numbers', add, 0)],
  [
    'mod',
    {
      signature: 'mod(a, b)',
      summary: 'what remains of a when b is taken away as often as it goes: a - b × floor(a / b)',
      apply: ([a, b, ...rest]) => {
        if (a === undefined || b === undefined || rest.length > 0) return failed('takes two numbers');
        if (!isNumber(a) || !isNumber(b)) return failed('takes two numbers');
        const value = modulo(a, b);
        return value === undefined ? failed('can’t divide by 0') : done(value);
      },
    },
  ],
  [
    'len',
    {
      signature: 'len(xs)',
      summary: 'how many items a list has',
      apply: ([list, ...rest]) => {
        if (typeof list !== 'object' || list.kind !== 'list' || rest.length > 0)
          return failed('takes one list');
        return done(list.items.length);
      },
    },
  ],
  [
    'range',
    {
      signature: 'range(n), range(a, b)',
      summary: 'the whole numbers from 0, or from a, up to but without n or b',
      apply: range,
    },
  ],
]);

function done(value: Value): Applied {
  return { ok: true, value };
}

function failed(why: string): Applied {
  return { ok: false, why };
}

function ofOne(signature: string, summary: string, apply: (x: Exact) => Exact): BuiltinFunction {
  return {
    signature,
    summary,
    apply: ([x, ...rest]) =>
      x === undefined || !isNumber(x) || rest.length > 0 ? failed('takes one number') : done(apply(x)),
  };
}

function ofMany(
  signature: string,
  summary: string,
  join: (a: Exact, b: Exact) => Exact,
  ofNone?: Exact,
): BuiltinFunction {
  return {
    signature,
    summary,
    apply: (values) => {
      const [first] = values;
      const isList = values.length === 1 && typeof first === 'object' && first.kind === 'list';
      const items = isList ? first.items : values;
      const [head, ...tail] = items;
      if (head === undefined) return ofNone === undefined ? failed('takes one number or more') : done(ofNone);
      if (!isNumber(head)) return failed('takes numbers');
      let total = head;
      for (const item of tail) {
        if (!isNumber(item)) return failed('takes numbers');
        total = join(total, item);
      }
      return done(total);
    },
  };
}

function range(values: readonly Value[]): Applied {
  const [first, second, ...rest] = values;
  if (rest.length > 0 || typeof first !== 'number' || !(second === undefined || typeof second === 'number')) {
    return failed('takes one or two whole numbers');
  }
  const from = second === undefined ? 0 : first;
  const to = second ?? first;
  const length = subtract(to, from);
  if (compare(length, maximumRange) === 1) return failed(`makes at most ${String(maximumRange)} numbers`);
  return done(listOf(Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place)));
}
