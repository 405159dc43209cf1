import { createHash } from 'node:crypto';
import { largestPiece } from './largest-piece.js';

/** What stands in the place of a checksum while it is computed. */
export const noChecksum = '0'.repeat(64);

/**
 * Puts the SHA-256 of a safetensors file into its own metadata, where `"checksum":"000…"` stands: it is computed over the
 * whole file with zeros in that place. The bytes are changed in place.
 */
export function seal(bytes: Uint8Array): void {
  const place = checksumPlace(bytes);
  if (place === undefined) throw new Error('the file has no place for a checksum');
  bytes.set(new TextEncoder().encode(digest([bytes])), place);
}

/** True where a file is byte for byte what was sealed. */
export function isSealed(bytes: Uint8Array): boolean {
  const place = checksumPlace(bytes);
  if (place === undefined) return false;
  const written = new TextDecoder('latin1').decode(bytes.subarray(place, place + noChecksum.length));
  const [before, after] = [bytes.subarray(0, place), bytes.subarray(place + noChecksum.length)];
  return written === digest([before, noChecksum, after]);
}

/** The SHA-256 of bytes and texts, one behind the other, in hexadecimal digits. */
export function digest(parts: Iterable<Uint8Array | string>): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    if (typeof part === 'string') hash.update(part);
    else
      for (let begin = 0; begin < part.length; begin += largestPiece)
        hash.update(part.subarray(begin, begin + largestPiece));
  }
  return hash.digest('hex');
}

/** A text with this beginning can only be the key: within other texts the quotation marks are escaped. */
const key = '"checksum":"';

function checksumPlace(bytes: Uint8Array): number | undefined {
  // It stands in the header, which is no longer than this.
  const header = bytes.subarray(0, 2 ** 24);
  const at = Buffer.from(header.buffer, header.byteOffset, header.byteLength).indexOf(key, 0, 'latin1');
  const place = at + key.length;
  return at < 0 || place + noChecksum.length > bytes.length ? undefined : place;
}
