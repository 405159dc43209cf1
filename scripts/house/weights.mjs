import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpm } from './npm.mjs';
import { root } from './root.mjs';
import { run } from './run.mjs';

/** Where packages with weights are unpacked, a folder each. */
const weightsFolder = join(root, '.cache', 'weights');

/** What is fetched: the package, its version, and the digest of its archive. */
const packages = [
  {
    folder: 'default-model',
    name: '@upscalerjs/default-model',
    version: '1.0.0',
    digest: 'D17cokQBpciTBrlFuY5WtS7TH0WE3h5m44PYiPPCSq1jlWjG9BvH5/rnm9AhQPV6TT3Bqbg5GAPV8/qpR47/hQ==',
  },
  {
    folder: 'face-api',
    name: '@vladmandic/face-api',
    version: '1.7.15',
    digest: 'WDMmK3CfNLo8jylWqMoQgf4nIst3M0fzx1dnac96wv/dvMTN4DxC/Pq1DGtduDk1lktCamQ3MIDXFnvrdHTXDw==',
  },
];

/**
 * Fetches the packages that aren't there; gives an exit code.
 * @returns {Promise<number>}
 */
export async function fetchWeights() {
  await mkdir(weightsFolder, { recursive: true });
  for (const one of packages) {
    const code = (await isThere(one)) ? 0 : await fetchPackage(one);
    if (code !== 0) {
      process.stderr.write(`cnnc: ${one.name}@${one.version} could not be fetched\n`);
      return code;
    }
    process.stderr.write(`cnnc: .cache/weights/${one.folder} holds ${one.name} ${one.version}\n`);
  }
  return 0;
}

/** @param {(typeof packages)[number]} wanted */
async function isThere({ folder, version }) {
  try {
    const text = await readFile(join(weightsFolder, folder, 'package.json'), 'utf8');
    return JSON.parse(text).version === version;
  } catch {
    return false;
  }
}

/**
 * Packs the package, checks the archive, unpacks it beside its place, and moves it there whole.
 * @param {(typeof packages)[number]} wanted
 */
async function fetchPackage({ folder, name, version, digest }) {
  const scratch = await mkdtemp(join(weightsFolder, 'fetch-'));
  try {
    const args = ['pack', `${name}@${version}`, '--pack-destination', scratch, '--loglevel=error'];
    const packed = await runNpm(args);
    if (packed !== 0) return packed;
    const [archive] = await readdir(scratch);
    if (archive === undefined) throw new Error(`npm packed nothing of ${name}`);
    const found = createHash('sha512')
      .update(await readFile(join(scratch, archive)))
      .digest('base64');
    if (found !== digest) throw new Error(`the archive of ${name} is another than was pinned`);
    const unpacked = await run('tar', ['-xzf', join(scratch, archive), '-C', scratch], {
      output: 'to-stderr',
    });
    if (unpacked !== 0) return unpacked;
    await rm(join(weightsFolder, folder), { recursive: true, force: true });
    await rename(join(scratch, 'package'), join(weightsFolder, folder));
    return 0;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
