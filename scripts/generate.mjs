import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { format, getFileInfo, resolveConfig } from 'prettier';
import { embedStd } from './embed-std.mjs';
import { compileTypeScript } from './house/compile-typescript.mjs';
import { root } from './house/root.mjs';
import { readIfThere, writeIfChanged } from './house/write.mjs';

// `npm run generate` writes every generated file; with `--check` it writes nothing and names those that are stale.
// A generator is a file in scripts/generators/ that exports `generate`, which gives the files it makes.

/** @typedef {import('./house/generated-file.js').GeneratedFile} GeneratedFile */

const checkOnly = process.argv.includes('--check');
const files = await allFiles();
const stale = [];
for (const file of files) {
  const path = join(root, file.path);
  const text = await formatted(path, file.text);
  if (checkOnly) {
    if ((await readIfThere(path))?.toString('utf8') !== text) stale.push(file.path);
  } else if (await writeIfChanged(path, text)) {
    console.log(`wrote ${file.path}`);
  }
}
for (const path of stale) console.error(`stale: ${path} (mend it with \`npm run generate\`)`);
if (stale.length > 0) process.exitCode = 1;
else console.log(`${String(files.length)} generated files are up to date`);

/** @returns {Promise<readonly GeneratedFile[]>} */
async function allFiles() {
  // The others import the compiler, which imports the embedded standard library.
  const std = await embedStd();
  if (!checkOnly) await writeIfChanged(join(root, std.path), std.text);
  const names = (await readdir(join(root, 'scripts/generators')))
    .filter((name) => name.endsWith('.ts'))
    .sort();
  const made = [std];
  for (const name of names) made.push(...(await runGenerator(`scripts/generators/${name}`)));
  return made;
}

/**
 * @param {string} entry
 * @returns {Promise<readonly GeneratedFile[]>}
 */
async function runGenerator(entry) {
  const { generate } = await import(pathToFileURL(await compileTypeScript(entry)).href);
  /** @type {readonly GeneratedFile[]} */
  const made = await generate();
  if (made.length === 0) throw new Error(`${entry} makes no file`);
  return made;
}

/**
 * @param {string} path
 * @param {string} text
 */
async function formatted(path, text) {
  const info = await getFileInfo(path, { ignorePath: join(root, '.prettierignore') });
  if (info.ignored || info.inferredParser === null) return text;
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}
