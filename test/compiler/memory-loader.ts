import { makeSource } from '../../src/diagnostics/source.js';
import type { Loader } from '../../src/compiler/resolve/loader.js';

/** A loader whose files are given with their paths from the root: `blocks/unit.cnn`. */
export function memoryLoader(files: ReadonlyMap<string, string>): Loader {
  return {
    load(request, importer) {
      const id = resolvePath(importer, request);
      if (id === undefined) return { kind: 'refused', reason: 'outside' };
      if (!id.endsWith('.cnn')) return { kind: 'refused', reason: 'not-cnn' };
      const text = files.get(id);
      if (text === undefined) return { kind: 'refused', reason: 'missing', nearby: nearby(files) };
      return { kind: 'loaded', id, source: makeSource(id, text) };
    },
  };
}

function nearby(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files.keys()].map((path) => `./${path}`);
}

/** The path of a file from the root, `undefined` where it leads out of it. */
function resolvePath(importer: string, request: string): string | undefined {
  const parts = importer.split('/').slice(0, -1);
  for (const part of request.split('/')) {
    if (part === '.' || part === '') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
