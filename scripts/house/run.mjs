import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './root.mjs';

/**
 * Runs a program in the repository's folder, on the terminal of this one, and gives its exit code.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, output?: 'inherit' | 'to-stderr', shell?: boolean }} [options]
 *   `to-stderr` keeps standard output free for the results of what runs afterwards.
 * @returns {Promise<number>}
 */
export function run(program, args, options = {}) {
  const output = options.output === 'to-stderr' ? 2 : 'inherit';
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? root,
      stdio: ['inherit', output, 'inherit'],
      shell: options.shell ?? false,
    });
    const restore = handOverSignals(child);
    child.once('error', (error) => {
      restore();
      reject(error);
    });
    child.once('close', (code, signal) => {
      restore();
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

/**
 * Runs a script of JavaScript with this very Node.
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export function runNode(args, options) {
  return run(process.execPath, args, options);
}

/**
 * Lets the child decide how a signal ends. A terminal sends Ctrl-C to both, so that one is only not obeyed here.
 * @param {import('node:child_process').ChildProcess} child
 */
function handOverSignals(child) {
  const ignore = () => undefined;
  const pass = () => void child.kill('SIGTERM');
  process.on('SIGINT', ignore);
  process.on('SIGTERM', pass);
  return () => {
    process.off('SIGINT', ignore);
    process.off('SIGTERM', pass);
  };
}
