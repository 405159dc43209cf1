import type { CompileOptions } from '../../src/compiler/compile.js';
import type { Source } from '../../src/diagnostics/source.js';
import { memoryLoader } from '../compiler/memory-loader.js';

/** Reads the options beside a source: `files` by path, `set` by parameter, `limits` by name, `models`, `input`. */
export function optionsIn(json: unknown, entry: Source): CompileOptions {
  const files = new Map([...textsIn(json, 'files'), [entry.name, entry.text]]);
  const set = textsIn(json, 'set');
  const limits = Object.fromEntries(entriesIn(json, 'limits').map(([name, value]) => [name, Number(value)]));
  const models = entriesIn(json, 'models').map(([, name]) => String(name));
  const input = partOf(json, 'input');
  return {
    loader: memoryLoader(files),
    set,
    limits,
    ...(models.length === 0 ? {} : { models }),
    ...(typeof input === 'string' ? { input } : {}),
  };
}

function textsIn(json: unknown, name: string): ReadonlyMap<string, string> {
  return new Map(entriesIn(json, name).map(([key, value]) => [key, String(value)]));
}

function entriesIn(json: unknown, name: string): readonly (readonly [string, unknown])[] {
  const part = partOf(json, name);
  return typeof part === 'object' && part !== null ? Object.entries(part) : [];
}

function partOf(json: unknown, name: string): unknown {
  return typeof json === 'object' && json !== null && Object.hasOwn(json, name)
    ? Reflect.get(json, name)
    : undefined;
}
