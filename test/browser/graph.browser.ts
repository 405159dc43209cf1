import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildJs } from '../../scripts/build-js.mjs';
import { buildCnnc, cnnc, repository } from '../cli/cnnc.js';
import { openBrowser, watchedPage, type Watched } from './browser.js';

describe('the page of `cnnc graph`', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cnnc-graph-'));
  let browser: Browser;

  beforeAll(async () => {
    await Promise.all([buildCnnc(), buildJs()]);
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it.each([[[]], [['--direction', 'right', '--ratio', '4:3']]])(
    'opens and folds blocks, with a click and with keys: %j',
    async (flags) => {
      const { page, complaints } = await drawn([...flags, '--depth', '1']);
      const first = page.locator('[data-block]').first();
      expect(await page.locator('.open').count()).toBe(0);
      await first.click();
      expect(await page.locator('.open').count()).toBe(1);
      expect(await first.getAttribute('aria-expanded')).toBe('true');
      await page.keyboard.press('Enter');
      expect(await page.locator('.open').count()).toBe(0);
      await page.locator('#open').click();
      const all = await page.locator('.open').count();
      expect(all).toBe(await page.locator('[data-block]').count());
      expect(all).toBeGreaterThan(8);
      await page.locator('#fold').click();
      expect(await page.locator('.open').count()).toBe(0);
      expect(complaints).toEqual([]);
    },
  );

  it('draws no two texts on each other, as a browser sets them', async () => {
    const { page } = await drawn(['--ratio', 'page']);
    const overlapping = await page.evaluate(() => {
      const texts = [...document.querySelectorAll('svg text')].map((text) => ({
        text: text.textContent,
        at: text.getBoundingClientRect(),
      }));
      return texts.flatMap((one, index) =>
        texts.slice(index + 1).flatMap((other) => {
          const across = Math.min(one.at.right, other.at.right) - Math.max(one.at.left, other.at.left);
          const down = Math.min(one.at.bottom, other.at.bottom) - Math.max(one.at.top, other.at.top);
          return across > 0.5 && down > 0.5 ? [`${one.text} & ${other.text}`] : [];
        }),
      );
    });
    expect(overlapping).toEqual([]);
  });

  async function drawn(flags: readonly string[]): Promise<Watched> {
    const file = join(folder, 'resnet.html');
    await cnnc(['graph', join(repository, 'examples/resnet34.cnn'), '-o', file, ...flags], { cwd: folder });
    const watched = await watchedPage(browser);
    await watched.page.goto(pathToFileURL(file).href);
    return watched;
  }
});
