import { ensureInstalled } from './house/install.mjs';
import { runNode } from './house/run.mjs';
import { fetchWeights } from './house/weights.mjs';

// `npm run test:pretrained`: fetches published weights, then compares what models with them give with what their own
// packages give; arguments go to vitest.

process.exitCode = await test(process.argv.slice(2));

/** @param {readonly string[]} args */
async function test(args) {
  for (const prepare of [ensureInstalled, () => runNode(['scripts/build.mjs']), fetchWeights]) {
    const code = await prepare();
    if (code !== 0) return code;
  }
  const config = ['--config', 'vitest.pretrained.config.ts'];
  return runNode(['node_modules/vitest/vitest.mjs', 'run', ...config, ...args]);
}
