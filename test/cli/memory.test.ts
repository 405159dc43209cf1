import { zipSync } from 'fflate';
import jpeg from 'jpeg-js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { idx, png } from '../runtime/data/files.js';
import { hdf5File } from '../runtime/weights/hdf5-file.js';
import { buildCnnc, cnnc, folderWith } from './cnnc.js';

// Each file is read by a process of its own, whose peak is compared with that of the same command on next to nothing.

const mega = 2 ** 20;
/** How large the large files are: times three this is more than the rest of the bound. */
const size = 32 * mega;

/** Draws an image as it is and as one epoch sees it, so that it is read. */
const sheet = ['-o', 'sheet.png', '--columns', '2', '--rows', '1'];

const net = 'model Net {\n  input 28x28x1\n  flatten\n  dense 2 softmax\n}\n';

/** The peaks of commands on files that are next to nothing, by the name of the command. */
const least = new Map<string, number>();

beforeAll(async () => {
  await buildCnnc();
  const folder = folderWith({
    'net.cnn': net,
    tiny: safetensors('F32', 4, 64),
    ...idxFolder(20, new Uint8Array(20 * 784))('data', (bytes) => bytes),
  });
  for (const args of [
    ['weights', 'inspect', 'tiny'],
    ['augment', 'net.cnn', '--data', 'data', ...sheet],
  ]) {
    const run = await peakOf(folder, args);
    expect(run.code).toBe(0);
    least.set(args[0] ?? '', run.peak);
  }
});

/** Bytes that no packer makes much smaller, and of which two or four or eight are a number that is finite. */
const noise = Uint8Array.from({ length: size }, (_, place) =>
  // The upper bytes of a number, which hold its exponent, stay small.
  place % 2 === 1 ? 0x3f : (place * place * 31 + place) >>> 7,
);

describe('reading weights takes no more than three times the file and 64 MB', () => {
  it.each([
    ['safetensors of F32', () => safetensors('F32', 4)],
    ['safetensors of F64', () => safetensors('F64', 8)],
    ['safetensors of F16', () => safetensors('F16', 2)],
    ['safetensors of BF16', () => safetensors('BF16', 2)],
    ['safetensors of I64', () => safetensors('I64', 8)],
    ['HDF5', () => hdf5({})],
    ['HDF5 in packed chunks', () => hdf5({ chunks: [1024, 64], compression: 1 })],
    ['Keras', async () => zipSync({ 'model.weights.h5': await hdf5({}) }, { level: 1 })],
  ] as const)('%s', async (_, make) => {
    const bytes = await make();
    const folder = folderWith({ large: bytes });
    const extra = await extraOf(folder, ['weights', 'inspect', 'large']);
    expect(extra.code).toBe(0);
    expect(extra.bytes).toBeLessThan(3 * bytes.length + 64 * mega);
  });

  it.each([1, 8])('tfjs in %i files', async (shards) => {
    const paths = Array.from({ length: shards }, (_, place) => `${String(place)}.bin`);
    const each = size / shards;
    const folder = folderWith({
      'model.json': manifest(paths, { dtype: 'float32', shape: [size / 4] }),
      ...Object.fromEntries(
        paths.map((path, place) => [path, noise.subarray(place * each, (place + 1) * each)]),
      ),
    });
    const extra = await extraOf(folder, ['weights', 'inspect', 'model.json']);
    expect(extra.code).toBe(0);
    expect(extra.bytes).toBeLessThan(3 * size + 64 * mega);
  });

  // Each byte becomes a float32: four times the file besides the file.
  it('or five times, where numbers have one byte', async () => {
    const quantization = { dtype: 'uint8', scale: 0.5, min: -1 };
    const folder = folderWith({
      'u8.safetensors': safetensors('U8', 1),
      'model.json': manifest(['w.bin'], { dtype: 'float32', shape: [size], quantization }),
      'w.bin': noise,
    });
    for (const file of ['u8.safetensors', 'model.json']) {
      const extra = await extraOf(folder, ['weights', 'inspect', file]);
      expect(extra.code).toBe(0);
      expect(extra.bytes).toBeLessThan(5 * size + 64 * mega);
    }
  });
});

