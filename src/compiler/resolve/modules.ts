import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { report } from '../../diagnostics/problem.js';
import type { Source, Span } from '../../diagnostics/source.js';
import { suggest } from '../../diagnostics/suggest.js';
import type { Import, Item, Name, Train, Variants } from '../../parser/ast.js';
import { parse, type Parsed } from '../../parser/parse.js';
import { maximumMistakes } from '../../parser/limits.js';
import { tooLarge } from '../../parser/problems.js';
import type { Limits } from '../limits.js';
import { embeddedStd } from '../std/embedded.js';
import { makeSource } from '../../diagnostics/source.js';
import { bytesOf } from './bytes.js';
import { damageOf, isMistakable } from './damage.js';
import { describeDeclaration, type Declaration, type Module } from './declarations.js';
import type { Loader, Loaded } from './loader.js';
import {
  duplicateName,
  importCycle,
  importedNameMissing,
  importFailed,
  limitExceeded,
  type ImportReason,
} from './problems.js';

/** The files of a compilation, each behind those that it imports; the entry is the last. */
export interface LoadedModules {
  readonly entry: Module;
  readonly all: readonly Module[];
  readonly diagnostics: readonly Diagnostic[];
  /** False where nothing can be said of what was read, so that the mistakes that were found are all there is to tell. */
  readonly canResolve: boolean;
}

/** Parses the entry and everything that it imports, each file once. `entryId` is the id that the loader knows it by. */
export function loadModules(entry: Source, entryId: string, loader: Loader, limits: Limits): LoadedModules {
  const state: LoadState = {
    loader,
    limits,
    modules: new Map(),
    open: [],
    diagnostics: [],
    bytes: 0,
  };
  const module = loadModule(state, entryId, entry);
  const all = [...state.modules.values()];
  const canResolve =
    state.diagnostics.length < maximumMistakes &&
    !state.diagnostics.some(({ code }) => hopeless.has(code)) &&
    !all.some(isMistakable);
  return { entry: module, all, diagnostics: state.diagnostics, canResolve };
}

/** What leaves so much unread, or unclear, that messages about the rest would follow from it. */
const hopeless: ReadonlySet<string> = new Set(
  [duplicateName, importCycle, limitExceeded, tooLarge].map(({ code }) => code),
);

interface LoadState {
  readonly loader: Loader;
  readonly limits: Limits;
  readonly modules: Map<string, Module>;
  /** The chain of imports that led here, outermost first. */
  readonly open: { readonly id: string; readonly name: string }[];
  readonly diagnostics: Diagnostic[];
  bytes: number;
}

function loadModule(state: LoadState, id: string, source: Source): Module {
  const bytes = bytesOf(source);
  state.bytes += bytes;
  const parsed = parseWithin(state.limits, source, bytes);
  for (const found of parsed.diagnostics) state.diagnostics.push(found);
  const names = new Map<string, Declaration>();
  const places = new Map<string, Span>();
  const damage = damageOf(parsed);
  const tree = damage?.tree ?? parsed.tree;
  const { items } = tree;
  const trainings = items.filter((item): item is Train => item.kind === 'train');
  const variants = items.filter((item): item is Variants => item.kind === 'variants');
  const missing = new Set<string>();
  const module: Module = { id, source, tree, names, trainings, variants, lost: damage?.lost, missing };
  const declare = (name: Name, declaration: Declaration): void => {
    const first = places.get(name.text);
    if (first !== undefined) {
      const what = describeDeclaration(names.get(name.text) ?? declaration);
      const related = [{ span: first, label: 'the first one' }];
      state.diagnostics.push(report(duplicateName, name.span, { name: name.text, what }, { related }));
      return;
    }
    places.set(name.text, name.span);
    names.set(name.text, declaration);
  };
  state.open.push({ id, name: source.name });
  for (const item of items) {
    if (item.kind === 'import') importNames(state, { module, declare, missing }, item);
  }
  state.open.pop();
  for (const item of items) {
    const declaration = declarationOf(item, module);
    if (declaration !== undefined) declare(declaration.tree.name, declaration);
  }
  state.modules.set(id, module);
  return module;
}

/** Parses a file, or leaves out what stands in it where that is too much. */
function parseWithin({ fileBytes, ...limits }: Limits, source: Source, bytes: number): Parsed {
  if (bytes <= fileBytes) return parse(source, limits);
  const facts = {
    what: `${source.name} is too large`,
    limit: fileBytes,
    got: String(bytes),
    flag: '--limit-file-bytes',
  };
  const span = { source, start: 0, end: 0 };
  const tree = { kind: 'file', source, items: [], comments: [], span } as const;
  return { tree, diagnostics: [report(tooLarge, span, facts)] };
}

