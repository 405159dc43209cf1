import { failWith, problem, succeed, type Failure, type Outcome } from '../outcome.js';
import { bytesPerValue, lengthBytes, metadataKey } from './encode-safetensors.js';
import { readHeaderText, type HeaderField, type HeaderValue } from './header-text.js';
import type { WeightArray, Weights } from './weights.js';

/** A safetensors file that was read whole. */
export interface WeightFile {
  readonly weights: Weights;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Bytes of the longest header that is read: of a hundred thousand arrays. It takes twenty times as much while it is read. */
const maximumHeader = 2 ** 24;
const maximumRank = 8;
const maximumSize = 2 ** 31 - 1;

/**
 * Reads a safetensors file of float32 arrays strictly: every length is checked against the bytes that are there before
 * anything is made of it, the arrays must fill the rest of the file without gaps and overlaps, no name may stand twice.
 */
export function decodeSafetensors(bytes: Uint8Array): Outcome<WeightFile> {
  if (bytes.length < lengthBytes) {
    return refuse(
      `the file has ${String(bytes.length)} bytes, fewer than the 8 that hold the header's length`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const written = view.getBigUint64(0, true);
  const rest = bytes.length - lengthBytes;
  if (written > BigInt(rest)) {
    return refuse(`the header is said to have ${String(written)} bytes, but ${String(rest)} are there`);
  }
  if (written > BigInt(maximumHeader)) {
    return refuse(`the header is too long: limit ${String(maximumHeader)} bytes, got ${String(written)}`);
  }
  const headerLength = Number(written);
  const text = decodeText(bytes.subarray(lengthBytes, lengthBytes + headerLength));
  if (text === undefined) return refuse('the header is not UTF-8');
  if (!text.startsWith('{')) return refuse('the header does not begin with `{`');
  const header = readHeaderText(text);
  if (!header.ok) return refuse(`the header is broken at character ${String(header.at)}: ${header.why}`);
  if (header.value.kind !== 'object') return refuse('the header is not an object');

  const entries = readEntries(header.value.fields);
  if (!entries.ok) return entries;
  const start = lengthBytes + headerLength;
  const gap = findGap(entries.value.arrays, bytes.length - start);
  if (gap !== undefined) return refuse(gap);
  const weights = new Map(
    entries.value.arrays.map((entry) => [entry.name, readArray(view, start, entry)] as const),
  );
  const infinite = findNonFinite(weights);
  if (infinite !== undefined) return refuse(infinite);
  return succeed({ weights, metadata: entries.value.metadata });
}

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

interface Entries {
  readonly arrays: readonly Entry[];
  readonly metadata: ReadonlyMap<string, string>;
}

function readEntries(fields: readonly HeaderField[]): Outcome<Entries> {
  const twice = repeatedName(fields);
  if (twice !== undefined) return refuse(`the name ${show(twice)} stands twice in the header`);
  const arrays: Entry[] = [];
  let metadata: ReadonlyMap<string, string> = new Map();
  for (const { name, value } of fields) {
    if (name === metadataKey) {
      const read = readMetadata(value);
      if (read === undefined) return refuse(`${show(name)} is not an object of texts with different names`);
      metadata = read;
      continue;
    }
    const entry = readEntry(name, value);
    if (typeof entry === 'string') return refuse(`${show(name)} ${entry}`);
    arrays.push(entry);
  }
  return succeed({ arrays, metadata });
}

/** The entry of one array, or what is wrong with it. */
function readEntry(name: string, value: HeaderValue): Entry | string {
  if (value.kind !== 'object') return 'is not described by an object';
  const twice = repeatedName(value.fields);
  if (twice !== undefined) return `has the field ${show(twice)} twice`;
  const fields = new Map(value.fields.map((field) => [field.name, field.value]));
  const foreign = value.fields.find((field) => !['dtype', 'shape', 'data_offsets'].includes(field.name));
  if (foreign !== undefined) return `has a field ${show(foreign.name)} that the format doesn't know`;
  const type = fields.get('dtype');
  if (type?.kind !== 'text') return 'has no `dtype`';
  if (type.text !== 'F32') return `holds ${show(type.text)}, but only F32 is read`;
  const shape = readNumbers(fields.get('shape'));
  if (shape === undefined) return 'has no `shape` of whole numbers';
  const offsets = readNumbers(fields.get('data_offsets'));
  const [begin, end] = offsets ?? [];
  if (begin === undefined || end === undefined || offsets?.length !== 2) {
    return 'has no `data_offsets` of two whole numbers';
  }
  if (begin > end) return `ends at byte ${String(end)}, before it begins at byte ${String(begin)}`;
  if (shape.length > maximumRank)
    return `has ${String(shape.length)} sizes, more than ${String(maximumRank)}`;
  const large = shape.find((size) => size > maximumSize);
  if (large !== undefined) return `has a size of ${String(large)}, more than ${String(maximumSize)}`;
  // As whole numbers of any size: a product of sizes that wraps around could agree by chance.
  const needed = shape.reduce((product, size) => product * BigInt(size), BigInt(bytesPerValue));
  if (needed !== BigInt(end - begin)) {
    return `of ${show(shape.join('×'))} takes ${String(needed)} bytes, but ${String(end - begin)} are given`;
  }
  return { name, shape, begin, end };
}

/** Where the arrays leave bytes out, share some, or lead beyond the end. */
function findGap(arrays: readonly Entry[], length: number): string | undefined {
  let expected = 0;
  for (const { name, begin, end } of arrays.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== expected) {
      return `${show(name)} begins at byte ${String(begin)} of the values, but byte ${String(expected)} is next`;
    }
    if (end > length) {
      return `${show(name)} ends at byte ${String(end)} of the values, but there are only ${String(length)}`;
    }
    expected = end;
  }
  if (expected === length) return undefined;
  return `the arrays end at byte ${String(expected)} of the values, but there are ${String(length)}`;
}

function readArray(view: DataView, start: number, { shape, begin, end }: Entry): WeightArray {
  const values = new Float32Array((end - begin) / bytesPerValue);
  for (let place = 0; place < values.length; place += 1) {
    values[place] = view.getFloat32(start + begin + place * bytesPerValue, true);
  }
  return { shape, values };
}

/** Where the first value stands that is no number or has no end: one alone makes everything that is read wrong. */
function findNonFinite(weights: Weights): string | undefined {
  for (const [name, { shape, values }] of weights) {
    const place = values.findIndex((value) => !Number.isFinite(value));
    if (place < 0) continue;
    const where = shape.length === 0 ? '' : ` at [${indexOf(place, shape).join(', ')}]`;
    return `${show(name)} has the value ${String(values[place])}${where}`;
  }
  return undefined;
}

/** The index of a value in its array, one number a size. */
function indexOf(place: number, shape: readonly number[]): readonly number[] {
  let rest = place;
  const index: number[] = [];
  for (const size of shape.toReversed()) {
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return index;
}

function readNumbers(value: HeaderValue | undefined): readonly number[] | undefined {
  return value?.kind === 'array' ? value.items : undefined;
}

function readMetadata(value: HeaderValue): ReadonlyMap<string, string> | undefined {
  if (value.kind !== 'object' || repeatedName(value.fields) !== undefined) return undefined;
  const texts = value.fields.flatMap((field) =>
    field.value.kind === 'text' ? [[field.name, field.value.text] as const] : [],
  );
  return texts.length === value.fields.length ? new Map(texts) : undefined;
}

function repeatedName(fields: readonly HeaderField[]): string | undefined {
  const seen = new Set<string>();
  return fields.find(({ name }) => seen.size === seen.add(name).size)?.name;
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A text of a file of others, shortened. */
function show(text: string): string {
  return `\`${text.length > 80 ? `${text.slice(0, 80)}…` : text}\``;
}

function refuse(message: string): Failure {
  return failWith(problem('broken-weights', message));
}
