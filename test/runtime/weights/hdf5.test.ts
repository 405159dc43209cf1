import type { Group } from 'h5wasm/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeHdf5 } from '../../../src/runtime/weights/hdf5/decode-hdf5.js';
import { hdf5File, kerasModel, patched, placeOf } from './hdf5-file.js';

const read = (bytes: Uint8Array): ReturnType<typeof decodeHdf5> => decodeHdf5(bytes);
const messageOf = (bytes: Uint8Array): string => {
  const result = read(bytes);
  return result.ok ? 'it was read' : (result.problems[0]?.message ?? '');
};

describe('an HDF5 file', () => {
  it('gives the arrays of a model of Keras in the order of its layers, and leaves the optimizer aside', async () => {
    const result = read(await kerasModel());
    expect(result.ok && [...result.value.weights.keys()]).toEqual([
      'model_weights/second/second/bias:0',
      'model_weights/second/second/kernel:0',
      'model_weights/first/first/bias:0',
      'model_weights/first/first/kernel:0',
    ]);
    expect(result.ok && result.value.weights.get('model_weights/first/first/kernel:0')).toEqual({
      shape: [2, 3],
      values: Float32Array.of(10, 11, 12, 13, 14, 15),
    });
    expect(result.ok && result.value.notes).toEqual([
      'optimizer_weights holds the state of an optimizer, which is left aside',
    ]);
  });

  it.each([
    ['<f4', [1.5, -2], 'float32', Float32Array.of(1.5, -2)],
    ['<d', [1.5, -2], 'float64', Float64Array.of(1.5, -2)],
    ['<b', [-1, 127], 'int8', Int8Array.of(-1, 127)],
    ['<H', [1, 65535], 'uint16', Uint16Array.of(1, 65535)],
    ['<i', [-5, 7], 'int32', Int32Array.of(-5, 7)],
    ['<q', [-5, 7], 'int64', BigInt64Array.of(-5n, 7n)],
  ])('holds numbers of type %s', async (dtype, values, type, data) => {
    const bytes = await hdf5File((root) => {
      root.create_dataset({ name: 'a', data, dtype });
    });
    const result = read(bytes);
    expect(
      result.ok && [result.value.stored.get('a')?.type, [...(result.value.weights.get('a')?.values ?? [])]],
    ).toEqual([type, values]);
  });

  it.each([
    [[5, 7], [2, 3], 4],
    [[5, 7], [5, 7], 9],
    [[4, 3, 2, 5], [2, 2, 2, 2], 1],
    [[9], [4], 6],
  ])('holds arrays of %j in chunks of %j, which are packed', async (shape, chunks, compression) => {
    const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, place) => place / 4);
    const bytes = await hdf5File((root) => {
      root.create_dataset({ name: 'a', data: values, shape, chunks, compression });
    });
    const result = read(bytes);
    expect(result.ok && result.value.weights.get('a')).toEqual({ shape, values });
  });

  it('keeps `__proto__` as a name, passes over texts, and may hold a single value and no values', async () => {
    const bytes = await hdf5File((root) => {
      root.create_dataset({ name: '__proto__', data: Float32Array.of(3) });
      root.create_dataset({ name: 'text', data: ['hello'] });
      root.create_dataset({ name: 'none', data: new Float32Array(0), shape: [0, 3] });
    });
    const result = read(bytes);
    expect(result.ok && [...result.value.weights]).toEqual([
      ['__proto__', { shape: [1], values: Float32Array.of(3) }],
      ['none', { shape: [0, 3], values: new Float32Array(0) }],
    ]);
  });

  it('may be of the newest format', async () => {
    const bytes = await hdf5File((root) => {
      root
        .create_group('a')
        .create_group('b')
        .create_dataset({ name: 'c', data: Float32Array.of(3) });
    }, 'latest');
    const result = read(bytes);
    expect(result.ok && [...result.value.weights.keys()]).toEqual(['a/b/c']);
  });

  it.each([
    [
      'a group of many names',
      'a group keeps its links in a heap, which isn’t read',
      (root: Group) => {
        for (let place = 0; place < 40; place += 1)
          root.create_dataset({ name: `a${String(place)}`, data: Float32Array.of(place) });
      },
    ],
    [
      'chunks',
      '`a`: its chunks are listed in a way that isn’t read',
      (root: Group) => {
        root.create_dataset({ name: 'a', data: new Float32Array(64), shape: [8, 8], chunks: [2, 2] });
      },
    ],
  ])('says how to write it where the newest format has %s', async (_, message, fill) => {
    const result = read(await hdf5File(fill, 'latest'));
    expect(result.ok ? [] : result.problems.map((problem) => problem.message)).toEqual([message]);
    expect(result.ok ? '' : result.problems[0]?.help).toContain('write the file without `libver="latest"`');
  });

  it('says that the order of layers is lost where the newest format hides it', async () => {
    const bytes = await hdf5File((root) => {
      const group = root.create_group('model');
      for (let place = 0; place < 20; place += 1) group.create_attribute(`a${String(place)}`, place);
      group.create_dataset({ name: 'b', data: Float32Array.of(1) });
    }, 'latest');
    const result = read(bytes);
    expect(result.ok && result.value.notes).toEqual([
      '`model` keeps its attributes in a heap, which isn’t read: its layers have the order of their names',
    ]);
  });

  it('has many names in one group', async () => {
    const bytes = await hdf5File((root) => {
      for (let place = 0; place < 300; place += 1)
        root.create_dataset({ name: `a${String(place)}`, data: Float32Array.of(place) });
    });
    const result = read(bytes);
    expect(result.ok && result.value.weights.size).toBe(300);
  });
});

