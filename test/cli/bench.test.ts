import { beforeAll, describe, expect, it } from 'vitest';
import { buildCnnc, cnnc, folderWith } from './cnnc.js';
import { good } from './sources.js';

beforeAll(buildCnnc);

/** Benches what is in the file or, as `-`, what is given. */
function bench(args: readonly string[], source = good): ReturnType<typeof cnnc> {
  return cnnc(['bench', ...args, '--runs', '2'], { cwd: folderWith({ 'm.cnn': source }), input: source });
}

describe('cnnc bench', () => {
  it('shows times and memory of one engine', async () => {
    const { code, out, err } = await bench(['m.cnn', '--engine', 'wasm', '--batch', '3']);
    expect(out).toMatch(/^Small: 3 images at once, 1,336 macs an image, tensors of \S+ \w+ at the peak\n\n/);
    expect(out).toMatch(/^engine +first run +median +fastest +runs +images\/s +peak memory$/m);
    expect(out).toMatch(/^wasm( +[\d,.]+ ms){3} +2 +[\d,.]+ +[\d.]+ MiB\n$/m);
    expect([code, err]).toEqual([0, '']);
  });

  it('runs every engine that is there, each in a process of its own, also what came from standard input', async () => {
    const { out } = await bench(['-', '--engine', 'all', '--format', 'json']);
    const benchmark: unknown = JSON.parse(out);
    expect(benchmark).toMatchObject({ formatVersion: 1, model: 'Small', batch: 1, macs: 1336 });
    expect(benchmark).toHaveProperty('engines.0.name', 'wasm');
    expect(benchmark).toHaveProperty('engines.1.name', 'cpu');
    expect(benchmark).toHaveProperty('engines.1.runs', 2);
  });

  it.each([
    ['an engine that is none', ['--engine', 'gpu'], 2, 'choices are auto, all, node, wasm, cpu'],
    ['too large a batch', ['--batch', '100_000_000'], 2, 'predicted to take too much memory'],
    ['absent weights', ['--weights', 'none.safetensors', '--engine', 'cpu'], 3, 'none.safetensors'],
  ])('refuses %s', async (_, args, exit, why) => {
    const { code, out, err } = await bench(['m.cnn', ...args]);
    expect([code, out]).toEqual([exit, '']);
    expect(err).toContain(why);
  });

  it('refuses an input whose size is left open', async () => {
    const { code, err } = await bench(['m.cnn', '--engine', 'cpu'], good.replace('8x8x1', '?x?x1'));
    expect(err).toContain('whose size is left open');
    expect(code).toBe(1);
  });

  it('says once what is wrong with the model, however many engines there are', async () => {
    const { code, err } = await bench(['-', '--engine', 'all'], good.replace('3x3', '9x9'));
    expect(err.match(/^error/gm)).toHaveLength(1);
    expect(code).toBe(1);
  });
});
