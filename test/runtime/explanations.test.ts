import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../src/compiler/compile.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { problems } from '../../src/problems.js';
import { heldExamples, type DataSet } from '../../src/runtime/data/data-set.js';
import { runtimeExplanations } from '../../src/runtime/explanations.js';
import { defaultTraining } from '../../src/runtime/training/default-training.js';
import { train } from '../../src/runtime/training/train.js';
import { open } from './engines.js';

const runtime = join(import.meta.dirname, '../../src/runtime');
const codes = Object.keys(runtimeExplanations).sort();

describe('the explanations of what hinders a run', () => {
  it('are those of all codes that the runtime uses, and of no others', () => {
    const used = [...new Set(sourceTexts().flatMap(codesIn))].sort();
    expect(used).toEqual(codes);
  });

  it('have no code that a problem of a file has', () => {
    const others = new Set(problems.map(({ code }) => code));
    expect(codes.filter((code) => others.has(code))).toEqual([]);
  });

  it('load nothing: they are data', () => {
    const text = readFileSync(join(runtime, 'explanations.ts'), 'utf8');
    expect(text.match(/^import (?!type )/gm)).toBeNull();
  });

  it.each(Object.entries(runtimeExplanations))(
    '%s: a paragraph, and two examples that differ',
    (_code, explanation) => {
      const { text, wrong, right } = explanation;
      expect(text).toMatch(/^[^\n]{60,}[.]$/);
      expect(wrong.trim()).not.toBe('');
      expect(right.trim()).not.toBe('');
      expect(right).not.toBe(wrong);
    },
  );
});

describe('the models that explanations show', () => {
  beforeAll(() => open('wasm'));

  const shown = Object.entries(runtimeExplanations).filter(([, { wrong }]) => wrong.startsWith('model '));

  it.each(shown)(
    '%s: the wrong one has this problem, and the mended one none',
    async (code, { wrong, right }) => {
      expect(await hindrances(wrong)).toEqual([code]);
      expect(await hindrances(right)).toEqual([]);
    },
  );

  it('are of ten codes', () => {
    expect(shown).toHaveLength(10);
  });
});

/** What stands in the way of training a model on 64 grey images of ten classes. */
async function hindrances(text: string): Promise<readonly string[]> {
  const { models, diagnostics } = compile(makeSource('small.cnn', text));
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [found] = models;
  const graph = found?.graph;
  if (graph === undefined) throw new Error('there is no model');
  const settings = found?.training ?? defaultTraining('Small');
  const outcome = await train({ graph, settings, data, seed: 1 });
  return outcome.ok ? [] : outcome.problems.map((problem) => problem.code);
}

const examples = heldExamples(
  { height: 28, width: 28, channels: 1 },
  Uint8Array.from({ length: 64 * 28 * 28 }, (_, place) => (37 * place) % 256),
  Int32Array.from({ length: 64 }, (_, place) => place % 10),
);

const data: DataSet = {
  name: 'grey',
  classes: Array.from({ length: 10 }, (_, place) => String(place)),
  training: examples,
  test: examples,
  notes: [],
};

/** The sources that use codes: not the list of them, nor what explains them. */
function sourceTexts(): readonly string[] {
  return readdirSync(runtime, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && name !== 'explanations.ts' && name !== 'outcome.ts')
    .map((name) => readFileSync(join(runtime, name), 'utf8'));
}

/** What stands first in a call that makes a problem. */
function codesIn(text: string): readonly string[] {
  return [...text.matchAll(/\b(?:problem|refuse)\(\s*'([a-z]+(?:-[a-z]+)*)'/g)].flatMap(
    ([, code]) => code ?? [],
  );
}
