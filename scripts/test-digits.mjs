import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './house/install.mjs';
import { runNode } from './house/run.mjs';

// `npm run test:digits`: the network for digits of the examples is trained on 10,000 of them as a user would do it, on
// TensorFlow's native library, which is installed where it is missing, and has to read the 10,000 test digits.

const wanted = 0.98;
const training = ['--data', 'mnist', '--limit', '10000', '--epochs', '5', '--batch', '32'];

process.exitCode = await testDigits();

/** @returns {Promise<number>} */
async function testDigits() {
  const ready =
    (await ensureInstalled()) ||
    (await runNode(['scripts/build.mjs'])) ||
    (await runNode(['scripts/native.mjs'], { output: 'to-stderr' }));
  if (ready !== 0) return ready;
  const folder = mkdtempSync(join(tmpdir(), 'cnnc-digits-'));
  try {
    const places = ['--engine', 'node', '--seed', '1', '-o', folder];
    const code = await runNode(['dist/cnnc.js', 'train', 'examples/mnist.cnn', ...training, ...places]);
    return code === 0 ? judge(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))) : code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {{ engine: string, data: { images: number, test: number }, test: { accuracy: number } }} run
 * @returns {number} the exit code
 */
function judge({ engine, data, test }) {
  const percent = `${(100 * test.accuracy).toFixed(2)} %`;
  process.stdout.write(
    `${percent} of ${String(data.test)} test digits after ${String(data.images)} for training, on ${engine}\n`,
  );
  const reached =
    engine === 'node' && data.images === 10_000 && data.test === 10_000 && test.accuracy >= wanted;
  if (!reached) process.stderr.write(`cnnc: expected ${(100 * wanted).toFixed(0)} % or more\n`);
  return reached ? 0 : 1;
}
