import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfiguration from 'dependency-cruiser/config-utl/extract-depcruise-config';
import { afterEach, describe, expect, it } from 'vitest';

const repository = join(import.meta.dirname, '../..');
const configuration = await extractConfiguration(join(repository, '.dependency-cruiser.cjs'));
const temporary: string[] = [];

afterEach(() => {
  for (const folder of temporary.splice(0)) rmSync(folder, { recursive: true });
});

/** One import that a rule must refuse: the importing file, what it imports, and the rule. */
const forbidden: readonly (readonly [from: string, to: string, rule: string])[] = [
  ['src/diagnostics/render.ts', 'src/parser/ast.ts', 'layer-diagnostics'],
  ['src/diagnostics/render.ts', 'src/cli/io.ts', 'layer-diagnostics'],
  ['src/parser/parse.ts', 'src/compiler/compile.ts', 'layer-parser'],
  ['src/compiler/compile.ts', 'src/backends/registry.ts', 'layer-compiler'],
  ['src/report/summary.ts', 'src/backends/registry.ts', 'layer-report'],
  ['src/backends/backend.ts', 'src/runtime/index.ts', 'layer-backends'],
  ['src/runtime/index.ts', 'src/index.ts', 'layer-runtime'],
  ['src/index.ts', 'src/cli/main.ts', 'layer-index'],
  ['src/index.ts', 'src/lsp/server.ts', 'layer-index'],
  ['src/compiler/values/exact.ts', 'src/compiler/ops/op.ts', 'compiler-values'],
  ['src/compiler/ops/conv.ts', 'src/compiler/ir/graph.ts', 'compiler-ops'],
  ['src/compiler/ir/graph.ts', 'src/compiler/resolve/scope.ts', 'compiler-ir'],
  ['src/compiler/analyse/costs.ts', 'src/compiler/optimise/pipeline.ts', 'compiler-analyse'],
  ['src/compiler/compare/align.ts', 'src/compiler/compile.ts', 'compiler-compare'],
  ['src/compiler/optimise/pipeline.ts', 'src/compiler/elaborate/elaborate.ts', 'compiler-optimise'],
  ['src/compiler/resolve/scope.ts', 'src/compiler/elaborate/elaborate.ts', 'compiler-resolve'],
  ['src/compiler/elaborate/elaborate.ts', 'src/compiler/compile.ts', 'compiler-elaborate'],
  ['src/compiler/std/index.ts', 'src/compiler/resolve/scope.ts', 'compiler-std'],
  ['src/compiler/analyse/costs.ts', 'src/parser/ast.ts', 'no-syntax-tree'],
  ['src/backends/keras/index.ts', 'src/parser/ast.ts', 'no-syntax-tree'],
  ['src/runtime/executor/run.ts', 'src/parser/ast.ts', 'no-syntax-tree'],
  ['src/backends/keras/index.ts', 'src/backends/onnx/index.ts', 'backends-apart'],
  ['src/backends/names.ts', 'src/backends/onnx/index.ts', 'backends-listed-once'],
  ['src/compiler/compile.ts', 'node:fs', 'no-node'],
  ['src/runtime/weights.ts', 'fs', 'no-node'],
  ['src/cli/main.ts', '@tensorflow/tfjs-core', 'tensorflow-in-the-runtime'],
  ['src/backends/tfjs-layers/index.ts', '@tensorflow/tfjs-core', 'tensorflow-in-the-runtime'],
  ['src/parser/parse.ts', 'test/support/parsed.ts', 'product-apart'],
  ['src/parser/parse.ts', './missing.js', 'resolvable'],
];

/** Imports that look alike and are right. */
const allowed: readonly (readonly [from: string, to: string])[] = [
  ['src/parser/parse.ts', 'src/diagnostics/source.ts'],
  ['src/compiler/elaborate/elaborate.ts', 'src/compiler/resolve/scope.ts'],
  ['src/compiler/ops/conv.ts', 'src/compiler/limits.ts'],
  ['src/compiler/resolve/scope.ts', 'src/parser/ast.ts'],
  ['src/backends/keras/index.ts', 'src/backends/names.ts'],
  ['src/backends/registry.ts', 'src/backends/keras/index.ts'],
  ['src/runtime/node/files.ts', 'node:fs'],
  ['src/cli/main.ts', 'src/index.ts'],
];

