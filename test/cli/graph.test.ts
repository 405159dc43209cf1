import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildJs } from '../../scripts/build-js.mjs';
import { buildCnnc, cnnc, folderWith, repository } from './cnnc.js';
import { good } from './sources.js';

beforeAll(async () => {
  await Promise.all([buildCnnc(), buildJs()]);
});

describe('cnnc graph', () => {
  it('writes SVG to standard output, and nothing else', async () => {
    const { code, out, err } = await cnnc(['graph', 'examples/lenet5.cnn'], { cwd: repository });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^<svg [^]*<\/svg>\n$/);
    expect(out).toContain('conv 6 5×5');
  });

  it.each([
    ['a.svg', /^<svg /],
    ['a.html', /^<!doctype html>/],
    ['a.dot', /^digraph "/],
    ['a.gv', /^digraph "/],
    ['a.mmd', /^---\ntitle: .*\n---\nflowchart TB\n/],
  ])('tells from the name %s how it is written', async (name, begins) => {
    const cwd = folderWith({ 'a.cnn': good });
    const { code, out } = await cnnc(['graph', 'a.cnn', '-o', name], { cwd });
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(readFileSync(join(cwd, name), 'utf8')).toMatch(begins);
  });

  it('leads where --direction says, in every format', async () => {
    const cwd = folderWith({ 'a.cnn': good });
    const right = (format: string): Promise<{ readonly out: string }> =>
      cnnc(['graph', 'a.cnn', '--direction', 'right', '--format', format], { cwd });
    expect((await right('dot')).out).toContain('rankdir=LR');
    expect((await right('mermaid')).out).toContain('flowchart LR');
    const [down, across] = [(await cnnc(['graph', 'a.cnn'], { cwd })).out, (await right('svg')).out];
    expect(across).not.toBe(down);
  });

  it('takes width by height as --ratio says, and none that means nothing', async () => {
    const flags = ['graph', 'examples/vgg.cnn', 'VGG16', '--ratio'];
    const aspectOf = async (ratio: string): Promise<number> => {
      const { out } = await cnnc([...flags, ratio], { cwd: repository });
      const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(out) ?? [];
      return Number(width) / Number(height);
    };
    expect(await aspectOf('2:1')).toBeGreaterThan(1.4);
    expect(await aspectOf('none')).toBeLessThan(0.3);
    for (const bad of ['0', '4:0', '1:100', 'wide', '-1', '4:3:2']) {
      const { code, err } = await cnnc([...flags, bad], { cwd: repository });
      expect({ bad, code }).toEqual({ bad, code: 2 });
      expect(err).toContain('such as 4:3');
    }
    const { code, err } = await cnnc([...flags, '2:1', '--format', 'dot'], { cwd: repository });
    expect(code).toBe(2);
    expect(err).toContain('`--ratio` has no meaning for dot');
  });

  it('writes as --format says, whatever the name is', async () => {
    const cwd = folderWith({ 'a.cnn': good });
    await cnnc(['graph', 'a.cnn', '-o', 'a.svg', '--format', 'dot'], { cwd });
    expect(readFileSync(join(cwd, 'a.svg'), 'utf8')).toMatch(/^digraph/);
  });

  it('refuses a name that does not tell how it is written', async () => {
    const cwd = folderWith({ 'a.cnn': good });
    const { code, err } = await cnnc(['graph', 'a.cnn', '-o', 'a.png'], { cwd });
    expect(code).toBe(2);
    expect(err).toContain('the name "a.png" doesn\'t tell how the picture is written');
    expect(err).toContain('.svg, .html');
  });

  it('wants a model named where a file has several', async () => {
    const cwd = folderWith({ 'a.cnn': `${good}\n${good.replace(/model \w+/, 'model Other')}` });
    expect((await cnnc(['graph', 'a.cnn'], { cwd })).code).toBe(2);
    expect((await cnnc(['graph', 'a.cnn', 'Other'], { cwd })).out).toContain('<title>Other');
  });

  it('gives nothing for a file with a mistake', async () => {
    const cwd = folderWith({ 'a.cnn': 'model A { input 4x4x1; cnov 2 1x1 }' });
    const { code, out, err } = await cnnc(['graph', 'a.cnn'], { cwd });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('unknown-layer');
  });

  it('folds blocks to a depth, and takes another size and another parameter', async () => {
    const args = [
      'graph',
      'examples/resnet34.cnn',
      '--depth',
      '1',
      '--set',
      'classes=7',
      '--input',
      '64x64x3',
    ];
    const { out } = await cnnc(args, { cwd: repository });
    expect(out).toContain('residual ×3');
    expect(out).not.toContain('conv 64 3×3<');
    expect(out).toContain('dense 7');
    expect(out).toContain('64×64×3');
  });

  it('draws a chain of a hundred thousand equal layers as one box', async () => {
    const cwd = folderWith({
      'a.cnn': 'model A { input 8x8x4; repeat 100000 { conv 4 3x3 same relu }; gap }',
    });
    const { code, out } = await cnnc(['graph', 'a.cnn', '--limit-layers', '300000'], { cwd });
    expect(code).toBe(0);
    expect(out).toContain('conv 4 3×3 ×100000');
  });

  it('offers the depth that can be drawn where another one has too many boxes', async () => {
    const layers = Array.from({ length: 1500 }, (_, index) => `conv ${String(index + 1)} 1x1`).join('\n');
    const cwd = folderWith({ 'a.cnn': `block b {\n${layers}\n}\nmodel A { input 8x8x4; b<>; gap }` });
    const { code, out, err } = await cnnc(['graph', 'a.cnn', '--depth', '2'], { cwd });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('has 1504 boxes, and ways that pass by 0; at most 1000 boxes are drawn');
    expect(err).toContain('`--depth 1` has 4');
    expect((await cnnc(['graph', 'a.cnn'], { cwd })).code).toBe(0);
  });

  it('draws as one box what has too many long ways', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `t${String(index)}`);
    const layers = names.map((name) => `conv 4 1x1 as ${name}`).join('\n');
    const cwd = folderWith({
      'a.cnn': `model A { input 8x8x4\n${layers}\nconcat ${names.slice(0, -1).join(' ')}\ngap }`,
    });
    const { code, err } = await cnnc(['graph', 'a.cnn'], { cwd });
    expect(code).toBe(0);
    expect(err).toContain('A is drawn as one box: at depth 1 it has 304 boxes, and ways that pass by 4');
  });
});
