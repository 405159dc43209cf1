import { unsigned } from './leb128.js';
import type { Code, ValueType } from './instructions.js';

/** Arithmetic of float32, on one value or on four at once. */
export interface Lanes {
  readonly type: ValueType;
  /** Of the values that are worked on at once. */
  readonly bytes: number;
  load(address: Code, offset?: number): Code;
  /** One value of memory in every lane. */
  loadOne(address: Code, offset?: number): Code;
  store(address: Code, value: Code): Code;
  constant(value: number): Code;
  /** A single value in every lane. */
  spread(value: Code): Code;
  add(a: Code, b: Code): Code;
  multiply(a: Code, b: Code): Code;
  divide(a: Code, b: Code): Code;
  least(a: Code, b: Code): Code;
  largest(a: Code, b: Code): Code;
  /** In each lane the first of two values where a and b are equal, else the second. */
  whereEqual(a: Code, b: Code, values: readonly [Code, Code]): Code;
}

/** One value. */
export const single: Lanes = {
  type: 'f32',
  bytes: 4,
  load: (address, offset = 0) => [...address, 0x2a, alignment, ...unsigned(offset)],
  loadOne: (address, offset = 0) => [...address, 0x2a, alignment, ...unsigned(offset)],
  store: (address, value) => [...address, ...value, 0x38, alignment, 0],
  constant: (value) => [0x43, ...bytesOf(value)],
  spread: (value) => value,
  add: (a, b) => [...a, ...b, 0x92],
  multiply: (a, b) => [...a, ...b, 0x94],
  divide: (a, b) => [...a, ...b, 0x95],
  least: (a, b) => [...a, ...b, 0x96],
  largest: (a, b) => [...a, ...b, 0x97],
  whereEqual: (a, b, [equal, other]) => [...equal, ...other, ...a, ...b, 0x5b, 0x1b],
};

/** Four values. */
export const four: Lanes = {
  type: 'v128',
  bytes: 16,
  load: (address, offset = 0) => [...address, ...simd(0x00), alignment, ...unsigned(offset)],
  loadOne: (address, offset = 0) => [...address, ...simd(0x09), alignment, ...unsigned(offset)],
  store: (address, value) => [...address, ...value, ...simd(0x0b), alignment, 0],
  constant: (value) => [...single.constant(value), ...simd(0x13)],
  spread: (value) => [...value, ...simd(0x13)],
  add: (a, b) => [...a, ...b, ...simd(0xe4)],
  multiply: (a, b) => [...a, ...b, ...simd(0xe6)],
  divide: (a, b) => [...a, ...b, ...simd(0xe7)],
  least: (a, b) => [...a, ...b, ...simd(0xe8)],
  largest: (a, b) => [...a, ...b, ...simd(0xe9)],
  whereEqual: (a, b, [equal, other]) => [...equal, ...other, ...a, ...b, ...simd(0x41), ...simd(0x52)],
};

/** Memory is read at multiples of four bytes, as float32 lie. */
const alignment = 2;

function simd(instruction: number): Code {
  return [0xfd, ...unsigned(instruction)];
}

function bytesOf(value: number): Code {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value, true);
  return [0, 1, 2, 3].map((place) => view.getUint8(place));
}
