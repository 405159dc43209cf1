import { ensureInstalled } from './house/install.mjs';
import { runNode } from './house/run.mjs';

// `npm run test:native`: installs TensorFlow's native library where it is missing, then holds every layer, its gradients,
// whole networks and trainings on it against their definition; arguments go to vitest.

process.exitCode = await test(process.argv.slice(2));

/** @param {readonly string[]} args */
async function test(args) {
  const installed = await ensureInstalled();
  if (installed !== 0) return installed;
  const native = await runNode(['scripts/native.mjs'], { output: 'to-stderr' });
  if (native !== 0) return native;
  return runNode(['node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.native.config.ts', ...args]);
}
