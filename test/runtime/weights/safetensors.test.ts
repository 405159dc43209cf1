import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeSafetensors } from '../../../src/runtime/weights/decode-safetensors.js';
import { encodeSafetensors } from '../../../src/runtime/weights/encode-safetensors.js';
import type { Weights } from '../../../src/runtime/weights/weights.js';

const weights: Weights = new Map([
  ['conv1.kernel', { shape: [1, 1, 1, 2], values: Float32Array.of(1.5, -2) }],
  ['conv1.bias', { shape: [2], values: Float32Array.of(0.1, -0) }],
  ['scale', { shape: [], values: Float32Array.of(7) }],
  ['empty', { shape: [0, 3], values: Float32Array.of() }],
  ['__proto__.kernel', { shape: [1], values: Float32Array.of(3) }],
  ['"quoted"\n\u{1F40D}', { shape: [1], values: Float32Array.of(4) }],
]);

describe('a safetensors file', () => {
  it('gives back what was written, names that mean something to JavaScript included', () => {
    const metadata = new Map([
      ['model', 'LeNet5'],
      ['__proto__', 'an ordinary name'],
    ]);
    const read = decodeSafetensors(encodeSafetensors(weights, metadata));
    expect(read.ok && new Map([...read.value.weights].toSorted())).toEqual(new Map([...weights].toSorted()));
    expect(read.ok && read.value.metadata).toEqual(metadata);
  });

  it('has the same bytes whatever the order of the weights', () => {
    const backwards = new Map([...weights].reverse());
    expect(encodeSafetensors(backwards)).toEqual(encodeSafetensors(weights));
  });

  it('has the bytes that the format says', () => {
    const bytes = encodeSafetensors(new Map([['a', { shape: [1], values: Float32Array.of(1) }]]));
    const header = '{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  ';
    expect(bytes).toEqual(file(header, [0, 0, 0x80, 0x3f]));
  });

  it('may have a name of any length', () => {
    const name = 'a'.repeat(5_000_000);
    const read = decodeSafetensors(
      encodeSafetensors(new Map([[name, { shape: [1], values: Float32Array.of(1) }]])),
    );
    expect(read.ok && [...read.value.weights.keys()].map(({ length }) => length)).toEqual([name.length]);
  });

  it('may be empty', () => {
    expect(decodeSafetensors(encodeSafetensors(new Map()))).toMatchObject({ ok: true });
  });

  it('may lie anywhere in a larger buffer', () => {
    const bytes = encodeSafetensors(weights);
    const larger = new Uint8Array(bytes.length + 20).fill(0xee);
    larger.set(bytes, 5);
    expect(decodeSafetensors(larger.subarray(5, 5 + bytes.length))).toEqual(decodeSafetensors(bytes));
  });
});

