import { dirname, resolve } from 'node:path';
import type { Limits } from '../compiler/limits.js';
import type { Loaded, Loader } from '../compiler/resolve/loader.js';
import { decode } from '../parser/decode.js';
import { rootOf, tooLargeFile, type Entry } from './entry.js';
import { limitsOf, type ReadFlags } from './flags.js';
import type { Revision, RevisionFile } from './git-revision.js';
import { isInside, shownName } from './loader.js';

/** Reads a file of a revision as an entry whose imports come from the same revision. */
export function readRevisionEntry(revision: Revision, file: RevisionFile, flags: ReadFlags): Entry {
  const limits = limitsOf(flags);
  const from = process.cwd();
  const name = revisionName(revision, file.path, from);
  if (file.bytes > limits.fileBytes)
    return { kind: 'unusable', diagnostics: [tooLargeFile(name, limits, file.bytes)] };
  const bytes = file.read();
  const decoded = decode(bytes, name);
  if (decoded.kind === 'not-text') return { kind: 'unusable', diagnostics: [decoded.diagnostic] };
  const root = rootOf(file.path, flags, from);
  const loader = revisionLoader(revision, { root, from, limits });
  return { kind: 'entry', source: decoded.source, id: file.path, loader, limits, bytes };
}

interface RevisionLoaderOptions {
  readonly root: string;
  readonly from: string;
  readonly limits: Pick<Limits, 'fileBytes'>;
}

function revisionLoader(revision: Revision, options: RevisionLoaderOptions): Loader {
  const known = new Map<string, Loaded>();
  return {
    load(request, importer) {
      const path = resolve(dirname(importer), request);
      const loaded = known.get(path) ?? loadFrom(revision, path, request, options);
      known.set(path, loaded);
      return loaded;
    },
  };
}

function loadFrom(
  revision: Revision,
  path: string,
  request: string,
  { root, from, limits }: RevisionLoaderOptions,
): Loaded {
  if (path.includes('\0') || !path.endsWith('.cnn')) return { kind: 'refused', reason: 'not-cnn' };
  if (!isInside(path, root)) return { kind: 'refused', reason: 'outside' };
  const file = revision.files.get(path);
  if (file === undefined)
    return { kind: 'refused', reason: 'missing', nearby: filesBeside(revision, path, request) };
  if (file.bytes > limits.fileBytes) {
    const detail = `limit ${String(limits.fileBytes)} bytes, got ${String(file.bytes)}`;
    return { kind: 'refused', reason: 'unreadable', detail };
  }
  const decoded = decode(file.read(), revisionName(revision, path, from));
  if (decoded.kind === 'not-text')
    return { kind: 'refused', reason: 'unreadable', detail: decoded.diagnostic.message };
  return { kind: 'loaded', id: path, source: decoded.source };
}

/** Files of the same folder, written as the request is, for "did you mean". */
function filesBeside({ files }: Revision, path: string, request: string): readonly string[] {
  const folder = dirname(path);
  const written = request.slice(0, request.lastIndexOf('/') + 1);
  return [...files.keys()]
    .filter((other) => dirname(other) === folder)
    .map((other) => written + other.slice(folder.length + 1));
}

/** As git writes it: `main:models/net.cnn`. */
function revisionName({ name }: Revision, path: string, from: string): string {
  return `${name}:${shownName(path, from)}`;
}
