import type { NumberType } from '../number-types.js';
import { byteAt, refuse, shortAt, wordAt, type Hdf5File } from './file.js';

/** The type of the values of a dataset or an attribute. */
export type Datatype =
  | {
      readonly kind: 'number';
      readonly type: NumberType;
      readonly littleEndian: boolean;
      readonly size: number;
    }
  /** A text of fixed length, filled up with zeros or blanks. */
  | { readonly kind: 'text'; readonly size: number }
  | { readonly kind: 'other'; readonly size: number };

/** Reads a datatype message (HDF5 File Format Specification 3.0, IV.A.2.d). */
export function datatypeAt(file: Hdf5File, at: number): Datatype {
  const kind = byteAt(file, at) % 16;
  const bits = byteAt(file, at + 1);
  const size = wordAt(file, at + 4);
  const littleEndian = (bits & 1) === 0;
  if (kind === 3) return { kind: 'text', size };
  const type = numberType(file, at, { kind, bits, size });
  return type === undefined ? { kind: 'other', size } : { kind: 'number', type, littleEndian, size };
}

function numberType(
  file: Hdf5File,
  at: number,
  { kind, bits, size }: { readonly kind: number; readonly bits: number; readonly size: number },
): NumberType | undefined {
  if (kind === 0) return wholeType(file, at, bits, size);
  return kind === 1 ? floatType(file, at, size) : undefined;
}

const wholeTypes: ReadonlyMap<string, NumberType> = new Map([
  ['signed 1', 'int8'],
  ['signed 2', 'int16'],
  ['signed 4', 'int32'],
  ['signed 8', 'int64'],
  ['unsigned 1', 'uint8'],
  ['unsigned 2', 'uint16'],
  ['unsigned 4', 'uint32'],
  ['unsigned 8', 'uint64'],
]);

function wholeType(file: Hdf5File, at: number, bits: number, size: number): NumberType | undefined {
  if (shortAt(file, at + 8) !== 0 || shortAt(file, at + 10) !== 8 * size) return undefined;
  return wholeTypes.get(`${(bits & 8) === 0 ? 'unsigned' : 'signed'} ${String(size)}`);
}

/** The formats of IEEE 754, told by bytes, bits of exponent and of fraction; and the upper half of one. */
const floatTypes: ReadonlyMap<string, NumberType> = new Map([
  ['2 5 10', 'float16'],
  ['2 8 7', 'bfloat16'],
  ['4 8 23', 'float32'],
  ['8 11 52', 'float64'],
]);

function floatType(file: Hdf5File, at: number, size: number): NumberType | undefined {
  const [exponent, fraction] = [byteAt(file, at + 13), byteAt(file, at + 15)];
  return floatTypes.get([size, exponent, fraction].join(' '));
}

/** The sizes of a dataspace message; no sizes for a single value, `undefined` for none at all. */
export function dataspaceAt(file: Hdf5File, at: number): readonly number[] | undefined {
  const version = byteAt(file, at);
  if (version !== 1 && version !== 2) refuse(`a dataspace has version ${String(version)}, which isn't read`);
  if (version === 2 && byteAt(file, at + 3) === 2) return undefined;
  const rank = byteAt(file, at + 1);
  if (rank > 32) refuse(`an array has ${String(rank)} sizes`);
  const begin = at + (version === 1 ? 8 : 4);
  return Array.from({ length: rank }, (_, place) => {
    const high = wordAt(file, begin + 8 * place + 4);
    const low = wordAt(file, begin + 8 * place);
    if (high !== 0 || low > 2 ** 31 - 1) refuse(`an array has a size of more than ${String(2 ** 31 - 1)}`);
    return low;
  });
}
