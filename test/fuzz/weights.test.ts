import fc from 'fast-check';
import { zipSync } from 'fflate';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadWeights } from '../../src/runtime/index.js';
import { encodeSafetensors } from '../../src/runtime/weights/encode-safetensors.js';
import { decodeHdf5 } from '../../src/runtime/weights/hdf5/decode-hdf5.js';
import { decodeKeras } from '../../src/runtime/weights/keras/decode-keras.js';
import { decodeSafetensors } from '../../src/runtime/weights/decode-safetensors.js';
import { parseMapping } from '../../src/runtime/weights/mapping/parse-mapping.js';
import type { WeightFile } from '../../src/runtime/weights/weight-file.js';
import type { Outcome } from '../../src/runtime/outcome.js';
import { hdf5File, kerasModel } from '../runtime/weights/hdf5-file.js';
import { temporaryFolder, writeFiles } from '../runtime/data/files.js';

// The seed of a failure is printed by fast-check; CNNC_FUZZ says how many files are drawn of each format.

const runs = Number(process.env['CNNC_FUZZ'] ?? 300);

const change = fc.record({
  place: fc.nat({ max: 2 ** 20 }),
  value: fc.oneof(fc.nat({ max: 255 }), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)),
  count: fc.constantFrom(1, 1, 1, 2, 4, 8),
  kind: fc.constantFrom('set', 'set', 'set', 'set', 'delete', 'insert', 'cut', 'copy'),
});

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

const changes = fc.array(change, { minLength: 1, maxLength: 5 });

const kerasFile = await kerasModel();
const packedFile = await hdf5File((root) => {
  const data = Float32Array.from({ length: 60 }, (_, place) => place);
  root.create_dataset({ name: 'packed', data, shape: [6, 10], chunks: [4, 4], compression: 5 });
  root.create_group('group').create_dataset({ name: 'whole', data: Int32Array.of(1, 2) });
});
const arrays = new Map([
  ['conv1.kernel', { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }],
  ['conv1.bias', { shape: [1], values: Float32Array.of(0.5) }],
]);

describe.each([
  ['a file of safetensors', encodeSafetensors(arrays, new Map([['model', 'M']])), decodeSafetensors],
  ['a file of Keras', kerasFile, decodeHdf5],
  ['an HDF5 file in packed chunks', packedFile, decodeHdf5],
  [
    'an archive of Keras',
    zipSync({ 'config.json': new Uint8Array(9), 'model.weights.h5': kerasFile }, { level: 6 }),
    decodeKeras,
  ],
  [
    'an archive of Keras that isn’t packed',
    zipSync({ 'model.weights.h5': kerasFile }, { level: 0 }),
    decodeKeras,
  ],
] as const)('%s that was changed at random', (_, bytes, decode) => {
  it('is read whole, or refused with one problem', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(changes, (list) => {
        const mutated = mutate(bytes, list);
        expectWhole(decode(mutated), mutated.length);
      }),
      { numRuns: runs },
    );
  });
});

describe('a model of TensorFlow.js that was changed at random', () => {
  const model = JSON.stringify({
    format: 'layers-model',
    modelTopology: { layers: [{ name: 'a' }] },
    weightsManifest: [
      {
        paths: ['w.bin'],
        weights: [
          {
            name: 'a',
            shape: [2, 2],
            dtype: 'float32',
            quantization: { dtype: 'uint8', scale: 0.5, min: -1 },
          },
          { name: 'b', shape: [1], dtype: 'float32' },
        ],
      },
    ],
  });

  it('is read whole, or refused with one problem, and opens no other file', { timeout: 3_600_000 }, () => {
    const folder = temporaryFolder();
    const path = join(folder, 'model.json');
    fc.assert(
      fc.property(changes, (list) => {
        const manifest = mutate(new TextEncoder().encode(model), list);
        writeFiles(folder, { 'model.json': manifest, 'w.bin': new Uint8Array(8) });
        expectWhole(loadWeights(path), manifest.length + 8);
        expect(readdirSync(folder).sort()).toEqual(['model.json', 'w.bin']);
      }),
      { numRuns: runs },
    );
  });
});

describe('a mapping that was changed at random', () => {
  const text = 'a.weight -> conv1.kernel as OIHW->HWIO, rows CHW->HWC 2x1x1\n"b c" -> d # why\nignore *.x\n';

  it('is read, or refused with the place of each mistake', { timeout: 3_600_000 }, () => {
    fc.assert(
      fc.property(changes, (list) => {
        const mutated = new TextDecoder().decode(mutate(new TextEncoder().encode(text), list));
        const read = parseMapping('m.map', mutated);
        for (const { message } of read.ok ? [] : read.problems) expect(message).toMatch(/^m\.map:\d+:\d+: ./);
      }),
      { numRuns: runs },
    );
  });
});

function mutate(bytes: Uint8Array, list: readonly Change[]): Uint8Array {
  let result = bytes;
  for (const { place, value, count, kind } of list) {
    const at = place % Math.max(1, result.length);
    if (kind === 'set') result = spliced(result, at, count, new Uint8Array(count).fill(value));
    else if (kind === 'delete') result = spliced(result, at, count, new Uint8Array());
    else if (kind === 'insert') result = spliced(result, at, 0, new Uint8Array(count).fill(value));
    else if (kind === 'cut') result = result.slice(0, at);
    else result = spliced(result, at, 8, result.slice((at * 7) % Math.max(1, result.length)).slice(0, 8));
  }
  return result;
}

function spliced(bytes: Uint8Array, at: number, count: number, put: Uint8Array): Uint8Array {
  return Uint8Array.of(...bytes.subarray(0, at), ...put, ...bytes.subarray(at + count));
}

/** What was read is consistent and no more than a file of that length may become; what was not has one clear reason. */
function expectWhole(read: Outcome<WeightFile>, length: number): void {
  if (!read.ok) {
    expect(read.problems).toHaveLength(1);
    expect(read.problems[0]?.message).toMatch(/\S/);
    return;
  }
  let bytes = 0;
  for (const { shape, values } of read.value.weights.values()) {
    expect(shape.reduce((product, size) => product * size, 1)).toBe(values.length);
    expect(values.every(Number.isFinite)).toBe(true);
    bytes += values.byteLength;
  }
  expect(bytes).toBeLessThanOrEqual(4 * length + 2 ** 25);
}
