import { readdirSync, realpathSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import type { Limits } from '../compiler/limits.js';
import type { Loaded, Loader } from '../compiler/resolve/loader.js';
import { decode } from '../parser/decode.js';
import { systemReason } from './failure.js';
import { readRegularFile } from './read-file.js';

/** What a loader of files is bounded by. */
export interface LoaderOptions {
  /** The real path of the folder that nothing is read outside of. */
  readonly root: string;
  /** The folder that names in messages are relative to. */
  readonly from: string;
  readonly limits: Pick<Limits, 'fileBytes'>;
}

/**
 * Reads imported files: regular ones named `.cnn` whose real path lies in the root. Files are known by their real paths,
 * so one that is reached in two ways is one.
 */
export function fileLoader(options: LoaderOptions): Loader {
  const known = new Map<string, Loaded>();
  return {
    load(request, importer) {
      const path = resolve(dirname(importer), request);
      const before = known.get(path);
      if (before !== undefined) return before;
      const loaded = loadFile(request, path, options);
      known.set(path, loaded);
      return loaded;
    },
  };
}

/** A path as messages show it: relative to the working folder, with slashes. */
export function shownName(path: string, from: string): string {
  const shown = relative(from, path);
  return sep === '/' ? shown : shown.replaceAll(sep, '/');
}

function loadFile(request: string, path: string, options: LoaderOptions): Loaded {
  const { root, from, limits } = options;
  // Told from the text of the path alone, so that nothing is learnt of files outside.
  if (path.includes('\0') || !path.endsWith('.cnn')) return { kind: 'refused', reason: 'not-cnn' };
  if (!isInside(path, root)) return { kind: 'refused', reason: 'outside' };
  const mayOpen = (realPath: string): boolean => isInside(realPath, root) && realPath.endsWith('.cnn');
  const file = readRegularFile(path, limits.fileBytes, mayOpen);
  switch (file.kind) {
    case 'read':
      return loadedFrom(file.bytes, shownName(file.realPath, from), file.realPath);
    case 'refused':
      return { kind: 'refused', reason: 'outside', detail: 'a link leads there' };
    case 'missing':
      return { kind: 'refused', reason: 'missing', nearby: filesBeside(request, path, root) };
    case 'folder':
    case 'not-a-file':
      return { kind: 'refused', reason: 'not-a-file' };
    case 'too-large':
      return {
        kind: 'refused',
        reason: 'unreadable',
        detail: `limit ${String(limits.fileBytes)} bytes, got ${String(file.size)}`,
      };
    case 'unreadable':
      return { kind: 'refused', reason: 'unreadable', detail: systemReason(file.error) };
  }
}

function loadedFrom(bytes: Uint8Array, name: string, id: string): Loaded {
  const decoded = decode(bytes, name);
  if (decoded.kind === 'decoded') return { kind: 'loaded', id, source: decoded.source };
  return { kind: 'refused', reason: 'unreadable', detail: decoded.diagnostic.message };
}

/** The `.cnn` files of the folder that a request names, written as the request is, for "did you mean". */
function filesBeside(request: string, path: string, root: string): readonly string[] {
  const folder = request.slice(0, request.lastIndexOf('/') + 1);
  try {
    const real = realpathSync(dirname(path));
    if (real !== root && !isInside(real, root)) return [];
    const names = readdirSync(real).filter((name) => name.endsWith('.cnn'));
    return names.sort().map((name) => folder + name);
  } catch {
    return [];
  }
}

/** True where a path lies below a folder, told from the text alone. */
export function isInside(path: string, folder: string): boolean {
  const top = folder.endsWith(sep) ? folder : folder + sep;
  return path.startsWith(top);
}
