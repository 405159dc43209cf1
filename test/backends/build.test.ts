import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeSafetensors } from '../../src/runtime/weights/encode-safetensors.js';
import { initialWeights } from '../../src/runtime/weights/initial-weights.js';
import { buildCnnc, cnnc, folderWith } from '../cli/cnnc.js';
import { startEngine } from '../conformance/engine.js';
import { modelOf } from '../runtime/models.js';
import { loadBuilt } from './load.js';

const small = 'model Small {\n  input 6x6x2\n  conv 4 3x3 relu\n  flatten\n  dense 3 softmax\n}\n';
/** A size with which whole numbers overflow while it is computed. */
const open =
  'block b {\n  slice height 0..floor(in.height * 999_999_999_999 / 1_000_000_000_000)\n}\nmodel Open { input ?x?x4; b<> }\n';
const toLayers = ['--to', 'tfjs-layers', '-o', 'out'] as const;

describe('cnnc build', () => {
  beforeAll(buildCnnc);
  beforeAll(() => startEngine('cpu'));

  it('writes a model that tfjs-layers loads, and says where', async () => {
    const cwd = folderWith({ 'a.cnn': small });
    const { code, out, err } = await cnnc(['build', 'a.cnn', ...toLayers], { cwd });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('wrote out/model.json');
    const model = await loadBuilt({ files: filesIn(join(cwd, 'out')), notes: [] });
    expect(model.outputs.map(({ shape }) => shape.at(-1))).toEqual([3]);
    model.dispose();
  });

  it('writes the same bytes whatever the folder, the time zone and the language, and others for another seed', async () => {
    const first = folderWith({ 'a.cnn': small });
    const second = folderWith({ 'deeper/a.cnn': small });
    const env = { TZ: 'Pacific/Auckland', LANG: 'de_DE.UTF-8' };
    await cnnc(['build', 'a.cnn', ...toLayers], { cwd: first });
    await cnnc(['build', 'deeper/a.cnn', ...toLayers], { cwd: second, env });
    expect(filesIn(join(second, 'out'))).toEqual(filesIn(join(first, 'out')));
    await cnnc(['build', 'a.cnn', ...toLayers, '--seed', '5', '--force'], { cwd: first });
    expect(filesIn(join(second, 'out'))).not.toEqual(filesIn(join(first, 'out')));
  });

  it('takes weights from a run or a file, which must be those of the model', async () => {
    const cwd = folderWith({ 'a.cnn': small });
    const weights = initialWeights(modelOf(small).graph, 9);
    const bytes = encodeSafetensors(weights, new Map());
    mkdirSync(join(cwd, 'run'));
    writeFileSync(join(cwd, 'run', 'weights.safetensors'), bytes);
    writeFileSync(join(cwd, 'w.safetensors'), bytes);
    expect((await cnnc(['build', 'a.cnn', ...toLayers, '--weights', 'run'], { cwd })).code).toBe(0);
    const model = await loadBuilt({ files: filesIn(join(cwd, 'out')), notes: [] });
    const [kernel] = model.getWeights();
    expect(kernel?.dataSync()).toEqual(weights.get('conv1.kernel')?.values);
    model.dispose();
    writeFileSync(join(cwd, 'b.cnn'), small.replace('dense 3', 'dense 4'));
    const other = ['build', 'b.cnn', '--to', 'tfjs-layers', '-o', 'other', '--weights', 'w.safetensors'];
    const { code, err } = await cnnc(other, { cwd });
    expect(code).toBe(1);
    expect(err).toContain('weights-misshapen');
    expect(readdirSync(cwd)).not.toContain('other');
  });

  it('leaves alone a model that is there, unless told otherwise; then nothing of it is left', async () => {
    const cwd = folderWith({ 'a.cnn': small });
    await cnnc(['build', 'a.cnn', ...toLayers], { cwd });
    const before = filesIn(join(cwd, 'out'));
    const { code, err } = await cnnc(['build', 'a.cnn', ...toLayers, '--seed', '2'], { cwd });
    expect(code).toBe(3);
    expect(err).toContain('out/model.json" is there already');
    expect(filesIn(join(cwd, 'out'))).toEqual(before);
    expect((await cnnc(['build', 'a.cnn', ...toLayers, '--seed', '2', '--force'], { cwd })).code).toBe(0);
    const after = filesIn(join(cwd, 'out')).map(({ path }) => path);
    expect(after).toHaveLength(2);
    expect(after).not.toEqual(before.map(({ path }) => path));
  });

  it('refuses an output that is an input', async () => {
    const cwd = folderWith({ 'a.cnn': small, 'out/weights': 'x' });
    linkSync(join(cwd, 'a.cnn'), join(cwd, 'out', 'model.json'));
    const { code, err } = await cnnc(['build', 'a.cnn', ...toLayers, '--force'], { cwd });
    expect(code).toBe(3);
    expect(err).toContain('is an input of this build');
    expect(readFileSync(join(cwd, 'a.cnn'), 'utf8')).toBe(small);
  });

  it.each([
    ['a file where the folder should be', 'a.cnn', 'is there and is no folder'],
    ['a folder that cannot be made', 'a.cnn/out', "can't make the folder"],
  ])('ends with 3 for %s', async (_what, out, message) => {
    const cwd = folderWith({ 'a.cnn': small });
    const { code, err } = await cnnc(['build', 'a.cnn', '--to', 'tfjs-layers', '-o', out], { cwd });
    expect(code).toBe(3);
    expect(err).toContain(message);
    expect(readdirSync(cwd)).toEqual(['a.cnn']);
  });

  it('takes away what it wrote where the last file can’t be written', async () => {
    const cwd = folderWith({ 'a.cnn': small });
    mkdirSync(join(cwd, 'out', 'model.json', 'full'), { recursive: true });
    expect((await cnnc(['build', 'a.cnn', ...toLayers, '--force'], { cwd })).code).toBe(3);
    expect(readdirSync(join(cwd, 'out'))).toEqual(['model.json']);
  });

  it('tells a layer that can’t be expressed at its line, and writes nothing; so does check', async () => {
    const cwd = folderWith({ 'a.cnn': open });
    const built = await cnnc(['build', 'a.cnn', ...toLayers], { cwd });
    expect(built.code).toBe(1);
    expect(built.err).toContain('target-lacks-layer');
    expect(built.err).toContain('a.cnn:2:3');
    expect(readdirSync(cwd)).toEqual(['a.cnn']);
    const checked = await cnnc(['check', 'a.cnn', '--target', 'tfjs-layers'], { cwd });
    expect(checked.code).toBe(1);
    expect(checked.out).toContain('target-lacks-layer');
    expect((await cnnc(['check', 'a.cnn'], { cwd })).code).toBe(0);
  });

  it('ends with 2 for a target that there is not, and for weights that take too much memory', async () => {
    const cwd = folderWith({ 'a.cnn': small });
    const { code, err } = await cnnc(['build', 'a.cnn', '--to', 'caffe', '-o', 'out'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('there is no target "caffe"');
    expect((await cnnc(['check', 'a.cnn', '--target', 'caffe'], { cwd })).code).toBe(2);
    const large = await cnnc(['build', 'a.cnn', ...toLayers, '--limit-memory', '100'], { cwd });
    expect(large.code).toBe(2);
    expect(large.err).toContain('too much memory');
  });
});

/** Every file in a folder, weights first. */
function filesIn(folder: string) {
  const names = readdirSync(folder).sort().reverse();
  return names.map((path) => ({ path, bytes: new Uint8Array(readFileSync(join(folder, path))) }));
}
