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
  const there = bytes.length - headerLength;
  if (needed !== BigInt(there)) {
    return refuse(
      `${name} should hold ${sizes.join('×')} = ${String(needed)} bytes, but holds ${String(there)}`,
    );
  }
  if (there === 0) return refuse(`${name} holds nothing: its sizes are ${sizes.join('×')}`);
  return succeed({ sizes, values: bytes.subarray(headerLength) });
}

const unsignedByte = 0x08;

function refuse(message: string): Failure {
  return failWith(problem('broken-data', message));
}
