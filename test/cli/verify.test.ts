import { beforeAll, describe, expect, it } from 'vitest';
import { encodePng } from '../../src/runtime/images/encode.js';
import { buildCnnc, cnnc, folderWith } from './cnnc.js';
import { good } from './sources.js';

beforeAll(buildCnnc);

const picture = encodePng({
  height: 8,
  width: 8,
  channels: 1,
  pixels: new Uint8Array(64).map((_, i) => 3 * i),
});
const folder = (): string => folderWith({ 'm.cnn': good, 'in.png': picture });

describe('cnnc verify', () => {
  it('shows how far every engine and target is off, layer by layer', async () => {
    const { code, out } = await cnnc(['verify', 'm.cnn', '--engines', 'wasm,cpu'], { cwd: folder() });
    expect(out).toMatch(
      /^Small: 2 inputs, held against wasm; differences by the largest magnitude of a layer\n\n/,
    );
    expect(out).toMatch(/^layer +kind +tfjs-layers +tfjs-graph +cpu$/m);
    expect(out).toMatch(/^conv1 +conv( +\S+){3}$/m);
    expect(out).toMatch(/^tfjs-layers: .* agrees\ntfjs-graph: .* agrees\ncpu: 4 layers, .* agrees\n$/m);
    expect(code).toBe(0);
  });

  it('ends with 1 where a layer is beyond the tolerance, and names the first', async () => {
    const args = ['verify', 'm.cnn', 'in.png', '--engines', 'cpu,wasm', '--tolerance', '1e-12'];
    const { code, out } = await cnnc(args, { cwd: folder() });
    expect(out).toMatch(/^Small: 1 input, held against cpu;/);
    expect(out).toMatch(/^wasm: .*: departs first at \S+ \(\S+, beyond 1\.0e-12\)$/m);
    expect(code).toBe(1);
  });

  it('writes JSON', async () => {
    const args = ['verify', 'm.cnn', '--engines', 'wasm,cpu', '--format', 'json'];
    const { out } = await cnnc(args, { cwd: folder() });
    expect(JSON.parse(out)).toMatchObject({
      formatVersion: 1,
      model: 'Small',
      reference: 'wasm',
      tolerance: 1e-4,
      batch: 2,
      agrees: true,
      layers: [
        { path: 'conv1', kind: 'conv' },
        { path: 'gap1' },
        { path: 'dense1' },
        { path: 'dense1.softmax' },
      ],
      runners: [{ name: 'tfjs-layers', agrees: true }, { name: 'tfjs-graph' }, { name: 'cpu' }],
      skipped: [],
    });
  });

  it.each([
    ['a tolerance of nothing', ['--tolerance', '0'], 2, 'A number above zero is expected'],
    [
      'an engine that is none',
      ['--engines', 'wasm,gpu'],
      2,
      'Names of engines are expected, each once: wasm,cpu,node.',
    ],
    ['an engine twice', ['--engines', 'cpu,cpu'], 2, 'each once'],
    ['an absent image', ['none.png'], 3, 'no such file or folder'],
    ['an image that is broken', ['m.cnn'], 1, 'm.cnn'],
  ])('refuses %s', async (_, args, exit, why) => {
    const { code, out, err } = await cnnc(['verify', 'm.cnn', ...args], { cwd: folder() });
    expect([code, out]).toEqual([exit, '']);
    expect(err).toContain(why);
  });
});
