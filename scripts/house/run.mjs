import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { root } from './root.mjs';

/**
 * Runs a program in the repository's folder, on the terminal of this one, and gives its exit code.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, output?: 'inherit' | 'to-stderr' | 'nowhere', shell?: boolean, env?: NodeJS.ProcessEnv }} [options]
 *   `to-stderr` keeps standard output free for the results of what runs afterwards; `nowhere` asks for the exit code only.
 * @returns {Promise<number>}
 */
export function run(program, args, options = {}) {
  const [output, errors] = streams[options.output ?? 'inherit'];
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? root,
      env: options.env ?? process.env,
      stdio: ['inherit', output, errors],
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

/** @type {{ inherit: ['inherit', 'inherit'], 'to-stderr': [2, 'inherit'], nowhere: ['ignore', 'ignore'] }} */
const streams = {
  inherit: ['inherit', 'inherit'],
  'to-stderr': [2, 'inherit'],
  nowhere: ['ignore', 'ignore'],
};

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
