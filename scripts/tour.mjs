import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './house/root.mjs';
import { runNode } from './house/run.mjs';

// `npm start`: the main job from text to a model that reads digits, every step by the command line as anyone would type it.
// CNNC_TOUR=short trains on a part of the digits, for continuous integration.

/** @param {boolean} isShort */
async function tour(isShort) {
  const folder = join('out', isShort ? 'tour-short' : 'tour');
  const lenet = 'examples/lenet5.cnn';
  const model = [lenet, '--data', 'mnist'];
  const part = isShort ? ['--epochs', '1', '--limit', '6000'] : ['--epochs', '2'];
  const least = isShort ? 85 : 98;

  const steps = [
    () =>
      step('Every example is checked: shapes, parameters and multiplications, equal to the papers.', [
        'check',
        'examples',
      ]),
    () => step('The figures of LeNet-5.', ['summary', lenet]),
    () => mistake('A mistake typed on purpose: ResNet-34, its shortcut forgotten.'),
    () =>
      step('LeNet-5 is trained on handwritten digits.', [
        'train',
        ...model,
        ...part,
        '-o',
        folder,
        '--force',
      ]),
    () =>
      judge(
        'It reads digits that it has never seen.',
        ['evaluate', ...model, '--weights', folder, '--show', '4'],
        least,
      ),
  ];
  for (const run of steps) {
    const code = await run();
    if (code !== 0) return code;
  }
  process.stdout.write(`weights: ${join(folder, 'weights.safetensors')}\n`);
  return 0;
}

/**
 * Says what is shown, shows the command, and runs it.
 * @param {string} what
 * @param {readonly string[]} args
 */
async function step(what, args) {
  announce(what, args);
  return runNode(['dist/cnnc.js', ...args]);
}

/**
 * Checks an example with a mistake in it, which must be found.
 * @param {string} what
 */
async function mistake(what) {
  const file = 'examples/resnet34.cnn';
  const text = readFileSync(join(root, file), 'utf8').replace(/^import .*$/m, forgottenShortcut);
  const args = ['check', '-', '--stdin-filepath', file];
  announce(what, args);
  const { code } = await runAndRead(args, text);
  if (code === 1) return 0;
  process.stderr.write(`tour: the mistake was not found: exit code ${String(code)}\n`);
  return 1;
}

const forgottenShortcut = `block residual<filters, stride = 1> {
  default conv same bias=false
  add {
    | conv filters 3x3/stride -> bn -> relu
      conv filters 3x3 -> bn
    | identity
  }
  relu
}`;

/**
 * Runs the command line with a text as its standard input; what it prints is shown, and given back.
 * @param {readonly string[]} args
 * @param {string} [input]
 * @returns {Promise<{ code: number, out: string }>}
 */
function runAndRead(args, input = '') {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['dist/cnnc.js', ...args], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let out = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      out += text;
      process.stdout.write(text);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? 1, out });
    });
    child.stdin.end(input);
  });
}

/**
 * Holds the accuracy that an evaluation prints against what it should be.
 * @param {string} what
 * @param {readonly string[]} args
 * @param {number} least
 */
async function judge(what, args, least) {
  announce(what, args);
  const { code, out } = await runAndRead(args);
  if (code !== 0) return code;
  const percent = Number(/^accuracy +([\d.]+)%/.exec(out)?.[1]);
  process.stdout.write(
    `\n${String(percent)} % of the test digits are read rightly; at least ${String(least)} % were wanted\n`,
  );
  return percent >= least ? 0 : 1;
}

/**
 * @param {string} what
 * @param {readonly string[]} args
 */
function announce(what, args) {
  process.stdout.write(`\n── ${what}\n$ cnnc ${args.join(' ')}\n`);
}

process.exitCode = await tour(process.env['CNNC_TOUR'] === 'short');
