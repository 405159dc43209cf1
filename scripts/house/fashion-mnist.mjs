import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './root.mjs';
import { run } from './run.mjs';

/** Where the pictures lie: IDX files, packed with gzip. */
const folder = join(root, '.cache', 'fashion-mnist');
const debianPackage = 'dataset-fashion-mnist';
const inside = 'usr/share/datasets/fashion-mnist';

/**
 * Fetches Fashion-MNIST where it isn't there, out of Debian's package, which needn't be installed; gives an exit code.
 * @returns {Promise<number>}
 */
export async function fetchFashionMnist() {
  if (existsSync(folder)) return 0;
  await mkdir(join(root, '.cache'), { recursive: true });
  const work = await mkdtemp(join(root, '.cache', 'fetching-'));
  try {
    const code = existsSync(join('/', inside)) ? 0 : await unpack(work);
    if (code !== 0) {
      process.stderr.write(`cnnc: Debian's ${debianPackage} could not be fetched\n`);
      return code;
    }
    const from = existsSync(join('/', inside)) ? join('/', inside) : join(work, inside);
    await cp(from, join(work, 'ready'), { recursive: true });
    await rename(join(work, 'ready'), folder);
    return 0;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** @param {string} work */
async function unpack(work) {
  // Another user than root fetches packages, and it may not write here: root does without it.
  const download = ['download', '-o', 'APT::Sandbox::User=root', debianPackage];
  const options = { cwd: work };
  let code = await run('apt-get', download, options);
  if (code !== 0) {
    await run('apt-get', ['update'], options);
    code = await run('apt-get', download, options);
  }
  const archive = (await readdir(work)).find((name) => name.endsWith('.deb'));
  if (code !== 0 || archive === undefined) return code === 0 ? 1 : code;
  return run('dpkg', ['-x', archive, '.'], options);
}
