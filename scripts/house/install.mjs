import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './root.mjs';
import { runNpm } from './npm.mjs';

// This file runs before anything is installed: it may use Node's own modules only.

/**
 * Installs what the lock file names, unless it is there already; gives npm's exit code.
 * @returns {Promise<number>}
 */
export async function ensureInstalled() {
  if (await isInstalled(root)) return 0;
  process.stderr.write('cnnc: installing the packages of package-lock.json\n');
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await runNpm(args);
  if (code !== 0) process.stderr.write(`cnnc: \`npm ci\` ended with ${String(code)}; nothing was built\n`);
  return code;
}

/**
 * Tells whether `node_modules` holds the versions of the lock file. Contents are compared, not dates: npm writes both
 * files at once, and a checkout gives the lock file a new date without a change.
 * @param {string} folder
 * @returns {Promise<boolean>}
 */
export async function isInstalled(folder) {
  const wanted = await readPackages(join(folder, 'package-lock.json'));
  if (wanted === undefined) throw new Error('there is no package-lock.json');
  const present = await readPackages(join(folder, 'node_modules', '.package-lock.json'));
  if (present === undefined) return false;
  return [...wanted].every(([path, entry]) => {
    // Optional ones may be missing: they are for other machines, or could not be built on this one.
    const found = present.get(path);
    return found === undefined ? path === '' || entry.optional === true : found.version === entry.version;
  });
}

/**
 * @param {string} path
 * @returns {Promise<Map<string, { version?: string, optional?: boolean }> | undefined>}
 */
async function readPackages(path) {
  try {
    return new Map(Object.entries(JSON.parse(await readFile(path, 'utf8')).packages));
  } catch {
    return undefined;
  }
}
