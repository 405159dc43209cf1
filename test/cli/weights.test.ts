import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '../../src/runtime/node/decode-picture.js';
import { encodePng } from '../../src/runtime/images/encode.js';
import { decodeSafetensors } from '../../src/runtime/weights/decode-safetensors.js';
import { encodeSafetensors } from '../../src/runtime/weights/encode-safetensors.js';
import { torchvisionFixture, type TorchvisionFixture } from '../fixtures/torchvision.js';
import { buildCnnc, cnnc, folderWith, repository } from './cnnc.js';

beforeAll(buildCnnc);

/** Two pixels of the input, one number each for two outputs. */
const model =
  'model M {\n  input 1x2x1\n  flatten\n  dense 2 bias=false\n}\n\ntrain M {\n  preprocess scale=1\n  loss mse\n}\n';

/** As PyTorch lays it: outputs before inputs. */
const theirs = encodeSafetensors(
  new Map([['fc.weight', { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }]]),
  new Map([['format', 'pt']]),
);

const picture = encodePng({ height: 1, width: 2, channels: 1, pixels: Uint8Array.of(10, 1) });

const folder = (more: Readonly<Record<string, string | Uint8Array>> = {}): string =>
  folderWith({ 'm.cnn': model, 'their.safetensors': theirs, 'in.png': picture, ...more });

describe('cnnc weights inspect', () => {
  it('lists the arrays and what stands beside them', async () => {
    const { code, out } = await cnnc(['weights', 'inspect', 'their.safetensors'], { cwd: folder() });
    expect(out).toBe(
      'their.safetensors: safetensors\n\narray      shape  type  bytes\nfc.weight  2×2    F32      16\n\n1 arrays, 4 numbers, 16 bytes\nformat: pt\n',
    );
    expect(code).toBe(0);
  });

  it('writes JSON', async () => {
    const { out } = await cnnc(['weights', 'inspect', 'their.safetensors', '--format', 'json'], {
      cwd: folder(),
    });
    expect(JSON.parse(out)).toEqual({
      formatVersion: 1,
      file: 'their.safetensors',
      format: 'safetensors',
      arrays: [{ name: 'fc.weight', shape: [2, 2], type: 'F32', bytes: 16 }],
      metadata: { format: 'pt' },
      notes: [],
    });
  });

  it.each([
    [
      'pickled',
      Uint8Array.of(0x80, 2, 0x7d),
      1,
      'the file is pickled, which can run any code and is not read',
    ],
    ['of NumPy', Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0), 1, 'the file is an array of NumPy'],
    ['absent', undefined, 3, 'no such file or folder'],
  ])('refuses a file that is %s', async (_, bytes, exit, why) => {
    const cwd = folder(bytes === undefined ? {} : { x: bytes });
    const { code, err, out } = await cnnc(['weights', 'inspect', 'x'], { cwd });
    expect([code, out]).toEqual([exit, '']);
    expect(err).toContain(why);
  });
});

describe('cnnc weights match', () => {
  it('shows which array is which, and writes it', async () => {
    const cwd = folder();
    const { code, out } = await cnnc(['weights', 'match', 'm.cnn', 'their.safetensors', '-o', 'm.map'], {
      cwd,
    });
    expect(out).toBe('fc.weight -> dense1.kernel as OI->IO, rows CHW->HWC 1x1x2\n');
    expect(readFileSync(join(cwd, 'm.map'), 'utf8')).toBe(`# theirs -> ours, for the model M\n${out}`);
    expect(code).toBe(0);
    const again = await cnnc(['weights', 'match', 'm.cnn', 'their.safetensors', '-o', 'm.map'], { cwd });
    expect([again.code, again.err]).toEqual([
      2,
      'cnnc: "m.map" is there already\n  help: name another file, or overwrite it with `--force`\n',
    ]);
  });

  it('writes nothing where something fits nothing', async () => {
    const cwd = folder({ 'm.cnn': model.replace('dense 2', 'dense 3') });
    const { code, err } = await cnnc(['weights', 'match', 'm.cnn', 'their.safetensors', '-o', 'm.map'], {
      cwd,
    });
    expect(err).toContain('no arrays of the file fit `dense1` of `M`');
    expect([code, existsSync(join(cwd, 'm.map'))]).toEqual([1, false]);
  });
});

