import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Writes a file whole or not at all, and only where that changes it: another process may be running the old one.
 * @param {string} path
 * @param {string | Uint8Array} content
 * @param {{ executable?: boolean }} [options]
 * @returns {Promise<boolean>} whether the file was another one before
 */
export async function writeIfChanged(path, content, options = {}) {
  const bytes = Buffer.from(content);
  if ((await readIfThere(path))?.equals(bytes) === true) return false;
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${String(process.pid)}.tmp`;
  try {
    await writeFile(temporary, bytes);
    if (options.executable === true) await chmod(temporary, 0o755);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  return true;
}

/**
 * Reads a file that may not be there.
 * @param {string} path
 * @returns {Promise<Buffer | undefined>}
 */
export async function readIfThere(path) {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
