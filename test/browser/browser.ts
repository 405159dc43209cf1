import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Starts the browser that `npm run test:browser` found. */
export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CNNC_CHROMIUM'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath))
    throw new Error('there is no browser: start the tests with `npm run test:browser`');
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A page with what went wrong on it, and every address that it asked for. */
export interface Watched {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly addresses: readonly string[];
}

/** Opens an empty page whose complaints and requests are kept. */
export async function watchedPage(
  browser: Browser,
  options: Parameters<Browser['newPage']>[0] = {},
): Promise<Watched> {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  const addresses: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('request', (request) => addresses.push(request.url()));
  return { page, complaints, addresses };
}