describe('a file of weights that pretends to be more is refused within three times its bytes and 64 MB', () => {
  it.each([
    ['a list of eight million numbers', () => text(`{"a":[${'0,'.repeat(8_000_000)}0]}`)],
    ['a shape of eight million sizes', () => text(`{"a":{"shape":[${'0,'.repeat(8_000_000)}0]}}`)],
    ['a million arrays', () => text(`{${entries(1_000_000, () => '{}')}}`)],
    ['a million texts', () => text(`{"__metadata__":{${entries(1_000_000, () => '""')}}}`)],
    ['a manifest of ten million groups', () => bytesOf(`{"weightsManifest":[${'{},'.repeat(1e7)}{}]}`)],
    ['an archive with too much in it', () => zipSync({ 'model.weights.h5': new Uint8Array(48 * mega) })],
    [
      'an archive with something else in it',
      () => zipSync({ 'model.weights.h5': new Uint8Array(24 * mega) }),
    ],
    ['chunks much larger than their array', () => chunks(Uint8Array.of(1), 2 ** 24)],
    ['chunks that unpack to more than the file may', () => chunks(new Float32Array(9 * mega), 2 ** 20)],
  ] as const)('%s', async (_, make) => {
    const bytes = await make();
    const folder = folderWith({ large: bytes });
    const extra = await extraOf(folder, ['weights', 'inspect', 'large']);
    expect(extra.err).toContain('error[broken-weights]');
    expect(extra.bytes).toBeLessThan(3 * bytes.length + 64 * mega);
  });
});

describe('reading images', () => {
  // What a model sees is made of whole pixels, however small a file they are packed into.
  it('takes no more than 32 bytes a pixel and 64 MB', async () => {
    const [width, height] = [2400, 1600];
    const data = Uint8Array.from({ length: 4 * width * height }, (_, place) => (place * 7919) >>> 5);
    const packed = new PNG({ width, height });
    packed.data.set(data);
    const folder = folderWith({
      'net.cnn': net,
      'a.png': PNG.sync.write(packed, { deflateLevel: 1 }),
      'a.jpg': jpeg.encode({ width, height, data }, 90).data,
    });
    for (const image of ['a.png', 'a.jpg']) {
      const extra = await extraOf(folder, ['augment', 'net.cnn', image, ...sheet]);
      expect(extra.code).toBe(0);
      expect(extra.bytes).toBeLessThan(32 * width * height + 64 * mega);
    }
  });

  it.each([
    ['a JPEG file whose bytes can’t hold its pixels', 'a.jpg', () => lyingJpeg(5700)],
    ['a PNG file whose pixels unpack to less than its header says', 'a.png', () => lyingPng(5700)],
    ['a PNG file whose pixels unpack to more than its header says', 'a.png', () => lyingPng(1)],
  ] as const)('refuses within 64 MB %s', async (_, name, make) => {
    const folder = folderWith({ 'net.cnn': net, [name]: make() });
    const extra = await extraOf(folder, ['augment', 'net.cnn', name, ...sheet]);
    expect(extra.err).toContain('error[broken-image]');
    expect(extra.bytes).toBeLessThan(64 * mega);
  });

  it('takes no more than three times a data set in IDX, as it is unpacked, and 64 MB', async () => {
    const count = 40_000;
    const values = noise.subarray(0, count * 784);
    const files = idxFolder(count, values);
    const folder = folderWith({
      'net.cnn': net,
      ...files('plain', (bytes) => bytes),
      ...files('packed', gzipSync),
    });
    const extras = ['plain', 'packed'].map((data) =>
      extraOf(folder, ['augment', 'net.cnn', '--data', data, ...sheet]),
    );
    for (const extra of await Promise.all(extras)) {
      expect(extra.code).toBe(0);
      expect(extra.bytes).toBeLessThan(3 * values.length + 64 * mega);
    }
  });

  it('refuses a packed data set that goes on behind what its header says, within 64 MB', async () => {
    const files = idxFolder(10, new Uint8Array(160 * mega));
    const folder = folderWith({ 'net.cnn': net, ...files('packed', gzipSync) });
    const extra = await extraOf(folder, ['augment', 'net.cnn', '--data', 'packed', ...sheet]);
    expect(extra.err).toContain('unpacks to more bytes than its header says');
    expect(extra.bytes).toBeLessThan(64 * mega);
  });
});

