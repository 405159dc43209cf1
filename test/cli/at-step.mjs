// Loaded before the command line by a test: at the n-th call that changes files the process is killed, or the call fails.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const [step, what] = [Number(process.env.CNNC_TEST_STEP), process.env.CNNC_TEST_FAULT];
const changing = ['openSync', 'writeSync', 'linkSync', 'renameSync', 'rmSync', 'mkdirSync', 'rmdirSync'];
const reallyWrite = fs.writeSync;
let calls = 0;

/** The functions that are replaced, whatever they take. */
const system = /** @type {Record<string, (...args: any[]) => unknown>} */ (/** @type {unknown} */ (fs));

for (const name of changing) {
  const really = system[name];
  if (really === undefined) throw new Error(`no function ${name}`);
  system[name] = (...args) => {
    // Only reads.
    if (name === 'openSync' && args[1] !== 'wx') return really(...args);
    calls += 1;
    if (calls !== step) return really(...args);
    // A write that does not come to its end leaves a part.
    if (name === 'writeSync') reallyWrite(args[0], args[1].subarray(0, Math.floor(args[1].length / 2)));
    if (what === 'SIGKILL') process.kill(process.pid, 'SIGKILL');
    if (what === 'SIGTERM') {
      process.kill(process.pid, 'SIGTERM');
      return name === 'writeSync' ? Math.floor(args[1].length / 2) : really(...args);
    }
    throw Object.assign(new Error(`${what}: by a test`), { code: what });
  };
}
syncBuiltinESMExports();
process.on('exit', () => {
  if (calls < step) reallyWrite(2, 'no such step\n');
});
