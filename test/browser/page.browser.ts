import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeSafetensors } from '../../src/runtime/weights/encode-safetensors.js';
import { initialWeights } from '../../src/runtime/weights/initial-weights.js';
import { metadataOf } from '../../src/runtime/weights/metadata.js';
import { buildCnnc, cnnc, folderWith, repository } from '../cli/cnnc.js';
import { modelOf } from '../runtime/models.js';
import './loaders.js';
import { openBrowser, watchedPage, type Watched } from './browser.js';
import { serveFolder, type FileServer } from './server.js';

const picture = join(repository, 'examples/seven.png');
const lenet = join(repository, 'examples/lenet5.cnn');

describe('the page of a folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cnnc-page-'));
  let browser: Browser;
  let server: FileServer;
  let expected: readonly Guess[];

  beforeAll(async () => {
    await buildCnnc();
    browser = await openBrowser();
    const args = ['--data', 'mnist', '--limit', '3000', '--epochs', '2', '-o', 'run'];
    await cnnc(['train', lenet, ...args], { cwd: folder });
    await cnnc(['build', lenet, '--to', 'js', '-o', 'out', '--weights', 'run'], { cwd: folder });
    const predicted = ['predict', lenet, '--weights', 'run', picture, '--format', 'json', '--top', '10'];
    expected = guessesIn((await cnnc(predicted, { cwd: folder })).out);
    // A file, since the page’s policy runs no script of its own text.
    const made = new Map([['/expose.js', 'import { load } from "./index.js"; globalThis.loadModel = load;']]);
    server = await serveFolder(join(folder, 'out'), made);
  });

  afterAll(async () => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true });
  });

  it('reads a digit that is dropped, as `cnnc predict` does, and asks nobody else', async () => {
    const { page, complaints, addresses } = await opened();
    await give(page, 'drop', readFileSync(picture));
    await page.locator('#result').waitFor();
    expect(await page.locator('#classes li span').allTextContents()).toEqual(
      expected.map(({ name }) => name),
    );
    expect(await page.locator('#classes li output').allTextContents()).toEqual(
      expected.map(({ share }) => `${(100 * share).toFixed(1)} %`),
    );
    expect(await page.locator('#state').textContent()).toBe('It is most like 7.');
    expect(await page.locator('#seen-text').textContent()).toBe(
      'seen: 32×32, grey, kept its size, laid in the middle',
    );
    expect(await page.locator('meter').count()).toBe(10);
    expect(
      addresses.filter((address) => !address.startsWith(server.url) && !/^(?:data|blob):/.test(address)),
    ).toEqual([]);
    expect([complaints, server.missing]).toEqual([[], []]);
    await page.close();
  });

  it('asks a finger for no drop', async () => {
    const { page } = await watchedPage(browser, { hasTouch: true, isMobile: true });
    await page.goto(server.url);
    expect(await page.locator('.lead:visible').allTextContents()).toEqual(['Choose a picture']);
    await page.close();
  });

  it('takes a picture that is pasted', async () => {
    const { page, complaints } = await opened();
    await give(page, 'paste', readFileSync(picture));
    await page.locator('#state', { hasText: 'It is most like 7.' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('takes a picture that is chosen by keys alone', async () => {
    const { page, complaints } = await opened();
    // Before any key: the browser is told only after a while to ask the test and not a person.
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Tab');
    await page.locator('#file:focus').waitFor();
    await page.keyboard.press('Enter');
    await (await chooser).setFiles(picture);
    await page.locator('#state', { hasText: 'It is most like 7.' }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('says of what is no picture that it can’t be read, and goes on', async () => {
    const { page } = await opened();
    await give(page, 'drop', Buffer.from('no picture'));
    await page.locator('#state', { hasText: 'This picture can’t be read' }).waitFor();
    expect(await page.locator('#result').isHidden()).toBe(true);
    await give(page, 'drop', readFileSync(picture));
    await page.locator('#state', { hasText: 'It is most like 7.' }).waitFor();
    await page.close();
  });

  it('gives the same shares for all that a browser has pictures in, on both engines', async () => {
    const { page, complaints } = await opened();
    await page.addScriptTag({ url: 'expose.js', type: 'module' });
    const given = await page.evaluate(
      async (bytes) => {
        const blob = new Blob([new Uint8Array(bytes)], { type: 'image/png' });
        const bitmap = await createImageBitmap(blob);
        const element = new Image();
        element.src = URL.createObjectURL(blob);
        await element.decode();
        const canvas = document.createElement('canvas');
        Object.assign(canvas, { width: bitmap.width, height: bitmap.height });
        const context = canvas.getContext('2d');
        context?.drawImage(bitmap, 0, 0);
        const pixels = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? blob;
        const models = [await globalThis.loadModel(), await globalThis.loadModel({ engine: 'cpu' })];
        const all = models.flatMap((model) =>
          [blob, bitmap, element, canvas, pixels].map((image) => model.predict(image)),
        );
        return { engines: models.map(({ engine }) => engine), guesses: await Promise.all(all) };
      },
      [...readFileSync(picture)],
    );
    expect(given.engines).toEqual(['wasm', 'cpu']);
    expect(given.guesses).toHaveLength(10);
    for (const guesses of given.guesses) {
      expect(guesses.map(({ name }) => name)).toEqual(expected.map(({ name }) => name));
      for (const [place, { share }] of expected.entries())
        expect(Math.abs((guesses[place]?.share ?? Number.NaN) - share)).toBeLessThan(1e-5);
    }
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('shows names of classes as the texts that they are', async () => {
    const source =
      '/// <img src=x onerror=alert(1)>\nmodel Evil {\n  input 8x8x3\n  gap\n  dense 2 softmax\n}\n';
    const names = ['</script><img src=x onerror=alert(1)>', '__proto__'];
    const weights = encodeSafetensors(initialWeights(modelOf(source).graph, 1), metadataOf('Evil', names));
    const cwd = folderWith({ 'a.cnn': source, 'w.safetensors': weights });
    await cnnc(['build', 'a.cnn', '--to', 'js', '-o', 'out', '--weights', 'w.safetensors'], { cwd });
    const other = await serveFolder(join(cwd, 'out'));
    const { page, complaints } = await watchedPage(browser);
    await page.goto(other.url);
    await page.locator('#state', { hasText: 'Ready' }).waitFor();
    await give(page, 'drop', readFileSync(picture));
    await page.locator('#result').waitFor();
    expect((await page.locator('#classes li span').allTextContents()).sort()).toEqual([...names].sort());
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
    other.close();
  });

  async function opened(): Promise<Watched> {
    const watched = await watchedPage(browser);
    await watched.page.goto(server.url);
    await watched.page.locator('#state', { hasText: 'Ready: computes with WebAssembly.' }).waitFor();
    return watched;
  }
});

/** Drops or pastes a file on the page, as a browser does. */
async function give(page: Watched['page'], how: 'drop' | 'paste', content: Uint8Array): Promise<void> {
  await page.evaluate(
    ({ bytes, kind }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], 'given.png', { type: 'image/png' }));
      const event =
        kind === 'drop'
          ? new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true })
          : new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true });
      (document.getElementById('drop') ?? document.body).dispatchEvent(event);
    },
    { bytes: [...content], kind: how },
  );
}

interface Guess {
  readonly name: string;
  readonly share: number;
}

function guessesIn(text: string): readonly Guess[] {
  const parsed: unknown = JSON.parse(text);
  if (typeof parsed !== 'object' || parsed === null || !('images' in parsed)) return [];
  return isPrediction(parsed) ? (parsed.images[0]?.classes ?? []) : [];
}

function isPrediction(
  value: object,
): value is { readonly images: readonly { readonly classes: readonly Guess[] }[] } {
  return 'images' in value && Array.isArray(value.images);
}