/** How much more memory a command takes than on a tiny file, and what it says. */
async function extraOf(folder: string, args: readonly string[]) {
  const run = await peakOf(folder, args);
  return { ...run, bytes: run.peak - (least.get(args[0] ?? '') ?? 0) };
}

async function peakOf(folder: string, args: readonly string[]) {
  const file = join(folder, `peak-${args.join('-').replaceAll('/', '-')}`);
  const preload = fileURLToPath(new URL('peak.mjs', import.meta.url));
  const env = { NODE_OPTIONS: `--import=${preload}`, CNNC_PEAK: file };
  const run = await cnnc(args, { cwd: folder, env });
  const peak = Number(readFileSync(file, 'utf8'));
  expect(peak).toBeGreaterThan(0);
  return { ...run, peak };
}

function bytesOf(written: string): Uint8Array {
  return new TextEncoder().encode(written);
}

/** A file of safetensors with this header and nothing else. */
function text(header: string): Uint8Array {
  const head = bytesOf(header);
  const bytes = new Uint8Array(8 + head.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(head.length), true);
  bytes.set(head, 8);
  return bytes;
}

function entries(count: number, value: () => string): string {
  return Array.from({ length: count }, (_, place) => `"${String(place)}":${value()}`).join(',');
}

/** A file of safetensors with one array of these numbers. */
function safetensors(dtype: string, each: number, length = size): Uint8Array {
  const a = { dtype, shape: [length / each], data_offsets: [0, length] };
  const head = text(JSON.stringify({ a }));
  const bytes = new Uint8Array(head.length + length);
  bytes.set(head);
  bytes.set(noise.subarray(0, length), head.length);
  return bytes;
}

function hdf5(how: { readonly chunks?: number[]; readonly compression?: number }): Promise<Uint8Array> {
  const data = new Float32Array(noise.buffer);
  return hdf5File((root) => {
    root.create_group('layer').create_dataset({ name: 'kernel', data, shape: [size / 256, 64], ...how });
  });
}

function chunks(data: Uint8Array | Float32Array, length: number): Promise<Uint8Array> {
  return hdf5File((root) => {
    for (const name of ['a', 'b'])
      root.create_dataset({
        name,
        data,
        shape: [data.length],
        maxshape: [2 ** 30],
        chunks: [length],
        compression: 9,
      });
  });
}

function manifest(paths: readonly string[], array: object): string {
  return JSON.stringify({ weightsManifest: [{ paths, weights: [{ name: 'a', ...array }] }] });
}

/** A JPEG file of a few pixels that says it has as many as this on each side. */
function lyingJpeg(side: number): Uint8Array {
  const bytes = Uint8Array.from(jpeg.encode({ width: 8, height: 8, data: new Uint8Array(256) }, 90).data);
  const frame = bytes.findIndex((byte, place) => byte === 0xff && bytes[place + 1] === 0xc0);
  new DataView(bytes.buffer).setUint16(frame + 5, side);
  new DataView(bytes.buffer).setUint16(frame + 7, side);
  return bytes;
}

/** A PNG file of 2000 × 2000 pixels that says it has as many as this on each side. */
function lyingPng(side: number): Uint8Array {
  const bytes = png(2000, 2000, [0, 0, 0]).slice();
  new DataView(bytes.buffer).setUint32(16, side);
  new DataView(bytes.buffer).setUint32(20, side);
  return bytes;
}

/** The files of a data set of black and white squares, in a folder. */
function idxFolder(count: number, values: Uint8Array) {
  const images = new Uint8Array(16 + values.length);
  images.set(idx([count, 28, 28], []));
  images.set(values, 16);
  const labels = idx(
    [count],
    Array.from({ length: count }, (_, place) => place % 2),
  );
  return (folder: string, pack: (bytes: Uint8Array) => Uint8Array): Readonly<Record<string, Uint8Array>> => {
    const ending = pack(labels).length === labels.length ? '' : '.gz';
    return {
      [join(folder, `train-images-idx3-ubyte${ending}`)]: pack(images),
      [join(folder, `train-labels-idx1-ubyte${ending}`)]: pack(labels),
    };
  };
}
