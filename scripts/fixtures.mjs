import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePython, python } from './house/python.mjs';
import { root } from './house/root.mjs';
import { run } from './house/run.mjs';

// `npm run fixtures` computes test/fixtures anew with Keras and PyTorch; with `--check` it does so elsewhere and
// compares: what is kept must be what the frameworks give.

const kept = join(root, 'test', 'fixtures');
const script = (/** @type {string} */ name) => join(root, 'scripts', 'fixtures', name);

process.exitCode = await main(process.argv.slice(2));

/** @param {readonly string[]} args */
async function main(args) {
  const unknown = args.find((argument) => argument !== '--check');
  if (unknown !== undefined) {
    process.stderr.write(`fixtures: unknown argument ${unknown}; there is only --check\n`);
    return 2;
  }
  const ready = await ensurePython();
  if (ready !== 0) return ready;
  return args.includes('--check') ? check() : rewrite();
}

async function rewrite() {
  await rm(join(kept, 'layers'), { recursive: true, force: true });
  await rm(join(kept, 'networks'), { recursive: true, force: true });
  return run(python, [script('make.py'), kept]);
}

async function check() {
  const made = await mkdtemp(join(tmpdir(), 'cnnc-fixtures-'));
  try {
    const code = await run(python, [script('make.py'), made]);
    return code === 0 ? await run(python, [script('compare.py'), kept, made]) : code;
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}
