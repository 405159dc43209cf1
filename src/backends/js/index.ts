import type { BuildOptions, Built, BuiltFile, Target } from '../backend.js';
import type { Facts } from './facts.js';
import { pageHtml } from './page-html.js';
import { packageJson } from './package-json.js';
import { readme } from './readme.js';
import { readSignature } from './signature.js';
import { typesText } from './types-text.js';

/**
 * Folders that hold a model and all that is needed to run it. The network is that of another target, whose `model.json` is
 * written last and holds all that running depends on: the old model is whole until the new one is.
 */
export function jsFolder(network: Target): Target {
  return {
    name: 'js',
    summary: 'a folder with a module, types and a page that classifies pictures, which needs nothing else',
    names: [...moduleFiles, ...pageFiles, ...ownFiles],
    check: (graph, options) => network.check(graph, options),
    build(graph, weights, options = {}) {
      const { classifier } = options;
      const facts: Facts = { formatVersion: 1, model: graph.name, ...(classifier && { classifier }) };
      const built = network.build(graph, weights, { ...options, metadata: { cnnc: facts } });
      return {
        ...built,
        files: [...around(built, facts, options), ...built.files],
        shipped: classifier === undefined ? moduleFiles : [...moduleFiles, ...pageFiles],
      };
    },
  };
}

/** What the module is made of, the same for every model. */
const moduleFiles = ['index.js', 'tensorflow.js', 'tfjs-backend-wasm-simd.wasm', 'LICENSES.txt'];

/** What the page is made of besides. */
const pageFiles = ['page.js', 'page.css'];

/** What is written for one model. */
const ownFiles = ['index.d.ts', 'package.json', 'README.md', 'index.html'];

function around(
  { files }: Built,
  facts: Facts,
  { doc, untrained = false }: BuildOptions,
): readonly BuiltFile[] {
  const manifest = files.find(({ path }) => path === 'model.json');
  const signature = readSignature(JSON.parse(new TextDecoder().decode(manifest?.bytes)));
  const about = { facts, signature, doc, untrained };
  const { classifier, model } = facts;
  return [
    textFile('index.d.ts', typesText(about)),
    textFile('package.json', packageJson(about)),
    textFile('README.md', readme(about)),
    ...(classifier === undefined
      ? []
      : [textFile('index.html', pageHtml({ model, classifier, doc, untrained }))]),
  ];
}

function textFile(path: string, text: string): BuiltFile {
  return { path, bytes: new TextEncoder().encode(text) };
}
