import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './house/root.mjs';
import { writeIfChanged } from './house/write.mjs';

const folder = join(root, 'dist', 'js');

/**
 * Makes the files that every folder of `cnnc build --to js` holds, so that it needs no network and no package:
 * TensorFlow.js in one file, the module and the page beside it, WebAssembly, and whose all of this is.
 * @returns {Promise<void>}
 */
export async function buildJs() {
  const ours = build({
    ...settings,
    entryPoints: { index: 'src/js/index.ts', page: 'src/js/page.ts' },
    // Others read it: names and lines stay.
    minify: false,
  });
  const theirs = build({
    ...settings,
    entryPoints: { tensorflow: 'src/js/tensorflow.ts' },
    minify: true,
    // Hides Node from TensorFlow.js, which would take its modules by `require`: see src/js/tensorflow.ts.
    define: { process: 'undefined' },
  });
  const picture = build({
    ...settings,
    entryPoints: { picture: 'src/js/picture.ts' },
    // It stands in each page that `cnnc graph` writes, which holds no other file.
    format: 'iife',
    minify: true,
    banner: { js: `/* Built by cnnc, with dagre:\n${await text('node_modules/@dagrejs/dagre/LICENSE')}*/` },
  });
  for (const { outputFiles = [] } of await Promise.all([ours, theirs, picture])) {
    for (const { path, contents } of outputFiles) await writeIfChanged(path, contents);
  }
  const wasm = 'tfjs-backend-wasm-simd.wasm';
  const compiled = join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist', wasm);
  await writeIfChanged(join(folder, wasm), await readFile(compiled));
  await writeIfChanged(join(folder, 'page.css'), await readFile(join(root, 'src/js/page.css')));
  await writeIfChanged(join(folder, 'LICENSES.txt'), await licences());
}

/**
 * Files of a folder that are loaded by others of it stay files.
 * @type {import('esbuild').Plugin}
 */
const apart = {
  name: 'apart',
  setup(setting) {
    setting.onResolve({ filter: /^\.\/(?:index|tensorflow)\.js$/ }, ({ path, importer }) =>
      importer.startsWith(join(root, 'src/js')) ? { path, external: true } : undefined,
    );
  },
};

/** @satisfies {import('esbuild').BuildOptions} */
const settings = {
  absWorkingDir: root,
  outdir: folder,
  bundle: true,
  write: false,
  format: /** @type {const} */ ('esm'),
  platform: /** @type {const} */ ('browser'),
  target: 'es2022',
  legalComments: /** @type {const} */ ('none'),
  external: ['node:fs/promises'],
  plugins: [apart],
  banner: { js: '/* Built by cnnc; whose this is: LICENSES.txt */' },
  logLevel: /** @type {const} */ ('warning'),
};

/**
 * @param {string} path
 * @returns {Promise<string>}
 */
function text(path) {
  return readFile(join(root, path), 'utf8');
}

/** @returns {Promise<string>} */
async function licences() {
  const seedrandom = /\/\*([^]*?)\*\//.exec(await text('node_modules/seedrandom/seedrandom.js'))?.[1];
  if (seedrandom?.includes('David Bau') !== true)
    throw new Error('the licence of seedrandom is not where it was');
  const parts = [
    ['index.js, page.js, page.css: cnnc', await text('LICENSE')],
    ['In tensorflow.js: seedrandom', seedrandom],
    ['In tfjs-backend-wasm-simd.wasm: XNNPACK', xnnpack],
    [
      'tensorflow.js, tfjs-backend-wasm-simd.wasm: TensorFlow.js (copyright Google LLC and its authors), with long.js ' +
        '(copyright Daniel Wirtz), both under this licence',
      await text('node_modules/long/LICENSE'),
    ],
  ];
  return parts
    .map(([title, licence]) => `${String(title)}\n\n${String(licence).trim()}\n`)
    .join(`\n${'-'.repeat(72)}\n\n`);
}

const xnnpack = `BSD License

Copyright (c) Facebook, Inc. and its affiliates. All rights reserved.
Copyright 2019 Google LLC

Redistribution and use in source and binary forms, with or without modification,
are permitted provided that the following conditions are met:

 * Redistributions of source code must retain the above copyright notice, this
   list of conditions and the following disclaimer.

 * Redistributions in binary form must reproduce the above copyright notice,
   this list of conditions and the following disclaimer in the documentation
   and/or other materials provided with the distribution.

 * Neither the name Facebook nor the names of its contributors may be used to
   endorse or promote products derived from this software without specific
   prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND
ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE
DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR
ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES
(INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES;
LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON
ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT
(INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS
SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
`;
