import { failWith, problem, succeed, type Failure, type Outcome } from '../outcome.js';

/** The content of an IDX file of bytes: images have the sizes count, height, width; labels the count alone. */
export interface IdxFile {
  readonly sizes: readonly number[];
  readonly values: Uint8Array;
}

/**
 * Reads an IDX file (LeCun et al., the format of MNIST) of bytes: two zeros, the type, the number of sizes, the sizes as
 * big-endian numbers, the values. The values must fill the rest of the file exactly.
 */
export function readIdx(name: string, bytes: Uint8Array): Outcome<IdxFile> {
  const header = readIdxHeader(name, bytes);
  if (!header.ok) return header;
  const { sizes, values, length } = header.value;
  const there = bytes.length - (length - values);
  if (there !== values) {
    return refuse(
      `${name} should hold ${sizes.join('×')} = ${String(values)} bytes, but holds ${String(there)}`,
    );
  }
  if (there === 0) return refuse(`${name} holds nothing: its sizes are ${sizes.join('×')}`);
  return succeed({ sizes, values: bytes.subarray(length - values) });
}

/** What an IDX file of bytes says of itself; its first 20 bytes are enough to read it. */
export interface IdxHeader {
  readonly sizes: readonly number[];
  /** How many bytes the values take. */
  readonly values: number;
  /** How many bytes the file has, whole. */
  readonly length: number;
}

/** Reads the header of an IDX file of bytes. */
export function readIdxHeader(name: string, bytes: Uint8Array): Outcome<IdxHeader> {
  const [first, second, type = 0, rank = 0] = bytes;
  if (bytes.length < 4 || first !== 0 || second !== 0) {
    return refuse(`${name} is no IDX file: it doesn't begin with two zeros, a type and a number of sizes`);
  }
  if (type !== unsignedByte) {
    return refuse(`${name} holds values of type 0x${type.toString(16)}, but only bytes (0x8) are read`);
  }
  const headerLength = 4 + 4 * rank;
  if (rank < 1 || rank > 4 || bytes.length < headerLength) {
    return refuse(`${name} should have 1 to 4 sizes, but has ${String(rank)}, or ends within them`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = Array.from({ length: rank }, (_, place) => view.getUint32(4 + 4 * place));
  const needed = sizes.reduce((product, size) => product * BigInt(size), 1n);
  if (needed > BigInt(maximumIdxBytes)) {
    const held = `${sizes.join('×')} = ${String(needed)} bytes`;
    return refuse(`${name} should hold ${held}: limit ${String(maximumIdxBytes)}`);
  }
  return succeed({ sizes, values: Number(needed), length: headerLength + Number(needed) });
}

/** The values of no IDX file may take more. */
export const maximumIdxBytes = 2 ** 30;

const unsignedByte = 0x08;

function refuse(message: string): Failure {
  return failWith(problem('broken-data', message));
}
