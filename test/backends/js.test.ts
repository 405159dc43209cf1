import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodeSafetensors } from '../../src/runtime/weights/encode-safetensors.js';
import { initialWeights } from '../../src/runtime/weights/initial-weights.js';
import { metadataOf } from '../../src/runtime/weights/metadata.js';
import { buildCnnc, cnnc, folderWith, repository } from '../cli/cnnc.js';
import { modelOf } from '../runtime/models.js';

// The files that every folder holds lie in dist/js: `npm test` builds them first.

const evilNames = ['</script><script>alert(1)</script>', '__proto__', 'a "quoted"\n`line` ${0} | *b*'];

function colours(preprocess: string): string {
  return (
    '/// Sees </script> & "colours" *well*.\nmodel Colours {\n  input 12x16x3\n  conv 8 3x3 same relu\n  gap\n  dense 3 softmax\n}\n' +
    `train Colours { preprocess ${preprocess} }\n`
  );
}

describe('a folder of --to js', () => {
  beforeAll(buildCnnc);

  it.each([
    ['scale=1/255', 40, 23],
    ['scale=1 mean=[100, 120, 90.5] std=[58.4, 57.1, 61] fit=pad', 40, 23],
    ['scale=1/127.5 mean=1 fit=crop', 9, 50],
    ['caffe', 30, 41],
    ['scale=1/255 std=0.25', 12, 10],
    ['scale=1/255', 16, 12],
  ])('gives in Node what `cnnc predict` gives: %s, of a picture %s×%s', async (preprocess, width, height) => {
    const { cwd, picture } = classifierWith(colours(preprocess), { width, height });
    await build(cwd);
    const predicted = await cnnc(
      [
        'predict',
        'a.cnn',
        '--weights',
        'w.safetensors',
        'picture.png',
        '--format',
        'json',
        '--engine',
        'cpu',
      ],
      { cwd },
    );
    const expected = guessesIn(predicted.out);
    const given = await inNode(
      cwd,
      `const { load, predict } = await import(folder);
      const data = new Uint8ClampedArray(await (await import('node:fs/promises')).readFile('pixels'));
      const image = { width: ${String(width)}, height: ${String(height)}, data };
      const cpu = await load({ engine: 'cpu' });
      show([await predict(image), await cpu.predict(image, { top: 2 })]);`,
    );
    if (!isGuessLists(given)) throw new Error('no guesses');
    const [wasm = [], cpu = []] = given;
    expect([picture.length, expected.length]).toEqual([width * height * 4, 3]);
    expect(wasm.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
    expect(cpu.map(({ name }) => name)).toEqual(expected.slice(0, 2).map(({ name }) => name));
    for (const [place, { share }] of expected.entries()) {
      expect(Math.abs((wasm[place]?.share ?? Number.NaN) - share)).toBeLessThan(1e-5);
      if (place < 2) expect(Math.abs((cpu[place]?.share ?? Number.NaN) - share)).toBeLessThan(1e-5);
    }
  });

  it('has types of this very model', async () => {
    const { cwd } = classifierWith(colours('scale=1/255'), { width: 4, height: 4 });
    await build(cwd);
    writeFileSync(
      join(cwd, 'use.mts'),
      `import { load, predict, type ClassName, type Model } from './out/index.js';
const model: Model = await load({ from: new URL('.', import.meta.url), engine: 'wasm' });
const image = { width: 1, height: 1, data: new Uint8Array(4) };
const [best] = await predict(image, { top: 1 });
export const names: readonly ClassName[] = [best!.name, '__proto__', ...model.classes];
export const seen: string = (await model.prepare(image)).note;
export const name: 'Colours' = model.name;
export const { output } = await model.run({ input: { shape: [1, 12, 16, 3], data: new Float32Array(576) } });
// @ts-expect-error: there is no such class
export const other: ClassName = 'cat';
// @ts-expect-error: there is no such input
await model.run({ image: output });
`,
    );
    const args = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', 'use.mts'];
    const compiler = join(repository, 'node_modules/typescript/bin/tsc6');
    const { stdout } = await promisify(execFile)(process.execPath, [compiler, ...args], { cwd }).catch(
      (error: unknown) => ({ stdout: outputOf(error) }),
    );
    expect(stdout).toBe('');
  });

  it('escapes what is a user’s for where it goes', async () => {
    const { cwd } = classifierWith(colours('scale=1/255'), { width: 4, height: 4 });
    await build(cwd);
    const page = readFileSync(join(cwd, 'out/index.html'), 'utf8');
    expect(page).toContain('Sees &#60;/script&#62; &#38; &#34;colours&#34; *well*.');
    expect(page.match(/<\/?script/g)).toEqual(['<script', '</script']);
    const readme = readFileSync(join(cwd, 'out/README.md'), 'utf8');
    expect(readme).toContain('Sees &lt;/script\\> &amp; "colours" \\*well\\*.');
    expect(readme).not.toContain('<script');
    expect(readme).toContain(', a "quoted" \\`line\\` $\\{0\\} \\| \\*b\\*');
    const manifest: unknown = JSON.parse(readFileSync(join(cwd, 'out/package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      name: 'colours-model',
      private: true,
      description: 'Sees </script> & "colours" *well*.',
    });
    expect(await inNode(cwd, 'show((await (await import(folder)).load()).classes);')).toEqual(evilNames);
  });

  it('says that it is not trained where its weights are random, and only there', async () => {
    const { cwd } = classifierWith(colours('scale=1/255'), { width: 4, height: 4 });
    const told = (): readonly boolean[] =>
      ['README.md', 'index.html'].map((name) =>
        readFileSync(join(cwd, 'out', name), 'utf8').includes('not trained'),
      );
    await build(cwd);
    expect(told()).toEqual([false, false]);
    await build(cwd, ['--force']);
    expect(told()).toEqual([true, true]);
  });

  it('runs what is no classifier, and claims no more', async () => {
    const source =
      'model Two {\n  input ?x?x2 as image\n  input side 3\n  from image { conv 4 3x3 same relu; output features }\n' +
      '  from image { gap -> dense 3 as few }\n  add few\n  output sum\n}\n';
    const cwd = folderWith({ 'a.cnn': source });
    await build(cwd, []);
    expect(readdirSync(join(cwd, 'out'))).not.toContain('index.html');
    const types = readFileSync(join(cwd, 'out/index.d.ts'), 'utf8');
    expect(types).toContain('/** count × any × any × 2. */');
    expect(types).not.toContain('predict');
    expect(readFileSync(join(cwd, 'out/README.md'), 'utf8')).not.toContain('page');
    const given = await inNode(
      cwd,
      `const { load, predict } = await import(folder);
      const model = await load();
      const input = { shape: [1, 5, 7, 2], data: new Float32Array(70) };
      const side = { shape: [1, 3], data: Float32Array.of(1, 2, 3) };
      const refused = (promise) => promise.then(() => 'taken', (error) => error.message);
      const key = Object.keys({ ...(await model.run({ image: input, side })) });
      show([
        key,
        Array.from((await model.run({ image: input, side })).sum.data),
        await refused(model.run({ image: input })),
        await refused(model.run({ image: input, side, more: side })),
        await refused(model.run({ image: side, side })),
        await refused(model.run({ image: input, side: { shape: [1, 3], data: [1, 2, 3] } })),
        await refused(predict({ width: 1, height: 1, data: new Uint8Array(4) })),
      ]);`,
    );
    expect(given).toEqual([
      ['features', 'sum'],
      [1, 2, 3],
      'the input `side` is missing',
      'Two has no input `more`',
      '`image` is any×any×any×2, but what is given is 1×3',
      'the data of `side` is a Float32Array of 3 values',
      'Two doesn’t tell classes of images apart: it has `run` only',
    ]);
  });

  it('says what is wrong with an image', async () => {
    const { cwd } = classifierWith(colours('scale=1/255'), { width: 4, height: 4 });
    await build(cwd);
    const given = await inNode(
      cwd,
      `const { predict } = await import(folder);
      const refused = (image) => predict(image).then(() => 'taken', (error) => error.message);
      show([
        await refused('picture.png'),
        await refused({ width: 2, height: 2, data: new Uint8Array(12) }),
        await refused({ width: 0, height: 2, data: new Uint8Array(0) }),
        await refused({ width: 1, height: 1, data: [1, 2, 3, 4] }),
        await refused(new Blob(['x'])),
        await refused(null),
      ]);`,
    );
    expect(given).toEqual([
      'an image is expected, not string',
      'an image of 2×2 has 16 values, four for each pixel, not 12',
      'an image of 0×2 has no pixels: is it loaded?',
      'the data of an image is a Uint8Array or a Uint8ClampedArray',
      'outside of a browser an image is { width, height, data } with four values for each pixel',
      'an image is expected, not null',
    ]);
  });

  it('is the same to the byte wherever it is built', async () => {
    const one = classifierWith(colours('scale=1/255'), { width: 4, height: 4 });
    const other = classifierWith(colours('scale=1/255'), { width: 4, height: 4 });
    await build(one.cwd);
    await build(other.cwd);
    const files = readdirSync(join(one.cwd, 'out'));
    expect(files).toContain('model.json');
    expect(readdirSync(join(other.cwd, 'out'))).toEqual(files);
    for (const file of files)
      expect([file, sameBytes(join(one.cwd, 'out', file), join(other.cwd, 'out', file))]).toEqual([
        file,
        true,
      ]);
  });

  it('leaves alone what is there under the name of any of its files, unless told otherwise', async () => {
    const { cwd } = classifierWith(colours('scale=1/255'), { width: 4, height: 4 });
    const args = ['build', 'a.cnn', '--to', 'js', '-o', '.'];
    writeFileSync(join(cwd, 'package.json'), '{}');
    const { code, err } = await cnnc(args, { cwd });
    expect(code).toBe(3);
    expect(err).toContain('package.json" is there already');
    expect(existsSync(join(cwd, 'index.js'))).toBe(false);
    expect((await cnnc([...args, '--force'], { cwd })).code).toBe(0);
    expect((await cnnc(['build', 'index.d.ts', '--to', 'js', '-o', '.', '--force'], { cwd })).code).toBe(3);
  });
});

/** A folder with a model of three classes, weights that name them, and a picture as PNG and as pixels. */
function classifierWith(
  source: string,
  { width, height }: { readonly width: number; readonly height: number },
) {
  const weights = initialWeights(modelOf(source).graph, 3);
  const image = new PNG({ width, height });
  // Colours and opacities that differ from pixel to pixel.
  for (const place of image.data.keys()) image.data[place] = (place * 97 + (place >> 3) * 31) % 256;
  const cwd = folderWith({
    'a.cnn': source,
    'w.safetensors': encodeSafetensors(weights, metadataOf('Colours', evilNames)),
    'picture.png': PNG.sync.write(image),
    pixels: image.data,
  });
  return { cwd, picture: image.data };
}

async function build(cwd: string, weights = ['--weights', 'w.safetensors']): Promise<void> {
  const { code, err } = await cnnc(['build', 'a.cnn', '--to', 'js', '-o', 'out', ...weights], { cwd });
  expect([code, err]).toEqual([0, '']);
}

/** What a script shows in a Node of its own, to which `folder` is the module of the built folder. */
async function inNode(cwd: string, script: string): Promise<unknown> {
  const folder = pathToFileURL(join(cwd, 'out', 'index.js')).href;
  const text = `const folder = ${JSON.stringify(folder)}; const show = (value) => console.log(JSON.stringify(value));\n${script}`;
  const { stdout, stderr } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', text],
    { cwd },
  );
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

function sameBytes(one: string, other: string): boolean {
  return readFileSync(one).equals(readFileSync(other));
}

interface Guess {
  readonly name: string;
  readonly share: number;
}

/** What `cnnc predict` wrote of its first picture. */
function guessesIn(text: string): readonly Guess[] {
  const parsed: unknown = JSON.parse(text);
  return isPrediction(parsed) ? (parsed.images[0]?.classes ?? []) : [];
}

function isPrediction(
  value: unknown,
): value is { readonly images: readonly { readonly classes: readonly Guess[] }[] } {
  return typeof value === 'object' && value !== null && 'images' in value && Array.isArray(value.images);
}

function isGuessLists(value: unknown): value is readonly (readonly Guess[])[] {
  return Array.isArray(value) && value.every(Array.isArray);
}

function outputOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'stdout' in error
    ? String(error.stdout)
    : String(error);
}
