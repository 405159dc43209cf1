import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { backendProblems } from '../../src/backends/problems.js';
import { tfjsLayers } from '../../src/backends/tfjs-layers/index.js';
import { compile, type Compilation, type CompileOptions } from '../../src/compiler/compile.js';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../src/diagnostics/render.js';
import { makeSource, type Source } from '../../src/diagnostics/source.js';
import { decode } from '../../src/parser/decode.js';
import { problems } from '../../src/problems.js';
import { memoryLoader } from '../compiler/memory-loader.js';
import { optionsIn } from './options.js';

// Each problem has its smallest source and the text that is shown for it. CNNC_UPDATE=1 writes these texts anew.

const folder = import.meta.dirname;

describe('the list of problems', () => {
  it('tells all of them apart by their codes', () => {
    const codes = problems.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)]);
  });

  it('has no source for a code that there is not', () => {
    const codes = new Set(problems.map(({ code }) => code));
    const files = readdirSync(folder).filter((name) => /\.(cnn|json|txt)$/.test(name));
    expect(files.filter((name) => !codes.has(name.replace(/\.\w+$/, '')))).toEqual([]);
  });
});

describe.each(problems)('$code', ({ code, severity, explain }) => {
  it('is all that is found in its smallest source, and is shown as it was', () => {
    const found = diagnosticsOf(code);
    expect(found.map((diagnostic) => diagnostic.code)).toEqual([code]);
    expect(found.map((diagnostic) => diagnostic.severity)).toEqual([severity]);
    const text = renderDiagnostics(found);
    const golden = join(folder, `${code}.txt`);
    if (process.env['CNNC_UPDATE'] === '1') writeFileSync(golden, text);
    expect(text).toBe(existsSync(golden) ? readFileSync(golden, 'utf8') : 'a file of this name');
  });

  it('is all that is wrong with the wrong example of its explanation', () => {
    expect(codesIn(code, explain.wrong)).toEqual([code]);
  });

  it('is mended in the right example of its explanation', () => {
    expect(codesIn(code, explain.right)).toEqual([]);
  });
});

/** What is found in `<code>.cnn`, with what `<code>.json` says beside it. */
function diagnosticsOf(code: string): readonly Diagnostic[] {
  const name = `${code}.cnn`;
  const decoded = decode(readFileSync(join(folder, name)), name);
  if (decoded.kind === 'not-text') return [decoded.diagnostic];
  return foundIn(code, compile(decoded.source, optionsOf(code, decoded.source)));
}

function optionsOf(code: string, entry: Source): CompileOptions {
  const path = join(folder, `${code}.json`);
  return existsSync(path) ? optionsIn(JSON.parse(readFileSync(path, 'utf8')), entry) : {};
}

/** The codes of all that is found in a text, which may import itself. */
function codesIn(code: string, text: string): readonly string[] {
  const decoded = decode(new TextEncoder().encode(text), 'example.cnn');
  if (decoded.kind === 'not-text') return [decoded.diagnostic.code];
  const loader = memoryLoader(new Map([['cycle.cnn', text]]));
  return foundIn(code, compile(makeSource('cycle.cnn', text), { loader })).map((found) => found.code);
}

/** What is found in a file; where it is about targets, what one of them finds too. */
function foundIn(code: string, { models, diagnostics }: Compilation): readonly Diagnostic[] {
  if (!backendProblems.some((problem) => problem.code === code)) return diagnostics;
  const graphs = models.flatMap(({ graph }) => graph ?? []);
  return [...diagnostics, ...graphs.flatMap((graph) => tfjsLayers.check(graph))];
}
