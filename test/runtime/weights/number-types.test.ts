import { expect, it } from 'vitest';
import { readNumbers, type NumberType } from '../../../src/runtime/weights/number-types.js';

const cases: readonly (readonly [NumberType, readonly number[], readonly number[], number])[] = [
  ['float32', [0, 0, 0xc0, 0x3f], [1.5], 0],
  ['float64', [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], [1.5], 0],
  ['float64', [0x9a, 0x99, 0x99, 0x99, 0x99, 0x99, 0xb9, 0x3f], [Math.fround(0.1)], 1],
  // The smallest and the largest of both kinds, negative zero.
  ['float16', [1, 0, 0xff, 0x03, 0x00, 0x04, 0xff, 0x7b], [2 ** -24, 1023 * 2 ** -24, 2 ** -14, 65504], 0],
  ['float16', [0x00, 0x80, 0x00, 0xbc], [-0, -1], 0],
  ['bfloat16', [0xc0, 0x3f, 0x49, 0xc0], [1.5, -3.140625], 0],
  ['int64', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [-1], 0],
  ['int32', [1, 0, 0, 1], [2 ** 24], 1],
  ['int16', [0xfe, 0xff], [-2], 0],
  ['int8', [0x80, 0x7f], [-128, 127], 0],
  ['uint64', [1, 0, 0, 0, 0, 0, 0, 0], [1], 0],
  ['uint32', [0, 0, 0, 0x80], [2 ** 31], 0],
  ['uint16', [0xff, 0xff], [65535], 0],
  ['uint8', [0xff], [255], 0],
  ['bool', [0, 1, 7], [0, 1, 1], 0],
];

it.each(cases)('reads %s of the bytes %j as %j', (type, bytes, values, rounded) => {
  expect(readNumbers(Uint8Array.from(bytes), type)).toEqual({ values: Float32Array.from(values), rounded });
});

it('reads the bytes the other way round where it is told to', () => {
  expect(readNumbers(Uint8Array.of(0x3f, 0xc0, 0, 0), 'float32', false).values).toEqual(Float32Array.of(1.5));
});
