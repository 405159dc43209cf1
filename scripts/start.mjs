import { ensureInstalled } from './house/install.mjs';
import { runNode } from './house/run.mjs';

// `npm start`: the tour; `npm start -- check examples`: the command line, with its exit code.

process.exitCode = await start(process.argv.slice(2));

/** @param {readonly string[]} args */
async function start(args) {
  const installed = await ensureInstalled();
  if (installed !== 0) return installed;
  const { buildCommandLine } = await import('./build.mjs');
  await buildCommandLine();
  const { buildJs } = await import('./build-js.mjs');
  await buildJs();
  return runNode(args.length === 0 ? ['scripts/tour.mjs'] : ['dist/cnnc.js', ...args]);
}
