import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tensor as upload } from '@tensorflow/tfjs-core';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Built } from '../../src/backends/backend.js';
import { planExecution } from '../../src/runtime/executor/plan.js';
import { run } from '../../src/runtime/executor/run.js';
import { buildLayers } from '../backends/agreement.js';
import { buildFrozen } from '../backends/tfjs-graph-model.js';
import { download, startEngine, uploadAll } from '../conformance/engine.js';
import { randomInputs, randomWeights } from '../conformance/network.js';
import { modelOf } from '../runtime/models.js';
import { openBrowser, watchedPage } from './browser.js';
import type { Inputs, Loaders } from './loaders.js';
import { serveFolder, type FileServer } from './server.js';

const source = `model Mixed {
  input 9x11x4
  conv 8 3x3/2 same groups=2 bias=false -> bn -> relu
  lrn 5
  dwconv 3x3 same relu6
  output features
  gap
  dense 5 softmax
  output shares
}
`;

describe('a model in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cnnc-browser-'));
  let browser: Browser;
  let server: FileServer;

  beforeAll(async () => {
    await startEngine('cpu');
    browser = await openBrowser();
    const bundle = await build({
      entryPoints: [join(import.meta.dirname, 'in-page.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      platform: 'browser',
      logLevel: 'error',
    });
    const page = '<!doctype html><link rel="icon" href="data:,"><script src="in-page.js"></script>';
    const made = new Map([
      ['/index.html', page],
      ['/in-page.js', bundle.outputFiles[0]?.text ?? ''],
    ]);
    server = await serveFolder(folder, made);
  });

  afterAll(async () => {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['tfjs-layers', 'runLayers', buildLayers],
    ['tfjs-graph', 'runGraph', buildFrozen],
  ] as const)(
    'that is built for %s is loaded over HTTP and gives the executor’s numbers',
    async (target, loader, buildFor) => {
      const { graph } = modelOf(source);
      const [inputs, weights] = [randomInputs(graph), randomWeights(graph)];
      write(join(folder, target), buildFor(graph, weights));
      const outputs = run(planExecution(graph), { inputs: uploadAll(inputs), weights: uploadAll(weights) });
      const expected = ['features', 'shares'].map((name) => download(outputs.get(name) ?? upload([])));

      const { page, complaints } = await watchedPage(browser);
      await page.goto(server.url);
      const given: Inputs = [...inputs].map(([name, { shape, values }]) => ({
        name,
        shape,
        values: [...values],
      }));
      const results = await page.evaluate(
        ({ name, url, all }: { name: keyof Loaders; url: string; all: Inputs }) =>
          globalThis.loaders[name](url, all),
        { name: loader, url: `${server.url}${target}/model.json`, all: given },
      );
      await page.close();

      expect(complaints).toEqual([]);
      expect(results.map(({ length }) => length)).toEqual(expected.map(({ values }) => values.length));
      for (const [place, { values }] of expected.entries()) {
        const largest = Math.max(
          ...values.map((value, at) => Math.abs(value - (results[place]?.[at] ?? Number.NaN))),
        );
        expect(largest).toBeLessThan(1e-5);
      }
    },
  );
});

function write(folder: string, { files }: Built): void {
  mkdirSync(folder);
  for (const { path, bytes } of files) writeFileSync(join(folder, path), bytes);
}
