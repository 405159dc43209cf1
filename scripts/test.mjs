import { ensureInstalled } from './house/install.mjs';
import { runNode } from './house/run.mjs';

// `npm test`: installs and builds what is missing, then runs the tests; arguments go to vitest.

process.exitCode = await test(process.argv.slice(2));

/** @param {readonly string[]} args */
async function test(args) {
  const installed = await ensureInstalled();
  if (installed !== 0) return installed;
  const built = await runNode(['scripts/build.mjs']);
  if (built !== 0) return built;
  return runNode(['node_modules/vitest/vitest.mjs', 'run', ...args]);
}
