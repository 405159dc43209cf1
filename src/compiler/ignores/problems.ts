import { defineProblem, type Problem } from '../../diagnostics/problem.js';

const model = (comment: string, line: string): string =>
  `model Small {\n  input 28x28x1\n  ${comment}\n  ${line}\n  bn\n  gap\n}\n`;

/** What is wrong with a comment that was to silence something. */
export type WrongIgnore =
  | { readonly kind: 'no-code' }
  | { readonly kind: 'no-reason'; readonly code: string }
  | { readonly kind: 'unknown-code'; readonly code: string }
  | { readonly kind: 'error-code'; readonly code: string };

export const wrongIgnore = defineProblem<WrongIgnore>({
  code: 'wrong-ignore',
  severity: 'warning',
  message(wrong) {
    switch (wrong.kind) {
      case 'no-code':
        return '`cnnc-ignore` without a code ignores nothing';
      case 'no-reason':
        return `it isn’t said why \`${wrong.code}\` is ignored here, so it isn’t`;
      case 'unknown-code':
        return `there is no code \`${wrong.code}\``;
      case 'error-code':
        return `\`${wrong.code}\` is an error, which can’t be ignored`;
    }
  },
  help: (wrong) => (wrong.kind === 'error-code' ? 'mend what it says' : 'write `// cnnc-ignore CODE: why`'),
  explain: {
    text: 'A comment `// cnnc-ignore CODE: why` silences one warning. It names the code that the message shows in brackets, and says why: who reads the file later wants to know. On a line of its own it holds for the statement or declaration that follows, with all that stands in its braces; behind a statement, for its line. Errors can’t be silenced.',
    wrong: model('// cnnc-ignore bias-before-batch-norm', 'conv 8 3x3 bias=false'),
    right: model('// cnnc-ignore bias-before-batch-norm: as it was published', 'conv 8 3x3'),
  },
});

export const unusedIgnore = defineProblem<{ code: string }>({
  code: 'unused-ignore',
  severity: 'warning',
  message: ({ code }) => `nothing here is reported as \`${code}\``,
  help: () => 'remove the comment',
  explain: {
    text: 'A comment silences a warning that isn’t there (any more). Left where it is, it would hide the next one.',
    wrong: model('// cnnc-ignore bias-before-batch-norm: as it was published', 'conv 8 3x3 bias=false'),
    right: model('// without a bias, as it was published', 'conv 8 3x3 bias=false'),
  },
});

/** What can be wrong with comments that silence warnings. */
export const ignoreProblems: readonly Problem<never>[] = [wrongIgnore, unusedIgnore];
