import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadWeights } from '../../../src/runtime/index.js';
import { readTfjsManifest } from '../../../src/runtime/weights/tfjs/manifest.js';
import { temporaryFolder, writeFiles } from '../data/files.js';

const entry = { name: 'a', shape: [2], dtype: 'float32' };
const floats = new Uint8Array(Float32Array.of(1.5, -2).buffer);

const manifestOf = (weights: readonly unknown[], paths: readonly string[] = ['w.bin']): string =>
  JSON.stringify({
    format: 'layers-model',
    modelTopology: { deep: [[[{}]]] },
    weightsManifest: [{ paths, weights }],
  });

function load(
  model: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): ReturnType<typeof loadWeights> {
  const folder = writeFiles(temporaryFolder(), { 'model.json': model, ...files });
  return loadWeights(join(folder, 'model.json'));
}

describe('the weights of a model of TensorFlow.js', () => {
  it('are read from one file or several, one behind the other', () => {
    const whole = load(manifestOf([entry]), { 'w.bin': floats });
    expect(whole.ok && [...whole.value.weights]).toEqual([
      ['a', { shape: [2], values: Float32Array.of(1.5, -2) }],
    ]);
    expect(whole.ok && whole.value.format).toBe('tfjs layers-model');
    const parts = load(manifestOf([entry], ['1', '2']), { '1': floats.slice(0, 3), '2': floats.slice(3) });
    expect(parts).toEqual(whole);
  });

  it('are read from a manifest alone, as older converters write it', () => {
    const read = load(JSON.stringify([{ paths: ['w.bin'], weights: [entry] }]), { 'w.bin': floats });
    expect(read.ok && read.value.weights.get('a')?.values).toEqual(Float32Array.of(1.5, -2));
  });

  it.each([
    ['uint8', { dtype: 'uint8', scale: 0.5, min: -1 }, Uint8Array.of(0, 255), [-1, 126.5]],
    [
      'uint16',
      { dtype: 'uint16', scale: 2, min: 1 },
      new Uint8Array(Uint16Array.of(3, 65535).buffer),
      [7, 131071],
    ],
    ['float16', { dtype: 'float16' }, new Uint8Array(Uint16Array.of(0x3c00, 0xfbff).buffer), [1, -65504]],
  ])('are dequantised from %s', (_, quantization, bytes, values) => {
    const read = load(manifestOf([{ ...entry, quantization }]), { 'w.bin': bytes });
    expect(read.ok && read.value.weights.get('a')?.values).toEqual(Float32Array.from(values));
  });

  it('say where whole numbers had to be rounded', () => {
    const bytes = new Uint8Array(Int32Array.of(2 ** 24 + 1, 5).buffer);
    const read = load(manifestOf([{ ...entry, dtype: 'int32' }]), { 'w.bin': bytes });
    expect(read.ok && read.value.notes).toEqual(['`a` holds int32: 1 of its numbers are rounded to float32']);
  });

  it('keep `__proto__` and `constructor` as names', () => {
    const names = ['__proto__', 'constructor'];
    const text = manifestOf(names.map((name) => ({ ...entry, name })));
    const read = load(text, { 'w.bin': new Uint8Array([...floats, ...floats]) });
    expect(read.ok && [...read.value.weights.keys()]).toEqual(names);
  });
});