describe('cnnc weights convert', () => {
  it('writes safetensors under the model’s names', async () => {
    const cwd = folder({ 'm.map': 'fc.weight -> dense1.kernel as OI->IO\n' });
    const args = ['weights', 'convert', 'their.safetensors', '--mapping', 'm.map', '-o', 'our.safetensors'];
    const { code, out } = await cnnc(args, { cwd });
    expect(out).toMatch(/^1 arrays, \d+ bytes\nwrote our\.safetensors\n$/);
    expect(code).toBe(0);
    const read = decodeSafetensors(readFileSync(join(cwd, 'our.safetensors')));
    expect(read.ok && [...read.value.weights]).toEqual([
      ['dense1.kernel', { shape: [2, 2], values: Float32Array.of(1, 3, 2, 4) }],
    ]);
  });

  it('leaves the folder as it was where the mapping is wrong, and names the place', async () => {
    const cwd = folder({ 'm.map': '# by hand\nfc.weight => dense1.kernel\n' });
    const before = readdirSync(cwd);
    const args = ['weights', 'convert', 'their.safetensors', '--mapping', 'm.map', '-o', 'our.safetensors'];
    const { code, err } = await cnnc(args, { cwd });
    expect(err).toContain('error[broken-mapping]: m.map:2:11: `->` is expected, but `=>` stands there');
    expect([code, readdirSync(cwd)]).toEqual([1, before]);
  });
});

describe('cnnc predict with weights of others', () => {
  const mapping = 'fc.weight -> dense1.kernel as OI->IO\n';
  const predict = ['predict', 'm.cnn', 'in.png', '--weights', 'their.safetensors', '--format', 'json'];

  it('takes the mapping that is named, or that lies beside the weights or the model', async () => {
    const cwd = folder({ 'other.map': mapping });
    const named = await cnnc([...predict, '--mapping', 'other.map'], { cwd });
    expect([named.code, named.err]).toEqual([0, '']);
    // 10·1 + 1·2 and 10·3 + 1·4, the likeliest first.
    expect(JSON.parse(named.out)).toMatchObject({
      images: [
        {
          classes: [
            { name: '1', share: 34 },
            { name: '0', share: 12 },
          ],
        },
      ],
    });
    for (const place of ['m.map', 'their.map']) {
      renameSync(join(cwd, place === 'm.map' ? 'other.map' : 'm.map'), join(cwd, place));
      const found = await cnnc(predict, { cwd });
      expect([found.out, found.err]).toEqual([named.out, `note: names are mapped by ${place}\n`]);
    }
  });

  it('prints the numbers of a model that is no classifier', async () => {
    const text =
      'model M {\n  input 1x2x1\n  flatten as x\n  from x {\n    dense 1 bias=false\n    output first\n  }\n  dense 2 bias=false\n  output second\n}\n\ntrain M {\n  preprocess scale=1\n  loss mse\n}\n';
    const weights = encodeSafetensors(
      new Map([
        ['dense1.kernel', { shape: [2, 1], values: Float32Array.of(1, 2) }],
        ['dense2.kernel', { shape: [2, 2], values: Float32Array.of(1, 0, 0, -1) }],
      ]),
    );
    const cwd = folder({ 'm.cnn': text, 'w.safetensors': weights });
    const { code, out } = await cnnc(['predict', 'm.cnn', 'in.png', '--weights', 'w.safetensors'], { cwd });
    expect([code, out]).toEqual([0, 'in.png: first 12.000; second 10.000, -1.0000\n']);
  });

  const double = 'model D {\n  input ?x?x1\n  upsample 2\n}\n';

  it('writes the image that a model makes, in the size of the image that it gets', async () => {
    const cwd = folder({ 'm.cnn': double, 'w.safetensors': encodeSafetensors(new Map()) });
    const args = ['predict', 'm.cnn', 'in.png', '--weights', 'w.safetensors', '-o', 'out.png'];
    const { code, out } = await cnnc(args, { cwd });
    expect([code, out]).toEqual([0, 'D: 1×2 became 2×4\nwrote out.png\n']);
    const read = decodePicture('out.png', readFileSync(join(cwd, 'out.png')));
    expect(read.ok && read.value).toMatchObject({ height: 2, width: 4 });
    expect(read.ok && [...read.value.pixels.filter((_, place) => place % 3 === 0)]).toEqual([
      10, 10, 1, 1, 10, 10, 1, 1,
    ]);
  });

  it.each([
    [[], 'the output of `D` is an image'],
    [['-o', 'out.jpg'], '"out.jpg" doesn\'t end with .png'],
    [['-o', 'in.png'], '"in.png" is the image that is read, which would be overwritten'],
    [['in.png', '-o', 'out.png'], "2 images can't be written to one file"],
  ])('refuses a file for it that can’t be: %j', async (more, why) => {
    const cwd = folder({ 'm.cnn': double, 'w.safetensors': encodeSafetensors(new Map()) });
    const { code, err } = await cnnc(['predict', 'm.cnn', 'in.png', '--weights', 'w.safetensors', ...more], {
      cwd,
    });
    expect(err).toContain(why);
    expect(code).toBe(2);
  });
});