describe('the rule of the folders', () => {
  it.each(forbidden)('refuses that %s imports %s: %s', async (from, to, rule) => {
    expect(await brokenRules({ [from]: importOf(from, to) }, to)).toContain(rule);
  });

  it.each(allowed)('lets %s import %s', async (from, to) => {
    expect(await brokenRules({ [from]: importOf(from, to) }, to)).toEqual([]);
  });

  it('counts an import of a type as it counts one of a value', async () => {
    const files = {
      'src/parser/parse.ts': "import type { A } from '../compiler/a.js';\nexport type B = A;\n",
    };
    expect(await brokenRules(files, 'src/compiler/a.ts')).toContain('layer-parser');
  });

  it('refuses an import that is written inside a function', async () => {
    const files = { 'src/compiler/compile.ts': "export const late = () => import('../runtime/index.js');\n" };
    expect(await brokenRules(files, 'src/runtime/index.ts')).toContain('layer-compiler');
  });

  it('refuses that the library leads to Node, over however many files', async () => {
    const files = {
      'src/index.ts': "export * from './runtime/index.js';\n",
      'src/runtime/index.ts': "export * from './node/files.js';\n",
      'src/runtime/node/files.ts': "export { readFileSync } from 'node:fs';\n",
    };
    expect(await brokenRules(files)).toContain('library-runs-in-a-browser');
  });

  it('refuses that the library leads to TensorFlow.js', async () => {
    const files = {
      'src/index.ts': "export * from './backends/tfjs-core/index.js';\n",
      'src/backends/tfjs-core/index.ts': "export * from '@tensorflow/tfjs-core';\n",
    };
    expect(await brokenRules(files)).toContain('library-runs-in-a-browser');
  });

  it('refuses a cycle of three files', async () => {
    const files = {
      'src/parser/a.ts': "import './b.js';\n",
      'src/parser/b.ts': "import './c.js';\n",
      'src/parser/c.ts': "import './a.js';\n",
    };
    expect(await brokenRules(files)).toContain('no-cycle');
  });

  it('refuses a file that nothing imports and that imports nothing', async () => {
    expect(await brokenRules({ 'src/parser/forgotten.ts': 'export {};\n' })).toEqual(['no-orphan']);
  });

  it('holds in this repository, of which it sees the imports of values and of types', async () => {
    const { modules, summary } = await cruiseIn(repository);
    const problem = modules.find(({ source }) => source === 'src/diagnostics/problem.ts');
    expect(problem?.dependencies.map(({ resolved }) => resolved)).toContain('src/diagnostics/source.ts');
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} imports ${to}`)).toEqual([]);
  });
});

/** Names of the rules that a tree of these files breaks; `target` is a file that is only imported. */
async function brokenRules(
  files: Readonly<Record<string, string>>,
  target?: string,
): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cnnc-structure-'));
  temporary.push(folder);
  const targets = target?.startsWith('src/') === true || target?.startsWith('test/') === true ? [target] : [];
  for (const path of targets) write(folder, path, 'export const a = 1;\nexport type A = number;\n');
  for (const [path, text] of Object.entries(files)) write(folder, path, text);
  const { summary } = await cruiseIn(folder);
  return [...new Set(summary.violations.map(({ rule }) => rule.name))];
}

async function cruiseIn(folder: string): Promise<ICruiseResult> {
  const { forbidden: rules = [], options = {} } = configuration;
  const { output } = await cruise(
    ['src'],
    {
      tsPreCompilationDeps: options.tsPreCompilationDeps ?? false,
      doNotFollow: options.doNotFollow ?? [],
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden: rules },
    },
    options.enhancedResolveOptions ?? {},
  );
  if (typeof output === 'string') throw new Error('a reporter was used');
  return output;
}

function importOf(from: string, to: string): string {
  const steps = '../'.repeat(dirname(from).split('/').length);
  const isFile = /^(src|test)\//.test(to);
  return `export * from '${isFile ? steps + to.replace(/\.ts$/, '.js') : to}';\n`;
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
