import { deflateSync } from 'node:zlib';

/** What the header of a PNG file says. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colorType: number;
  readonly compression?: number;
  readonly filter?: number;
  readonly interlace?: number;
}

/** One chunk of a PNG file, of which the checksum can be wrong. */
export interface PngChunk {
  readonly type: string;
  readonly data: Uint8Array;
  readonly checksum?: number;
}

/** A PNG file of some chunks; nothing about it is checked. */
export function pngOf(chunks: readonly PngChunk[]): Uint8Array {
  return joined([Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), ...chunks.map(chunkBytes)]);
}

/** A PNG file of a header, rows of bytes (each with the number of its filter in front) and other chunks before them. */
export function pngFile(
  header: PngHeader,
  rows: readonly (readonly number[])[],
  before: readonly PngChunk[] = [],
): Uint8Array {
  const data = Uint8Array.from(deflateSync(Uint8Array.from(rows.flat())));
  return pngOf([headerChunk(header), ...before, { type: 'IDAT', data }, end]);
}

/** The first chunk. */
export function headerChunk(header: PngHeader): PngChunk {
  const { width, height, depth, colorType, compression = 0, filter = 0, interlace = 0 } = header;
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data.set([depth, colorType, compression, filter, interlace], 8);
  return { type: 'IHDR', data };
}

/** The last chunk. */
export const end: PngChunk = { type: 'IEND', data: new Uint8Array() };

/** The parts one behind the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function chunkBytes({ type, data, checksum }: PngChunk): Uint8Array {
  const body = joined([new TextEncoder().encode(type), data]);
  const bytes = joined([new Uint8Array(4), body, new Uint8Array(4)]);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  view.setUint32(bytes.length - 4, checksum ?? crc32(body));
  return bytes;
}

/** The checksum of ISO 3309, bit by bit. */
function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return ~rest >>> 0;
}
