import { describe, expect, it } from 'vitest';
import { compile } from '../../src/compiler/compile.js';
import { opProblems } from '../../src/compiler/ops/problems.js';
import { opNames, ops } from '../../src/compiler/ops/registry.js';
import { makeSource } from '../../src/diagnostics/source.js';

/** The codes of all that is found in a file. */
function codesIn(text: string): readonly string[] {
  return compile(makeSource('test.cnn', text)).diagnostics.map(({ code }) => code);
}

describe.each(opProblems)('the explanation of $code', ({ code, explain }) => {
  it('has a wrong file with this problem and no other', () => {
    expect(codesIn(explain.wrong)).toEqual([code]);
  });

  it('has a right file without any problem', () => {
    expect(codesIn(explain.right)).toEqual([]);
  });
});

describe('the example of a layer', () => {
  it.each(opNames)('%s compiles', (name) => {
    const { line, input } = ops[name].doc.example;
    const begin = input.length === 0 ? '' : `input ${input.join('x')}; `;
    expect(codesIn(`model Example { ${begin}${line} }`)).toEqual([]);
  });
});