describe('cnnc build with weights of others', () => {
  it('builds what it maps, and reads again what it built', async () => {
    const cwd = folder({ 'm.map': 'fc.weight -> dense1.kernel as OI->IO\n' });
    const built = await cnnc(
      ['build', 'm.cnn', '--to', 'tfjs-layers', '--weights', 'their.safetensors', '-o', 'built'],
      { cwd },
    );
    expect(built.code).toBe(0);
    mkdirSync(join(cwd, 'empty'));
    const { out } = await cnnc(['weights', 'inspect', 'built'], { cwd });
    expect(out).toContain('tfjs layers-model');
    expect(out).toContain('2×2');
    const match = await cnnc(['weights', 'match', 'm.cnn', 'built'], { cwd });
    expect(match.out).toMatch(/^\S+ -> dense1\.kernel\n$/);
    writeFileSync(join(cwd, 'm.map'), match.out);
    const again = await cnnc(
      ['predict', 'm.cnn', 'in.png', '--weights', 'built', '--format', 'json', '--quiet'],
      { cwd },
    );
    expect(JSON.parse(again.out)).toMatchObject({ images: [{ classes: [{ share: 34 }, { share: 12 }] }] });
  });
});

describe('cnnc weights match on a file of torchvision', () => {
  // As `safetensors.torch.save_file` writes it: in the order of the names, what counts batches first.
  it('finds the layers of ResNet-18, projections among them', async () => {
    const file = savedByTorch(torchvisionFixture('resnet18'));
    const at = folder({ 'resnet18.safetensors': file });
    const example = join(repository, 'examples/resnet_torchvision.cnn');
    const args = [example, 'resnet18.safetensors', 'ResNet18Torchvision', '-o', 'resnet18.map'];
    const match = await cnnc(['weights', 'match', ...args], { cwd: at });
    expect(match).toMatchObject({ code: 0, err: 'wrote resnet18.map\n' });
    const lines = readFileSync(join(at, 'resnet18.map'), 'utf8').split('\n');
    expect(lines).toContain('layer4.0.downsample.0.weight -> basic7.downsample1.conv1.kernel as OIHW->HWIO');
    expect(lines).toContain('layer4.0.downsample.1.running_var -> basic7.downsample1.bn1.moving_variance');
    expect(lines).toContain('fc.weight -> dense1.kernel as OI->IO');
  });
});

/** A file of zeros with the arrays of a state dict. */
function savedByTorch({ arrays }: TorchvisionFixture): Uint8Array {
  const isCount = (name: string): boolean => name.endsWith('num_batches_tracked');
  const key = (name: string): string => `${isCount(name) ? '0' : '1'} ${name}`;
  const sorted = arrays.toSorted(([one], [other]) => (key(one) < key(other) ? -1 : 1));
  let end = 0;
  const entries = sorted.map(([name, shape]) => {
    const begin = end;
    end += shape.reduce((product, size) => product * size, isCount(name) ? 8 : 4);
    return [name, { dtype: isCount(name) ? 'I64' : 'F32', shape, data_offsets: [begin, end] }] as const;
  });
  const header = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const bytes = new Uint8Array(8 + header.length + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  return bytes;
}
