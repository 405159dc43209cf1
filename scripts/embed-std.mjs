import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './house/root.mjs';
import { writeIfChanged } from './house/write.mjs';

/** The file that holds the standard library as text, so that the compiler needs no file system for it. */
export const embeddedPath = 'src/compiler/std/embedded.ts';

/**
 * Writes `std/*.cnn` into a TypeScript module, one template literal a file.
 * @param {string} [folder] the folder that holds the `.cnn` files
 * @returns {Promise<{ path: string, text: string }>}
 */
export async function embedStd(folder = join(root, 'std')) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.cnn')).sort();
  if (names.length === 0) throw new Error('there is no .cnn file in std/');
  const entries = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), 'utf8');
      return `  [\n    'std/${name.slice(0, -'.cnn'.length)}',\n    \`${escapeTemplate(text)}\`,\n  ],\n`;
    }),
  );
  return {
    path: embeddedPath,
    text: `// Generated from std/*.cnn by \`npm run generate\`: change those files, not this one.

/** The standard library: the source text of each file by the name that imports use, \`std/blocks\`. */
export const embeddedStd: ReadonlyMap<string, string> = new Map([
${entries.join('')}]);
`,
  };
}

/**
 * Brings the embedded standard library up to date with `std/`.
 * @returns {Promise<void>}
 */
export async function updateEmbeddedStd() {
  const { path, text } = await embedStd();
  await writeIfChanged(join(root, path), text);
}

/** @param {string} text */
function escapeTemplate(text) {
  // A carriage return in a template literal is read as a line feed, so it must be spelled.
  return text.replaceAll(/[\\`]|\$\{/g, (special) => `\\${special}`).replaceAll('\r', '\\r');
}