describe('decodeSafetensors refuses', () => {
  it.each([
    [[2], Float32Array.of(1, Number.NaN), '`a` has the value NaN at [1]'],
    [[2, 3], Float32Array.of(0, 1, 2, 3, 4, -Infinity), '`a` has the value -Infinity at [1, 2]'],
    [[], Float32Array.of(Infinity), '`a` has the value Infinity'],
  ])('a value without end or that is no number, in an array of %j', (shape, values, message) => {
    const read = decodeSafetensors(encodeSafetensors(new Map([['a', { shape, values }]])));
    expect(read).toEqual({ ok: false, problems: [{ code: 'broken-weights', message }] });
  });

  const one = (fields: string, data: readonly number[] = [0, 0, 0, 0]): Uint8Array =>
    file(`{"a":{${fields}}}`, data);
  const fine = '"dtype":"F32","shape":[1],"data_offsets":[0,4]';

  it('nothing of a file that is fine', () => {
    expect(decodeSafetensors(one(fine))).toMatchObject({ ok: true });
  });

  it.each([
    ['an empty file', new Uint8Array(0), 'fewer than the 8'],
    ['seven bytes', new Uint8Array(7), 'the file has 7 bytes'],
    ['a header of no bytes', withLength(0n, '{}'), 'does not begin with `{`'],
    ['a header beyond the end', withLength(1_000n, '{}'), 'said to have 1000 bytes, but 2 are there'],
    [
      'a header of 2^64 - 1 bytes',
      withLength(2n ** 64n - 1n, '{}'),
      'said to have 18446744073709551615 bytes',
    ],
    ['a header cut off', withLength(1n, '{}'), 'broken at character 1'],
    ['a header that isn’t UTF-8', rawFile([0x7b, 0xff, 0x7d]), 'not UTF-8'],
    ['a byte order mark', file('\ufeff{}'), 'does not begin with `{`'],
    ['space before the header', file(' {}'), 'does not begin with `{`'],
    ['a list as the header', file('[]'), 'does not begin with `{`'],
    ['text behind the header', file('{} {}'), 'something stands behind the end'],
    ['a name twice', file(`{"a":{${fine}},"a":{${fine}}}`, [0, 0, 0, 0]), 'the name `a` stands twice'],
    [
      'a name twice, once escaped',
      file(`{"a":{${fine}},"\\u0061":{${fine}}}`, [0, 0, 0, 0]),
      'the name `a` stands twice',
    ],
    [
      '`__proto__` twice',
      file(`{"__proto__":{${fine}},"__proto__":{${fine}}}`, [0, 0, 0, 0]),
      '`__proto__` stands twice',
    ],
    ['a field twice', one(`${fine},"dtype":"F32"`), 'the field `dtype` twice'],
    ['an unknown field', one(`${fine},"stride":1`), 'a field `stride`'],
    ['an entry that is a number', file('{"a":1}'), 'not described by an object'],
    ['no type', one('"shape":[1],"data_offsets":[0,4]'), 'has no `dtype`'],
    [
      'a type that no machine has',
      one('"dtype":"F24","shape":[2],"data_offsets":[0,4]'),
      "holds `F24`, which isn't read: F64",
    ],
    [
      'more numbers than the bytes hold',
      one('"dtype":"F16","shape":[1],"data_offsets":[0,4]'),
      'takes 2 bytes, but 4 are given',
    ],
    ['no shape', one('"dtype":"F32","data_offsets":[0,4]'), 'has no `shape`'],
    [
      'a shape of texts',
      one('"dtype":"F32","shape":["1"],"data_offsets":[0,4]'),
      'has no `shape` of whole numbers',
    ],
    ['a list of lists', one('"dtype":"F32","shape":[[1]],"data_offsets":[0,4]'), 'nested too deep'],
    [
      'an endless list',
      one(`"dtype":"F32","shape":[${'1,'.repeat(100_000)}1],"data_offsets":[0,4]`),
      'has 100001 sizes, more than 8',
    ],
    [
      'a negative size',
      one('"dtype":"F32","shape":[-1],"data_offsets":[0,4]'),
      'has no `shape` of whole numbers',
    ],
    [
      'a broken size',
      one('"dtype":"F32","shape":[1.5],"data_offsets":[0,4]'),
      'has no `shape` of whole numbers',
    ],
    [
      'a size with an exponent',
      one('"dtype":"F32","shape":[1e9],"data_offsets":[0,4]'),
      'takes 4000000000 bytes, but 4 are given',
    ],
    [
      'a size with a leading zero',
      one('"dtype":"F32","shape":[01],"data_offsets":[0,4]'),
      'broken at character',
    ],
    [
      'a size beyond 2^53',
      one('"dtype":"F32","shape":[9007199254740993],"data_offsets":[0,4]'),
      'has no `shape` of whole numbers',
    ],
    [
      'a size beyond 2^31',
      one('"dtype":"F32","shape":[4294967296],"data_offsets":[0,4]'),
      'a size of 4294967296',
    ],
    [
      'sizes whose product wraps around',
      one('"dtype":"F32","shape":[2147483647,2147483647,2147483647],"data_offsets":[0,4]'),
      'takes 39614081201791936601413124092 bytes',
    ],
    [
      'sizes beyond the bytes',
      one('"dtype":"F32","shape":[2],"data_offsets":[0,4]'),
      'takes 8 bytes, but 4 are given',
    ],
    ['nine sizes', one('"dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4]'), 'has 9 sizes'],
    ['no offsets', one('"dtype":"F32","shape":[1]'), 'has no `data_offsets`'],
    ['one offset', one('"dtype":"F32","shape":[1],"data_offsets":[4]'), 'has no `data_offsets`'],
    ['offsets backwards', one('"dtype":"F32","shape":[1],"data_offsets":[4,0]'), 'before it begins'],
    ['offsets beyond the end', one(fine, [0, 0]), 'there are only 2'],
    [
      'a gap before the first array',
      one('"dtype":"F32","shape":[1],"data_offsets":[4,8]', [0, 0, 0, 0, 0, 0, 0, 0]),
      'begins at byte 4',
    ],
    ['bytes behind the last array', one(fine, [0, 0, 0, 0, 1]), 'there are 5'],
    ['two arrays that overlap', file(`{"a":{${fine}},"b":{${fine}}}`, [0, 0, 0, 0]), '`b` begins at byte 0'],
    ['metadata that is a list', file('{"__metadata__":[]}'), 'is not an object of texts'],
    ['metadata of numbers', file('{"__metadata__":{"a":1}}'), 'is not an object of texts'],
    ['metadata with a name twice', file('{"__metadata__":{"a":"1","a":"2"}}'), 'is not an object of texts'],
    ['deep nesting', file(`{"a":${'{"a":'.repeat(100_000)}`), 'nested too deep'],
    ['a name that doesn’t end', file(`{"${'a'.repeat(5_000_000)}`), 'a text is expected'],
    ['a name that ends in a backslash', file('{"a\\'), 'a text is expected'],
    ['an escape that JSON doesn’t have', file('{"\\x41":1}'), 'a text is expected'],
    ['a header that is too long', file(`{${' '.repeat(2 ** 24)}}`), 'limit 16777216 bytes, got 16777218'],
    ['a control character in a name', file('{"a\n":1}'), 'a text is expected'],
  ])('%s', (_, bytes, why) => {
    const read = decodeSafetensors(bytes);
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'broken-weights' }] });
    expect(read.ok ? '' : read.problems[0]?.message).toContain(why);
  });

  it('any mutation, or reads what fills the bytes exactly, without an exception', () => {
    const bytes = encodeSafetensors(weights, new Map([['model', 'LeNet5']]));
    const mutation = fc.record({
      place: fc.nat(bytes.length - 1),
      value: fc.nat(255),
      kind: fc.constantFrom('set', 'delete', 'insert', 'cut'),
    });
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
        let mutated = [...bytes];
        for (const { place, value, kind } of mutations) {
          if (kind === 'set') mutated[Math.min(place, mutated.length - 1)] = value;
          else if (kind === 'delete') mutated.splice(place, 1);
          else if (kind === 'insert') mutated.splice(place, 0, value);
          else mutated = mutated.slice(0, place);
        }
        const read = decodeSafetensors(Uint8Array.from(mutated));
        if (!read.ok) {
          expect(read.problems).toHaveLength(1);
          return;
        }
        for (const { shape, values } of read.value.weights.values()) {
          expect(shape.reduce((product, size) => product * size, 1)).toBe(values.length);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});

/** A file with this header and these bytes of values. */
function file(header: string, data: readonly number[] = []): Uint8Array {
  return rawFile([...new TextEncoder().encode(header)], data);
}

function rawFile(header: readonly number[], data: readonly number[] = []): Uint8Array {
  const bytes = new Uint8Array(8 + header.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  bytes.set(data, 8 + header.length);
  return bytes;
}

function withLength(length: bigint, header: string): Uint8Array {
  const bytes = file(header);
  new DataView(bytes.buffer).setBigUint64(0, length, true);
  return bytes;
}
