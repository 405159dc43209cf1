import { succeed, type Outcome } from '../outcome.js';
import { complaintOfShape, findNonFinite } from './array-checks.js';
import { lengthBytes, metadataKey } from './encode-safetensors.js';
import {
  isObject,
  readJson,
  repeatedName,
  wholeNumbersOf,
  type JsonField,
  type JsonValue,
} from './json-text.js';
import { bytesOf, readNumbers, roundingNote, type NumberType } from './number-types.js';
import { decodeUtf8 } from './text-bytes.js';
import { refuseWeights, showText, type WeightFile } from './weight-file.js';
import type { WeightArray } from './weights.js';

/** Bytes of the longest header that is read: of a hundred thousand arrays. */
const maximumHeader = 2 ** 24;

/** How deep the headers of the format go: the whole, an array's entry, its list. */
const headerDepth = 3;

/**
 * Reads a safetensors file strictly: every length is checked against the bytes that are there before anything is made of
 * it, the arrays must fill the rest of the file without gaps and overlaps, no name may stand twice.
 */
export function decodeSafetensors(bytes: Uint8Array): Outcome<WeightFile> {
  if (bytes.length < lengthBytes) {
    return refuseWeights(
      `the file has ${String(bytes.length)} bytes, fewer than the 8 that hold the header's length`,
    );
  }
  const written = new DataView(bytes.buffer, bytes.byteOffset, lengthBytes).getBigUint64(0, true);
  const rest = bytes.length - lengthBytes;
  if (written > BigInt(rest)) {
    return refuseWeights(
      `the header is said to have ${String(written)} bytes, but ${String(rest)} are there`,
    );
  }
  if (written > BigInt(maximumHeader)) {
    return refuseWeights(
      `the header is too long: limit ${String(maximumHeader)} bytes, got ${String(written)}`,
    );
  }
  const start = lengthBytes + Number(written);
  const text = decodeUtf8(bytes.subarray(lengthBytes, start));
  if (text === undefined) return refuseWeights('the header is not UTF-8');
  if (!text.startsWith('{')) return refuseWeights('the header does not begin with `{`');
  const header = readJson(text, { maximumDepth: headerDepth });
  if (!header.ok) {
    return refuseWeights(`the header is broken at character ${String(header.at)}: ${header.why}`);
  }
  if (!isObject(header.value)) return refuseWeights('the header is not an object');

  const entries = readEntries(header.value.fields);
  if (!entries.ok) return entries;
  const gap = findGap(entries.value.arrays, bytes.length - start);
  if (gap !== undefined) return refuseWeights(gap);
  const { weights, notes } = readArrays(bytes.subarray(start), entries.value.arrays);
  const infinite = findNonFinite(weights);
  if (infinite !== undefined) return refuseWeights(infinite);
  const stored = new Map(
    entries.value.arrays.map(({ name, written: type, begin, end }) => [name, { type, bytes: end - begin }]),
  );
  return succeed({ format: 'safetensors', weights, stored, metadata: entries.value.metadata, notes });
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: NumberType;
  /** The type as the file writes it. */
  readonly written: string;
  readonly begin: number;
  readonly end: number;
}

interface Entries {
  readonly arrays: readonly Entry[];
  readonly metadata: ReadonlyMap<string, string>;
}

const types: ReadonlyMap<string, NumberType> = new Map([
  ['F64', 'float64'],
  ['F32', 'float32'],
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['I64', 'int64'],
  ['I32', 'int32'],
  ['I16', 'int16'],
  ['I8', 'int8'],
  ['U64', 'uint64'],
  ['U32', 'uint32'],
  ['U16', 'uint16'],
  ['U8', 'uint8'],
  ['BOOL', 'bool'],
]);

function readEntries(fields: readonly JsonField[]): Outcome<Entries> {
  const twice = repeatedName(fields);
  if (twice !== undefined) return refuseWeights(`the name ${showText(twice)} stands twice in the header`);
  const arrays: Entry[] = [];
  let metadata: ReadonlyMap<string, string> = new Map();
  for (const { name, value } of fields) {
    if (name === metadataKey) {
      const read = readMetadata(value);
      if (read === undefined)
        return refuseWeights(`${showText(name)} is not an object of texts with different names`);
      metadata = read;
      continue;
    }
    const entry = readEntry(name, value);
    if (typeof entry === 'string') return refuseWeights(`${showText(name)} ${entry}`);
    arrays.push(entry);
  }
  return succeed({ arrays, metadata });
}

/** The entry of one array, or what is wrong with it. */
function readEntry(name: string, value: JsonValue): Entry | string {
  if (!isObject(value)) return 'is not described by an object';
  const twice = repeatedName(value.fields);
  if (twice !== undefined) return `has the field ${showText(twice)} twice`;
  const fields = new Map(value.fields.map((field) => [field.name, field.value]));
  const foreign = value.fields.find((field) => !['dtype', 'shape', 'data_offsets'].includes(field.name));
  if (foreign !== undefined) return `has a field ${showText(foreign.name)} that the format doesn't know`;
  const written = fields.get('dtype');
  if (typeof written !== 'string') return 'has no `dtype`';
  const type = types.get(written);
  if (type === undefined)
    return `holds ${showText(written)}, which isn't read: ${[...types.keys()].join(', ')} are`;
  const shape = wholeNumbersOf(fields.get('shape'));
  if (shape === undefined) return 'has no `shape` of whole numbers';
  const offsets = wholeNumbersOf(fields.get('data_offsets'));
  const [begin, end] = offsets ?? [];
  if (begin === undefined || end === undefined || offsets?.length !== 2) {
    return 'has no `data_offsets` of two whole numbers';
  }
  if (begin > end) return `ends at byte ${String(end)}, before it begins at byte ${String(begin)}`;
  return complaintOfShape(shape, bytesOf[type], end - begin) ?? { name, shape, type, written, begin, end };
}

/** Where the arrays leave bytes out, share some, or lead beyond the end. */
function findGap(arrays: readonly Entry[], length: number): string | undefined {
  let expected = 0;
  for (const { name, begin, end } of arrays.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== expected) {
      return `${showText(name)} begins at byte ${String(begin)} of the values, but byte ${String(expected)} is next`;
    }
    if (end > length) {
      return `${showText(name)} ends at byte ${String(end)} of the values, but there are only ${String(length)}`;
    }
    expected = end;
  }
  if (expected === length) return undefined;
  return `the arrays end at byte ${String(expected)} of the values, but there are ${String(length)}`;
}

function readArrays(bytes: Uint8Array, arrays: readonly Entry[]): Pick<WeightFile, 'weights' | 'notes'> {
  const weights = new Map<string, WeightArray>();
  const notes: string[] = [];
  for (const { name, shape, type, written, begin, end } of arrays) {
    const { values, rounded } = readNumbers(bytes.subarray(begin, end), type);
    weights.set(name, { shape, values });
    notes.push(...roundingNote(showText(name), written, rounded));
  }
  return { weights, notes };
}

function readMetadata(value: JsonValue): ReadonlyMap<string, string> | undefined {
  if (!isObject(value) || repeatedName(value.fields) !== undefined) return undefined;
  const texts = value.fields.flatMap((field) =>
    typeof field.value === 'string' ? [[field.name, field.value] as const] : [],
  );
  return texts.length === value.fields.length ? new Map(texts) : undefined;
}
