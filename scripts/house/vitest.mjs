import { ensureInstalled } from './install.mjs';
import { runNode } from './run.mjs';

/**
 * Installs and builds what is missing, gets ready what these tests need besides, and runs vitest; the first of them that
 * fails gives the exit code.
 * @param {readonly string[]} args arguments of vitest
 * @param {...(() => Promise<number>)} prepare
 * @returns {Promise<number>}
 */
export async function runTests(args, ...prepare) {
  for (const step of [ensureInstalled, () => runNode(['scripts/build.mjs']), ...prepare]) {
    const code = await step();
    if (code !== 0) return code;
  }
  return runVitest(args);
}

/**
 * Runs vitest once, without watching.
 * @param {readonly string[]} args
 */
export function runVitest(args) {
  return runNode(['node_modules/vitest/vitest.mjs', 'run', ...args]);
}