function declarationOf(item: Item, module: Module): Declaration | undefined {
  switch (item.kind) {
    case 'block':
    case 'model':
      return { kind: 'block', tree: item, module };
    case 'alias':
      return { kind: 'alias', tree: item, module };
    case 'let':
      return { kind: 'let', tree: item, module };
    case 'import':
    case 'train':
    case 'variants':
      return undefined;
  }
}

type Declare = (name: Name, declaration: Declaration) => void;

interface Importer {
  readonly module: Module;
  readonly declare: Declare;
  /** Takes the names that can't be had. */
  readonly missing: Set<string>;
}

function importNames(state: LoadState, { module, declare, missing }: Importer, item: Import): void {
  const imported = importedModule(state, module, item);
  if (imported === undefined) {
    for (const { name, alias } of item.names) missing.add((alias ?? name).text);
    return;
  }
  const own = new Map([...imported.names].filter(([, declaration]) => declaration.module === imported));
  for (const { name, alias } of item.names) {
    const declaration = own.get(name.text);
    if (declaration !== undefined) {
      declare(alias ?? name, declaration);
      continue;
    }
    missing.add((alias ?? name).text);
    // What a file lacks that could not be read whole follows from that, and so does what it could not import itself.
    if (imported.lost?.declares(name.text) === true || imported.missing.has(name.text)) continue;
    const near = suggest(name.text, own.keys());
    const help = near === undefined ? undefined : `did you mean \`${near}\`?`;
    const facts = { name: name.text, from: item.from.value };
    state.diagnostics.push(report(importedNameMissing, name.span, facts, { help }));
  }
}

function importedModule(state: LoadState, importer: Module, item: Import): Module | undefined {
  const request = item.from.value;
  const span = item.from.span;
  const refuse = (reason: ImportReason, detail?: string, help?: string): undefined => {
    state.diagnostics.push(report(importFailed, span, { from: request, reason, detail }, { help }));
    return undefined;
  };
  const loaded = locate(state.loader, request, importer.id);
  if (loaded.kind === 'refused') {
    const near = loaded.nearby === undefined ? undefined : suggest(request, loaded.nearby);
    refuse(loaded.reason, loaded.detail, near === undefined ? undefined : `did you mean "${near}"?`);
    return;
  }
  const known = state.modules.get(loaded.id);
  if (known !== undefined) return known;
  const turn = state.open.findIndex((file) => file.id === loaded.id);
  if (turn >= 0) {
    const cycle = [...state.open.slice(turn).map((file) => file.name), state.open[turn]?.name ?? ''];
    state.diagnostics.push(report(importCycle, span, { cycle }));
    return undefined;
  }
  const exceeded = exceededLimit(state, loaded.source);
  if (exceeded !== undefined) {
    state.diagnostics.push(report(limitExceeded, span, exceeded));
    return undefined;
  }
  return loadModule(state, loaded.id, loaded.source);
}

function exceededLimit(
  state: LoadState,
  source: Source,
): { what: string; limit: number; got: string; flag: string } | undefined {
  const { files, importDepth, totalBytes } = state.limits;
  const read = state.modules.size + state.open.length;
  if (read >= files) return { what: 'files', limit: files, got: String(read + 1), flag: '--limit-files' };
  if (state.open.length > importDepth) {
    return {
      what: 'imports within imports',
      limit: importDepth,
      got: String(state.open.length),
      flag: '--limit-import-depth',
    };
  }
  const bytes = state.bytes + bytesOf(source);
  if (bytes > totalBytes) {
    return {
      what: 'bytes in all files together',
      limit: totalBytes,
      got: String(bytes),
      flag: '--limit-total-bytes',
    };
  }
  return undefined;
}

type Located =
  | Extract<Loaded, { kind: 'loaded' }>
  | { kind: 'refused'; reason: ImportReason; detail?: string; nearby?: readonly string[] };

function locate(loader: Loader, request: string, importer: string): Located {
  if (request.startsWith('std/')) {
    const name = request.endsWith('.cnn') ? request.slice(0, -4) : request;
    const text = embeddedStd.get(name);
    if (text === undefined) return { kind: 'refused', reason: 'missing', nearby: [...embeddedStd.keys()] };
    return { kind: 'loaded', id: name, source: stdSource(name, text) };
  }
  if (/^[a-z][a-z0-9+.-]+:/i.test(request) || request.startsWith('//'))
    return { kind: 'refused', reason: 'url' };
  if (/^([/\\]|[a-z]:)/i.test(request)) return { kind: 'refused', reason: 'absolute' };
  if (importer.startsWith('std/')) return { kind: 'refused', reason: 'outside' };
  return loader.load(request, importer);
}

const stdSources = new Map<string, Source>();

/** Tells the files of the standard library from those of the user's. */
export function isStandardSource(source: Source): boolean {
  return [...stdSources.values()].includes(source);
}

function stdSource(name: string, text: string): Source {
  const known = stdSources.get(name);
  if (known !== undefined) return known;
  const made = makeSource(`${name}.cnn`, text);
  stdSources.set(name, made);
  return made;
}
