import { inflateSync } from 'node:zlib';

/** What the header of a PNG file says. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of one sample. */
  readonly depth: number;
  readonly colorType: number;
  readonly isInterlaced: boolean;
}

/** Reads the header, which stands at a fixed place behind the signature; nothing where it isn't one. */
export function readPngHeader(bytes: Uint8Array): PngHeader | undefined {
  const view = viewOf(bytes);
  if (bytes.length < headerEnd || view.getUint32(8) !== 13 || typeAt(bytes, 8) !== 'IHDR') return undefined;
  const [depth = 0, colorType = 0, compression, filter, interlace = 2] = bytes.subarray(24, 29);
  const isKnown = depths.get(colorType)?.includes(depth) === true;
  if (!isKnown || compression !== 0 || filter !== 0 || interlace > 1) return undefined;
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  return { width, height, depth, colorType, isInterlaced: interlace === 1 };
}

/**
 * Says why the compressed pixels of a file can't be all that its header promises. The decoder takes too few for enough, and
 * decompresses interlaced ones without a bound.
 */
export function complaintOfPixels(bytes: Uint8Array, header: PngHeader): string | undefined {
  const expected = inflatedBytes(header);
  try {
    // In one piece: what comes in many is copied together in the end.
    const options = { chunkSize: expected + 64, maxOutputLength: expected };
    const { length } = inflateSync(compressedPixels(bytes), options);
    if (length === expected) return undefined;
    return `its pixels take ${String(expected)} bytes, got ${String(length)}`;
  } catch (error) {
    const isTooLong = error instanceof RangeError;
    return isTooLong
      ? `its pixels take ${String(expected)} bytes, got more`
      : 'its pixels can’t be decompressed';
  }
}

const headerEnd = 33;

/** The bits that a sample can have, by the type of colour: grey, colours, palette, grey and colours with opacity. */
const depths: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]);

const samplesOf: ReadonlyMap<number, number> = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
]);

/** The seven passes of an interlaced image: where each begins, and its steps (PNG specification, 8.2). */
const passes = [
  { left: 0, top: 0, right: 8, down: 8 },
  { left: 4, top: 0, right: 8, down: 8 },
  { left: 0, top: 4, right: 4, down: 8 },
  { left: 2, top: 0, right: 4, down: 4 },
  { left: 0, top: 2, right: 2, down: 4 },
  { left: 1, top: 0, right: 2, down: 2 },
  { left: 0, top: 1, right: 1, down: 2 },
] as const;

const whole = [{ left: 0, top: 0, right: 1, down: 1 }] as const;

/** How many bytes the pixels take before they are compressed: each row of each pass has one more for its filter. */
function inflatedBytes({ width, height, depth, colorType, isInterlaced }: PngHeader): number {
  const bits = depth * (samplesOf.get(colorType) ?? 0);
  return (isInterlaced ? passes : whole).reduce((sum, { left, top, right, down }) => {
    const columns = Math.max(0, Math.ceil((width - left) / right));
    const rows = Math.max(0, Math.ceil((height - top) / down));
    return columns === 0 ? sum : sum + rows * (1 + Math.ceil((columns * bits) / 8));
  }, 0);
}

/** The data of the chunks `IDAT`, one behind the other; a chunk that is longer than the file ends it. */
function compressedPixels(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  const parts: Uint8Array[] = [];
  let place = headerEnd;
  while (place + 12 <= bytes.length) {
    const length = view.getUint32(place);
    if (place + 12 + length > bytes.length) break;
    if (typeAt(bytes, place) === 'IDAT') parts.push(bytes.subarray(place + 8, place + 8 + length));
    place += 12 + length;
  }
  return Buffer.concat(parts);
}

function typeAt(bytes: Uint8Array, place: number): string {
  return String.fromCharCode(...bytes.subarray(place + 4, place + 8));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
