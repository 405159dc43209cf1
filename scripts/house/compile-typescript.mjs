import { mkdir } from 'node:fs/promises';
import { join, parse } from 'node:path';
import { build } from 'esbuild';
import { root } from './root.mjs';

/**
 * Compiles a TypeScript file of the repository, with what it imports from it, to one file that Node can run.
 * @param {string} entry relative to the repository's folder
 * @returns {Promise<string>} the path of the compiled file
 */
export async function compileTypeScript(entry) {
  const folder = join(root, 'node_modules', '.cache', 'cnnc');
  await mkdir(folder, { recursive: true });
  const outfile = join(folder, `${entry.replaceAll(/[/\\]/g, '-').slice(0, -parse(entry).ext.length)}.mjs`);
  await build({
    absWorkingDir: root,
    // Absolute, since `bench/main.ts` would be taken for a file of the package `bench`.
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
