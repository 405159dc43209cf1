import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { problems } from '../../src/problems.js';
import { runtimeExplanations } from '../../src/runtime/explanations.js';

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
