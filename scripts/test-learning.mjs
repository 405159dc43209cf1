import { fetchFashionMnist } from './house/fashion-mnist.mjs';
import { ensureInstalled } from './house/install.mjs';
import { runNode } from './house/run.mjs';

// `npm run test:learning`: every example learns a batch by heart, which takes minutes; arguments go to vitest.

process.exitCode = await test(process.argv.slice(2));

/** @param {readonly string[]} args */
async function test(args) {
  for (const prepare of [ensureInstalled, () => runNode(['scripts/build.mjs']), fetchFashionMnist]) {
    const code = await prepare();
    if (code !== 0) return code;
  }
  const config = ['--config', 'vitest.learning.config.ts'];
  return runNode(['node_modules/vitest/vitest.mjs', 'run', ...config, ...args]);
}
