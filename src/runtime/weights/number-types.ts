/** The types of numbers that files hold. */
export type NumberType =
  | 'float64'
  | 'float32'
  | 'float16'
  | 'bfloat16'
  | 'int64'
  | 'int32'
  | 'int16'
  | 'int8'
  | 'uint64'
  | 'uint32'
  | 'uint16'
  | 'uint8'
  | 'bool';

/** How many bytes a number of each type takes. */
export const bytesOf: Readonly<Record<NumberType, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  int32: 4,
  int16: 2,
  int8: 1,
  uint64: 8,
  uint32: 4,
  uint16: 2,
  uint8: 1,
  bool: 1,
};

/** Numbers as float32, and how many of them had to be rounded. */
export interface ReadNumbers {
  readonly values: Float32Array;
  readonly rounded: number;
}

/** Reads numbers that fill bytes exactly; little-endian where nothing else is said. */
export function readNumbers(bytes: Uint8Array, type: NumberType, littleEndian = true): ReadNumbers {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = bytesOf[type];
  const values = new Float32Array(bytes.length / size);
  const read = readers[type];
  let rounded = 0;
  for (let place = 0; place < values.length; place += 1) {
    const value = read(view, place * size, littleEndian);
    values[place] = value;
    // Infinities and what is no number are refused later, by their place.
    if (values[place] !== value && Number.isFinite(value)) rounded += 1;
  }
  return { values, rounded };
}

/** What is said of numbers that had to be rounded. */
export function roundingNote(name: string, type: string, rounded: number): readonly string[] {
  if (rounded === 0) return [];
  return [`${name} holds ${type}: ${String(rounded)} of its numbers are rounded to float32`];
}

type Reader = (view: DataView, offset: number, littleEndian: boolean) => number;

const readers: Readonly<Record<NumberType, Reader>> = {
  float64: (view, offset, little) => view.getFloat64(offset, little),
  float32: (view, offset, little) => view.getFloat32(offset, little),
  float16: (view, offset, little) => halfFloat(view.getUint16(offset, little)),
  bfloat16: (view, offset, little) => brainFloat(view.getUint16(offset, little)),
  int64: (view, offset, little) => Number(view.getBigInt64(offset, little)),
  int32: (view, offset, little) => view.getInt32(offset, little),
  int16: (view, offset, little) => view.getInt16(offset, little),
  int8: (view, offset) => view.getInt8(offset),
  uint64: (view, offset, little) => Number(view.getBigUint64(offset, little)),
  uint32: (view, offset, little) => view.getUint32(offset, little),
  uint16: (view, offset, little) => view.getUint16(offset, little),
  uint8: (view, offset) => view.getUint8(offset),
  bool: (view, offset) => (view.getUint8(offset) === 0 ? 0 : 1),
};

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction; float32 holds all of them. */
function halfFloat(bits: number): number {
  const sign = bits >= 0x8000 ? -1 : 1;
  const exponent = Math.floor(bits / 1024) % 32;
  const fraction = bits % 1024;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const scratch = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
function brainFloat(bits: number): number {
  scratch.setUint16(0, bits);
  return scratch.getFloat32(0);
}
