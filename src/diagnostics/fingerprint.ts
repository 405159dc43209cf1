/** 16 hexadecimal digits that differ where bytes differ, but for an accident in 2^64: no defence against intent (FNV-1a, twice, over words). */
export function fingerprint(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const words = Math.floor(bytes.length / 4);
  let one = offsetBasis;
  let other = bytes.length;
  for (let word = 0; word < words; word += 1) {
    const value = view.getUint32(word * 4, true);
    one = Math.imul(one ^ value, prime);
    other = Math.imul(other ^ value, otherPrime) ^ (other >>> 15);
  }
  for (const byte of bytes.subarray(words * 4)) {
    one = Math.imul(one ^ byte, prime);
    other = Math.imul(other ^ byte, otherPrime) ^ (other >>> 15);
  }
  return digits(one) + digits(other);
}

const offsetBasis = 0x811c9dc5;
const prime = 0x01000193;
const otherPrime = 0x85ebca6b;

function digits(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
