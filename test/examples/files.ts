import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, type Compilation } from '../../src/compiler/compile.js';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { makeSource } from '../../src/diagnostics/source.js';

const repository = join(import.meta.dirname, '../..');

/** A file of the language with its text. */
export interface CnnFile {
  readonly path: string;
  readonly text: string;
}

/** Every example. */
export const examples: readonly CnnFile[] = [...filesIn('examples'), ...filesIn('examples/pretrained')];

/** Every file of the standard library. */
export const library: readonly CnnFile[] = filesIn('std');

/** Compiles an example. */
export function compileFile({ path, text }: CnnFile): Compilation {
  return compile(makeSource(path, text));
}

/** The graph of a model of the examples. */
export function exampleGraph(model: string): Graph {
  const known = graphs.get(model);
  if (known !== undefined) return known;
  for (const file of examples) {
    if (!file.text.includes(`model ${model}`)) continue;
    for (const { name, graph } of compileFile(file).models) {
      if (graph !== undefined) graphs.set(name, graph);
    }
  }
  const found = graphs.get(model);
  if (found === undefined) throw new Error(`no example has a model ${model}`);
  return found;
}

const graphs = new Map<string, Graph>();

function filesIn(folder: string): readonly CnnFile[] {
  return readdirSync(join(repository, folder))
    .filter((name) => name.endsWith('.cnn'))
    .sort()
    .map((name) => ({
      path: `${folder}/${name}`,
      text: readFileSync(join(repository, folder, name), 'utf8'),
    }));
}
