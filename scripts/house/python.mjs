import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './root.mjs';
import { run } from './run.mjs';
import { readIfThere, writeIfChanged } from './write.mjs';

const folder = join(root, '.cache', 'python');
const requirements = join(root, 'scripts', 'fixtures', 'requirements.txt');
const installed = join(folder, 'installed.txt');

/** The interpreter that has the frameworks, once `ensurePython` has given 0. */
export const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');

/**
 * Makes an environment of Python with the frameworks in `.cache/python`, unless it is there already.
 * @returns {Promise<number>} 0, or the exit code of what went wrong
 */
export async function ensurePython() {
  const wanted = await readFile(requirements);
  if ((await readIfThere(installed))?.equals(wanted) === true) return 0;
  process.stderr.write('cnnc: installing Keras, TensorFlow and PyTorch into .cache/python (2.4 GB)\n');
  const made = await makeEnvironment();
  if (made !== 0) return made;
  // One command for all: by itself Keras would draw a build of PyTorch for graphics cards, several gigabytes.
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-cache-dir', '--disable-pip-version-check'];
  const code = await run(python, [...pip, '-r', requirements], { output: 'to-stderr' });
  if (code === 0) await writeIfChanged(installed, wanted);
  return code;
}

/** A bare Debian has no Python, or one that can't make environments: then its package is installed first. */
async function makeEnvironment() {
  const make = () =>
    run('python3', ['-m', 'venv', '--clear', folder], { output: 'to-stderr' }).catch(() => 127);
  const code = await make();
  if (code === 0 || process.platform !== 'linux' || process.getuid?.() !== 0) return code;
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'python3-venv']]) {
    const installing = await run('apt-get', ['-q', ...args], { output: 'to-stderr' }).catch(() => 127);
    if (installing !== 0) return installing;
  }
  return make();
}
