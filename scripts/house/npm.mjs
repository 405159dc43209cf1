import { run, runNode } from './run.mjs';

/**
 * Runs npm, the same that runs this script where one does; gives its exit code.
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function runNpm(args) {
  const npm = process.env['npm_execpath'];
  if (npm?.endsWith('npm-cli.js') === true) return runNode([npm, ...args], { output: 'to-stderr' });
  return run('npm', args, { output: 'to-stderr', shell: process.platform === 'win32' });
}
