import { inflateSync } from 'fflate';
import { readNumbers, type ReadNumbers } from '../number-types.js';
import { take, type Extent } from './extent.js';
import {
  byteAt,
  bytesAt,
  expectOnce,
  longAt,
  placeAt,
  refuse,
  shortAt,
  wordAt,
  type Hdf5File,
} from './file.js';
import { filtersAt, type Filter } from './filters.js';
import type { Message } from './object-header.js';

/** No chunk takes more bytes, in the file or as float32: those that libraries choose by themselves have a sixteenth of it at the most. */
const maximumChunk = 2 ** 24;

/** Reads an array that lies in chunks, found by a B-tree of version 1; each chunk must be there once. */
export function readChunks(
  file: Hdf5File,
  layout: number,
  extent: Extent,
  filters: Message | undefined,
): ReadNumbers {
  const { shape, datatype } = extent;
  const rank = byteAt(file, layout + 2) - 1;
  if (rank !== shape.length)
    refuse(`its chunks have ${String(rank)} sizes, and it has ${String(shape.length)}`);
  const count = shape.reduce((product, size) => product * size, 1);
  if (count === 0) return { values: new Float32Array(), rounded: 0 };
  const chunk = shape.map((_, place) => wordAt(file, layout + 11 + 4 * place));
  if (chunk.some((size) => size === 0)) refuse('its chunks have a size of 0');
  if (wordAt(file, layout + 11 + 4 * rank) !== datatype.size)
    refuse('its chunks hold values of another size');
  const chunkBytes = chunk.reduce((product, size) => product * size, datatype.size);
  const expected = shape.reduce((product, size, place) => product * Math.ceil(size / (chunk[place] ?? 1)), 1);
  spend(file, 4 * count);
  const most = Math.max(chunkBytes, (4 * chunkBytes) / datatype.size);
  if (most > maximumChunk)
    refuse(`its chunks take ${String(most)} bytes each: limit ${String(maximumChunk)}`);
  const values = new Float32Array(count);
  const placed = new Set<number>();
  let rounded = 0;
  const pipeline = filters === undefined ? [] : filtersAt(file, filters);
  for (const found of chunksIn(file, placeAt(file, layout + 3), rank, undefined)) {
    const raw = bytesAt(file, found.at, found.length);
    take(file, found.at, found.length);
    const bytes = undo(raw, pipeline, { mask: found.mask, size: datatype.size, length: chunkBytes });
    const numbers = readNumbers(bytes, datatype.type, datatype.littleEndian);
    rounded += numbers.rounded;
    placed.add(lay(numbers.values, values, { shape, chunk, from: found.offsets }));
  }
  if (placed.size !== expected)
    refuse(`${String(expected)} chunks are needed, and ${String(placed.size)} are there`);
  return { values, rounded };
}

/** Takes memory from what a file may still have: a compressed one could ask for any amount. */
function spend(file: Hdf5File, bytes: number): void {
  if (bytes > file.budget)
    refuse(`it expands to ${String(bytes)} bytes: limit ${String(file.budget)} for this file`);
  file.budget -= bytes;
}

interface Chunk {
  readonly at: number;
  readonly length: number;
  /** Bits of the filters that were left out. */
  readonly mask: number;
  readonly offsets: readonly number[];
}

/** The chunks below a node (HDF5 File Format Specification 3.0, III.A.1); each level is one less than the one above. */
function* chunksIn(file: Hdf5File, at: number, rank: number, level: number | undefined): Generator<Chunk> {
  expectOnce(file, at, 'TREE');
  const own = byteAt(file, at + 5);
  if (byteAt(file, at + 4) !== 1 || (level !== undefined && own !== level) || own > 16)
    refuse('a tree of chunks has a node that doesn’t belong there');
  const keyBytes = 8 + 8 * (rank + 1);
  for (let entry = 0; entry < shortAt(file, at + 6); entry += 1) {
    const key = at + 24 + entry * (keyBytes + 8);
    const child = placeAt(file, key + keyBytes);
    if (own > 0) yield* chunksIn(file, child, rank, own - 1);
    else {
      const offsets = Array.from({ length: rank }, (_, place) => longAt(file, key + 8 + 8 * place) ?? 0);
      yield { at: child, length: wordAt(file, key), mask: wordAt(file, key + 4), offsets };
    }
  }
}

/** Undoes what was done to the bytes of a chunk, the last first. */
function undo(
  raw: Uint8Array,
  filters: readonly Filter[],
  { mask, size, length }: { readonly mask: number; readonly size: number; readonly length: number },
): Uint8Array {
  let bytes = raw;
  for (const [place, filter] of [...filters.entries()].reverse()) {
    if (Math.floor(mask / 2 ** place) % 2 === 1) continue;
    if (filter === 'deflate') bytes = inflate(bytes, length + 4);
    else if (filter === 'shuffle') bytes = unshuffle(bytes, size);
    else bytes = bytes.subarray(0, Math.max(0, bytes.length - 4));
  }
  if (bytes.length !== length)
    refuse(`a chunk has ${String(bytes.length)} bytes, and ${String(length)} are expected`);
  return bytes;
}

/** Into no more bytes than are wanted, with one to spare that tells when there are more. */
function inflate(bytes: Uint8Array, atMost: number): Uint8Array {
  try {
    // Without the two bytes of zlib before the data, and its checksum behind, which is not asked for.
    return inflateSync(bytes.subarray(2), { out: new Uint8Array(atMost + 1) });
  } catch {
    return refuse('a chunk can’t be unpacked');
  }
}

function unshuffle(bytes: Uint8Array, size: number): Uint8Array {
  const count = Math.floor(bytes.length / size);
  const result = bytes.slice();
  for (let byte = 0; byte < size; byte += 1) {
    for (let place = 0; place < count; place += 1)
      result[place * size + byte] = bytes[byte * count + place] ?? 0;
  }
  return result;
}

/** Lays a chunk into the array, as far as it lies within; gives its number. */
function lay(
  from: Float32Array,
  into: Float32Array,
  {
    shape,
    chunk,
    from: offsets,
  }: {
    readonly shape: readonly number[];
    readonly chunk: readonly number[];
    readonly from: readonly number[];
  },
): number {
  let number = 0;
  for (const [place, offset] of offsets.entries()) {
    const [size = 1, step = 1] = [shape[place], chunk[place]];
    if (offset >= size || offset % step !== 0) refuse('a chunk lies where none can');
    number = number * Math.ceil(size / step) + offset / step;
  }
  const rank = shape.length;
  const width = Math.min(chunk[rank - 1] ?? 1, (shape[rank - 1] ?? 1) - (offsets[rank - 1] ?? 0));
  const rows = from.length / (chunk[rank - 1] ?? 1);
  for (let row = 0; row < rows; row += 1) {
    let rest = row;
    let target = 0;
    let stride = shape[rank - 1] ?? 1;
    let isInside = true;
    for (let place = rank - 2; place >= 0; place -= 1) {
      const own = chunk[place] ?? 1;
      const index = (rest % own) + (offsets[place] ?? 0);
      rest = Math.floor(rest / own);
      if (index >= (shape[place] ?? 0)) isInside = false;
      target += index * stride;
      stride *= shape[place] ?? 1;
    }
    if (!isInside) continue;
    const begin = row * (chunk[rank - 1] ?? 1);
    into.set(from.subarray(begin, begin + width), target + (offsets[rank - 1] ?? 0));
  }
  return number;
}