describe('an HDF5 file is refused', () => {
  let model = new Uint8Array();
  let packed = new Uint8Array();

  beforeAll(async () => {
    model = Uint8Array.from(await kerasModel());
    packed = Uint8Array.from(
      await hdf5File((root) => {
        root.create_dataset({
          name: 'a',
          data: new Float32Array(64),
          shape: [8, 8],
          chunks: [4, 4],
          compression: 9,
        });
      }),
    );
  });

  const long = (value: bigint): readonly number[] => [...new Uint8Array(BigUint64Array.of(value).buffer)];
  const tree = (): number => placeOf(model, 'TREE');
  const names = (): number => placeOf(model, 'HEAP');
  const symbols = (): number => placeOf(model, 'SNOD');
  /** Two sizes of 2 × 3, in a dataspace. */
  const sizes = (): number => placeOf(model, [...long(2n), ...long(3n)]);

  it.each([
    ['that is empty', () => new Uint8Array(), 'the file has 0'],
    ['cut after its signature', () => model.slice(0, 8), 'the file has 8'],
    ['cut in its middle', () => model.slice(0, model.length / 2), 'names'],
    ['cut before its last byte', () => model.slice(0, 700), 'byte'],
    ['of another version', () => patched(model, 8, 9), 'is of version 9'],
    ['with places of 4 bytes', () => patched(model, 13, 4), 'in fewer or more than 8 bytes'],
    ['that begins within another', () => patched(model, 24, 8), 'begins within another'],
    [
      'whose root lies nowhere',
      () => patched(model, 64, ...long(2n ** 40n)),
      'should name a place in the file',
    ],
    ['whose root has no place', () => patched(model, 64, ...long(2n ** 64n - 1n)), 'names none'],
    ['whose root is its own signature', () => patched(model, 64, ...long(0n)), 'is expected'],
    ['with a tree of another kind', () => patched(model, tree() + 4, 1), 'doesn’t belong there'],
    ['with a tree of 200 levels', () => patched(model, tree() + 5, 200), 'doesn’t belong there'],
    [
      'with a tree that leads back to itself',
      () => patched(patched(model, tree() + 5, 1), tree() + 32, ...long(BigInt(tree()))),
      'leads back to itself',
    ],
    ['with a tree of 65,535 entries', () => patched(model, tree() + 6, 255, 255), 'byte'],
    ['with a broken tree', () => patched(model, tree(), 0), 'is expected'],
    ['with a broken heap', () => patched(model, names(), 0), 'HEAP is expected'],
    ['with a heap of 2^60 bytes', () => patched(model, names() + 8, ...long(2n ** 50n)), 'but the file has'],
    ['with broken symbols', () => patched(model, symbols(), 0), 'SNOD is expected'],
    [
      'with a name outside of its heap',
      () => patched(model, symbols() + 8, ...long(2n ** 30n)),
      'a name lies outside of its heap',
    ],
    [
      'with a link to a name',
      () => patched(model, symbols() + 8 + 16, 2),
      'is a link to a name, which is not followed',
    ],
    [
      'with an object at no place',
      () => patched(model, symbols() + 16, ...long(2n ** 33n)),
      'should name a place',
    ],
    [
      'with sizes beyond its values',
      () => patched(model, sizes(), ...long(1000n)),
      'take 12000 bytes, but 24 are given',
    ],
    [
      'with sizes beyond 2^31',
      () => patched(model, sizes(), ...long(2n ** 40n)),
      'a size of more than 2147483647',
    ],
    [
      'with sizes whose product is beyond all',
      () => patched(model, sizes(), ...long(2n ** 31n - 1n), ...long(2n ** 31n - 1n)),
      'more than 2147483647',
    ],
    [
      'with a value that is no number',
      () =>
        patched(model, placeOf(model, [...new Uint8Array(Float32Array.of(10, 11).buffer)]), 0, 0, 0xc0, 0x7f),
      'has the value NaN at [0, 0]',
    ],
    [
      'with chunks that can’t be unpacked',
      () => patched(packed, placeOf(packed, [0x78, 0xda]) + 2, 0xff, 0xff, 0xff),
      'a chunk can’t be unpacked',
    ],
    [
      'with chunks in a broken tree',
      () => patched(packed, placeOf(packed, 'TREE', placeOf(packed, 'TREE') + 1), 0),
      'TREE is expected',
    ],
  ])('%s', (_, bytes, why) => {
    expect(messageOf(bytes())).toContain(why);
  });

  it('with links to other files, to names, and two names for one array', async () => {
    const external = await hdf5File((root) => {
      root.create_external_link('other.h5', '/secret', 'link');
    });
    expect(messageOf(external)).toMatch(/`link` is a link/);
    const soft = await hdf5File((root) => {
      root.create_dataset({ name: 'a', data: Float32Array.of(1) });
      root.create_soft_link('/a', 'b');
    });
    expect(messageOf(soft)).toContain('`b` is a link to a name, which is not followed');
    const hard = await hdf5File((root) => {
      root.create_dataset({ name: 'a', data: Float32Array.of(1) });
      root.create_hard_link('/a', 'b');
    });
    expect(messageOf(hard)).toContain('is there under two names, or leads back to itself');
  });

  it('that unpacks to far more than it is', async () => {
    const bomb = await hdf5File((root) => {
      root.create_dataset({
        name: 'a',
        data: new Float32Array(2 ** 24),
        shape: [2 ** 24],
        chunks: [2 ** 20],
        compression: 9,
      });
    });
    expect(bomb.length).toBeLessThan(2 ** 20);
    expect(messageOf(bomb)).toMatch(/^`a`: it expands to 67108864 bytes: limit \d+ for this file$/);
  });
});
