import { zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeKeras } from '../../../src/runtime/weights/keras/decode-keras.js';
import { hdf5File, patched, placeOf } from './hdf5-file.js';

let weights = new Uint8Array();
let archive = new Uint8Array();

beforeAll(async () => {
  weights = Uint8Array.from(
    await hdf5File((root) => {
      const layer = root.create_group('layers').create_group('dense').create_group('vars');
      layer.create_dataset({ name: '0', data: Float32Array.of(1, 2), shape: [2, 1] });
      layer.create_dataset({ name: '1', data: Float32Array.of(3) });
    }),
  );
  archive = zip({ 'config.json': text('{"class_name":"Lambda"}'), 'model.weights.h5': weights }, 0);
});

describe('an archive of Keras', () => {
  it.each([0, 9] as const)('gives its weights, packed by level %i, and reads nothing else', (level) => {
    const read = decodeKeras(
      zip({ 'config.json': text('not even JSON'), 'model.weights.h5': weights }, level),
    );
    expect(read.ok && [...read.value.weights]).toEqual([
      ['layers/dense/vars/0', { shape: [2, 1], values: Float32Array.of(1, 2) }],
      ['layers/dense/vars/1', { shape: [1], values: Float32Array.of(3) }],
    ]);
  });
});

describe('an archive of Keras is refused', () => {
  const directory = (): number => placeOf(archive, [0x50, 0x4b, 1, 2]);
  const second = (): number => placeOf(archive, [0x50, 0x4b, 1, 2], directory() + 1);
  const end = (): number => placeOf(archive, [0x50, 0x4b, 5, 6]);
  const own = (): number => placeOf(archive, [0x50, 0x4b, 3, 4], 1);

  it.each([
    ['that is empty', () => new Uint8Array(), 'no directory at its end'],
    ['that is cut', () => archive.slice(0, -1), 'no directory at its end'],
    ['with bytes behind it', () => Uint8Array.of(...archive, 0), 'no directory at its end'],
    ['without weights', () => zip({ 'config.json': text('{}') }, 0), 'has no `model.weights.h5`'],
    ['that PyTorch pickled', () => zip({ 'model/data.pkl': text('x') }, 0), 'pickled by PyTorch'],
    ['of NumPy', () => zip({ 'a.npy': text('x') }, 0), 'an archive of NumPy'],
    ['with a path out of it', () => zip({ '../x': text('x') }, 0), 'a file `../x`, which leads out of it'],
    ['with a path in the middle', () => zip({ 'a/../../x': text('x') }, 0), 'which leads out of it'],
    ['with an absolute path', () => zip({ '/etc/x': text('x') }, 0), 'a file `/etc/x`'],
    ['with a path of Windows', () => zip({ 'a\\b': text('x') }, 0), 'which leads out of it'],
    [
      'with a name twice',
      () =>
        patched(
          zip({ aa: text('x'), ab: text('y') }, 0),
          placeOf(
            zip({ aa: text('x'), ab: text('y') }, 0),
            'ab',
            placeOf(zip({ aa: text('x'), ab: text('y') }, 0), [0x50, 0x4b, 1, 2]),
          ),
          97,
          97,
        ),
      'the file `aa` twice',
    ],
    ['with 60,000 files', () => patched(archive, end() + 10, 0x60, 0xea), 'has 60000 files'],
    ['with more files than are listed', () => patched(archive, end() + 10, 9, 0), 'directory is broken'],
    [
      'with a directory at no place',
      () => patched(archive, end() + 16, 255, 255, 255, 127),
      'directory is broken',
    ],
    ['with a broken directory', () => patched(archive, directory(), 0), 'directory is broken'],
    [
      'with a name longer than all',
      () => patched(archive, directory() + 28, 255, 255),
      'directory is broken',
    ],
    ['with a name that is no UTF-8', () => patched(archive, directory() + 46, 0xff), 'directory is broken'],
    ['that is encrypted', () => patched(archive, second() + 8, 1), 'is encrypted'],
    ['packed by another method', () => patched(archive, second() + 10, 12), 'packed by method 12'],
    ['with another length', () => patched(archive, second() + 24, 1, 0, 0, 0), 'has two lengths'],
    [
      'with a length beyond the end',
      () => patched(archive, second() + 20, 255, 255, 255, 0),
      'ends behind the end',
    ],
    ['with a place beyond the end', () => patched(archive, second() + 42, 255, 255, 255, 0), 'has no header'],
    ['with a broken header', () => patched(archive, own(), 0), 'has no header'],
    [
      'with weights that are no HDF5',
      () => zip({ 'model.weights.h5': text('x'.repeat(100)) }, 0),
      'is no HDF5 file',
    ],
    [
      'that unpacks to far more',
      () => zip({ 'model.weights.h5': new Uint8Array(2 ** 26) }, 9),
      'unpacks to 67108864 bytes: limit',
    ],
    ['that unpacks to more than it says', () => understated(), 'unpacks to another length than is said'],
  ])('%s', (_, bytes, why) => {
    const read = decodeKeras(bytes());
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'broken-weights' }] });
    expect(read.ok ? '' : read.problems[0]?.message).toContain(why);
  });
});

/** An archive whose weights are longer than their directory says. */
function understated(): Uint8Array {
  const bytes = zip({ 'model.weights.h5': weights }, 9);
  return patched(bytes, placeOf(bytes, [0x50, 0x4b, 1, 2]) + 24, 100, 0, 0, 0);
}

function zip(files: Readonly<Record<string, Uint8Array>>, level: 0 | 9): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(zipSync({ ...files }, { level }));
}

function text(content: string): Uint8Array {
  return new TextEncoder().encode(content);
}
