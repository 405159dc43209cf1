import { toNumber } from '../../values/exact.js';
import { isNumber } from '../../values/kinds.js';
import type { ListValue } from '../../values/value.js';
import type { Initializer } from '../op.js';
import type { Parsed, ParamType } from '../params.js';
import { fits, misfits } from './bounds.js';
import { alternatives } from './choice.js';

const names = [
  'glorot_uniform',
  'glorot_normal',
  'he_uniform',
  'he_normal',
  'lecun_uniform',
  'lecun_normal',
  'zeros',
  'ones',
] as const satisfies readonly Initializer[];

const expected = `${alternatives(names)}, a number, or \`(mean, deviation)\` of a normal distribution`;

/** How weights start: a word that names a distribution, a number for all of them, or mean and deviation of a normal one. */
export const initializer: ParamType<Initializer> = {
  name: 'initializer',
  expected,
  words: names,
  parse(value) {
    if (isNumber(value)) {
      const constant = toNumber(value);
      return Number.isFinite(constant)
        ? fits({ kind: 'constant', value: constant })
        : misfits(expected, value);
    }
    if (typeof value === 'object' && value.kind === 'list') return readNormal(value);
    const word = typeof value === 'object' && value.kind === 'word' ? value.text : undefined;
    const name = names.find((candidate) => candidate === word);
    return name === undefined ? misfits(expected, value) : fits(name);
  },
  write: writeInitializer,
};

function readNormal(value: ListValue): Parsed<Initializer> {
  const [mean, deviation] = value.items.map((item) => (isNumber(item) ? toNumber(item) : Number.NaN));
  if (value.items.length !== 2 || mean === undefined || deviation === undefined)
    return misfits(expected, value);
  if (!Number.isFinite(mean) || !Number.isFinite(deviation) || deviation < 0) return misfits(expected, value);
  return fits({ kind: 'normal', mean, deviation });
}

function writeInitializer(value: Initializer): string {
  if (typeof value === 'string') return value;
  switch (value.kind) {
    case 'constant':
      return String(value.value);
    case 'normal':
      return `(${String(value.mean)}, ${String(value.deviation)})`;
    default: {
      const never: never = value;
      return never;
    }
  }
}
