import type { About } from './about.js';

/** The `package.json` of a folder: private, since whose the weights are is not ours to say. */
export function packageJson({ facts, doc }: About): string {
  const manifest = {
    name: packageName(facts.model),
    version: '1.0.0',
    private: true,
    description: doc?.trim().replace(/\s+/g, ' ') ?? `The model ${facts.model}`,
    type: 'module',
    exports: {
      '.': { types: './index.d.ts', default: './index.js' },
      './model.json': './model.json',
      './package.json': './package.json',
    },
    types: './index.d.ts',
    engines: { node: '>=20' },
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** A name that npm takes: what it doesn't is a hyphen. */
function packageName(model: string): string {
  const name = model
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${name === '' ? 'unnamed' : name}-model`.slice(-200);
}
