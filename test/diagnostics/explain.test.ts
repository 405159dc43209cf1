import { describe, expect, it } from 'vitest';
import { explainProblem } from '../../src/diagnostics/explain.js';
import { defineProblem } from '../../src/diagnostics/problem.js';

describe('an explanation', () => {
  it('is the code, a paragraph of 80 columns, a wrong and a mended example', () => {
    const problem = defineProblem({
      code: 'some-code',
      severity: 'warning',
      message: () => 'a fact',
      explain: {
        text: `${'word '.repeat(20)}end of it`,
        wrong: 'model Small {\n\n  convv 6 3x3\n}\n',
        right: 'model Small {\n\n  conv 6 3x3\n}\n',
      },
    });
    expect(explainProblem(problem)).toBe(`warning[some-code]

word word word word word word word word word word word word word word word word
word word word word end of it

Wrong:

  model Small {

    convv 6 3x3
  }

Mended:

  model Small {

    conv 6 3x3
  }`);
  });

  it('shows what a terminal would obey, and keeps a word that is too long', () => {
    const long = 'w'.repeat(100);
    const problem = defineProblem({
      code: 'some-code',
      severity: 'error',
      message: () => 'a fact',
      explain: { text: `a ${long} b`, wrong: '\u0000', right: 'x\n' },
    });
    expect(explainProblem(problem)).toBe(
      ['error[some-code]', '', 'a', long, 'b', '', 'Wrong:', '', '  \\u{0}', '', 'Mended:', '', '  x'].join(
        '\n',
      ),
    );
  });
});
