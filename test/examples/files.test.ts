import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { figuresOf, tallyOfNode } from '../../src/compiler/analyse/figures.js';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { verifyGraph } from '../../src/compiler/ir/verify.js';
import { toText } from '../../src/compiler/values/exact.js';
import { shapeText } from '../../src/compiler/values/shape-text.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { parse } from '../../src/parser/parse.js';
import { print } from '../../src/parser/print.js';
import { compileFile, examples, library } from './files.js';

const golden = join(import.meta.dirname, '../golden');

describe.each(examples)('$path', (file) => {
  const { models, diagnostics } = compileFile(file);

  it('compiles without a message', () => {
    expect(renderDiagnostics(diagnostics)).toBe('');
  });

  it('asserts its parameters and its multiplications, and is right', () => {
    for (const { name, assertions } of models) {
      const texts = assertions.map(({ text }) => text);
      expect({ name, params: texts.some((text) => /^(params|trainable) ==/.test(text)) }).toEqual({
        name,
        params: true,
      });
      expect({ name, macs: texts.some((text) => text.startsWith('macs ==')) }).toEqual({ name, macs: true });
      expect(assertions.filter(({ passed }) => !passed)).toEqual([]);
    }
  });

  it('says what it is of', () => {
    for (const { doc } of models) expect(doc ?? file.text).toMatch(/[a-z]/);
    expect(file.text).toMatch(/^\/\/\/ /m);
  });

  it.each(models.map(({ name, graph }) => ({ name, graph })))(
    'gives the layers of $name as they were',
    ({ name, graph }) => {
      if (graph === undefined) throw new Error(`no graph of ${name}`);
      expect(verifyGraph(graph)).toEqual([]);
      const text = summary(graph);
      const path = join(golden, `${name}.txt`);
      if (process.env['CNNC_UPDATE'] === '1') writeFileSync(path, text);
      expect(text).toBe(existsSync(path) ? readFileSync(path, 'utf8') : 'a file of this name');
    },
  );
});

describe.each([...examples, ...library])('$path', ({ path, text }) => {
  it('is written in the canonical form', () => {
    const { tree, diagnostics } = parse(makeSource(path, text));
    expect(diagnostics).toEqual([]);
    expect(print(tree)).toBe(text);
  });
});

describe('examples/resnet.cnn', () => {
  it('has ResNet-152, and four others, in 40 lines or fewer', () => {
    const text = examples.find(({ path }) => path === 'examples/resnet.cnn')?.text ?? '';
    expect(text).toContain('model ResNet152 = ResNet<depth = 152>');
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  });
});

/** A layer a line: path, kind, shape, parameters, multiplications. */
function summary(graph: Graph): string {
  const figures = figuresOf(graph);
  return graph.nodes
    .map((node) => {
      const { params, macs } = tallyOfNode(figures, node);
      return `${[node.path, node.kind, shapeText(node.shape), toText(params), toText(macs)].join(' ')}\n`;
    })
    .join('');
}