describe('a manifest is refused', () => {
  const group = (fields: string): string => `{"weightsManifest":[{${fields}}]}`;
  const array = (fields: string): string => group(`"paths":["w.bin"],"weights":[{${fields}}]`);
  const fine = '"name":"a","shape":[2],"dtype":"float32"';

  it('never where it is fine', () => {
    expect(readTfjsManifest(bytesOf(array(fine)))).toMatchObject({ ok: true });
  });

  it.each([
    ['cut off', array(fine).slice(0, -3), 'broken at character'],
    ['with text behind it', `${array(fine)} x`, 'something stands behind the end'],
    ['as a number', '7', 'neither an object nor a list'],
    ['without weights', '{}', 'no list `weightsManifest`'],
    [
      'with weights twice',
      '{"weightsManifest":[],"weightsManifest":[]}',
      'the field `weightsManifest` twice',
    ],
    ['with a group that is a text', '{"weightsManifest":["a"]}', 'group 1 of the weights is no object'],
    ['with a topology that doesn’t end', '{"modelTopology":[[[', 'it ends within a value'],
    ['without paths', group('"weights":[]'), 'has no list `paths`'],
    ['without arrays', group('"paths":[]'), 'has no list `weights`'],
    ['with an unknown field', group('"paths":[],"weights":[],"code":"x"'), 'a field `code`'],
    [
      'with a path out of the folder',
      group('"paths":["../secret"],"weights":[]'),
      'names the file `../secret`',
    ],
    ['with an absolute path', group('"paths":["/etc/passwd"],"weights":[]'), 'names the file `/etc/passwd`'],
    ['with a path of Windows', group('"paths":["..\\\\a"],"weights":[]'), 'names the file `..\\a`'],
    ['with a drive', group('"paths":["c:a"],"weights":[]'), 'names the file `c:a`'],
    ['with a URL', group('"paths":["http://a/b"],"weights":[]'), 'names the file `http://a/b`'],
    ['with the folder itself', group('"paths":[".."],"weights":[]'), 'names the file `..`'],
    ['with an empty path', group('"paths":[""],"weights":[]'), 'names the file ``'],
    ['with a zero in a path', group('"paths":["a\\u0000b"],"weights":[]'), 'which is no plain name'],
    ['with a path that is a number', group('"paths":[7],"weights":[]'), 'which is no plain name'],
    ['with a file twice', group('"paths":["a","a"],"weights":[]'), 'the file `a` stands twice'],
    ['with a name twice', group(`"paths":[],"weights":[{${fine}},{${fine}}]`), 'the array `a` stands twice'],
    ['with a field twice', array(`${fine},"name":"b"`), 'the field `name` twice'],
    ['without a name', array('"shape":[2],"dtype":"float32"'), 'an array without a `name`'],
    ['without a type', array('"name":"a","shape":[2]'), 'has no `dtype` of `a`'],
    ['with texts', array('"name":"a","shape":[2],"dtype":"string"'), 'holds `string` in `a`'],
    ['without a shape', array('"name":"a","dtype":"float32"'), 'has no `shape`'],
    ['with a negative size', array('"name":"a","shape":[-2],"dtype":"float32"'), 'has no `shape`'],
    ['with half a size', array('"name":"a","shape":[0.5],"dtype":"float32"'), 'has no `shape`'],
    [
      'with an array of 2^66 bytes',
      array('"name":"a","shape":[4294967296,4294967296],"dtype":"float32"'),
      'which takes 73786976294838206464 bytes',
    ],
    ['with nine sizes', array('"name":"a","shape":[1,1,1,1,1,1,1,1,1],"dtype":"float32"'), 'has 9 sizes'],
    [
      'with too much together',
      group(
        `"paths":[],"weights":[${[1, 2, 3].map((n) => `{"name":"${String(n)}","shape":[268435456],"dtype":"float32"}`).join(',')}]`,
      ),
      'takes more than 2147483647 bytes',
    ],
    [
      'with an unknown quantisation',
      array(`${fine},"quantization":{"dtype":"int4"}`),
      'is not uint8, uint16 or float16',
    ],
    [
      'with a quantisation without a scale',
      array(`${fine},"quantization":{"dtype":"uint8","min":0}`),
      'without numbers `scale` and `min`',
    ],
    ['nested too deep', group(`"paths":${'['.repeat(100_000)}`), 'nested too deep'],
    ['with a million values', `{"weightsManifest":[${'[],'.repeat(400_000)}[]]}`, 'more than 200000 values'],
  ])('%s', (_, text, why) => {
    const read = readTfjsManifest(bytesOf(text));
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'broken-weights' }] });
    expect(read.ok ? '' : read.problems[0]?.message).toContain(why);
  });

  it('that is no UTF-8', () => {
    const read = readTfjsManifest(Uint8Array.of(0x7b, 0xff));
    expect(read.ok ? '' : read.problems[0]?.message).toBe('the manifest is not UTF-8');
  });
});

describe('the files of a manifest are refused', () => {
  const messageOf = (read: ReturnType<typeof loadWeights>): string =>
    read.ok ? '' : (read.problems[0]?.message ?? '');

  it.each([
    ['too short', floats.slice(1), 'take 8 bytes, but 7 are there'],
    ['too long', new Uint8Array(9), 'limit 8 bytes, got 9'],
    ['not a number', new Uint8Array(Float32Array.of(1, Number.NaN).buffer), '`a` has the value NaN at [1]'],
  ])('where one is %s', (_, bytes, why) => {
    expect(messageOf(load(manifestOf([entry]), { 'w.bin': bytes }))).toContain(why);
  });

  it('where one is missing, a folder or a device', () => {
    expect(load(manifestOf([entry]), {})).toMatchObject({ ok: false, problems: [{ code: 'unreadable' }] });
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'model.json'), manifestOf([entry]));
    mkdirSync(join(folder, 'w.bin'));
    expect(messageOf(loadWeights(join(folder, 'model.json')))).toContain('it is no regular file');
    const other = temporaryFolder();
    writeFileSync(join(other, 'model.json'), manifestOf([entry]));
    symlinkSync('/dev/zero', join(other, 'w.bin'));
    expect(messageOf(loadWeights(join(other, 'model.json')))).toContain('it is no regular file');
  });
});

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
