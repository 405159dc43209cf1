import { defineProblem, type Problem } from '../diagnostics/problem.js';

const small = (line: string): string => `model Small {\n  input 28x28x1\n  ${line}\n}\n`;

export const syntax = defineProblem<{ expected: string; got: string; hint?: string | undefined }>({
  code: 'syntax',
  severity: 'error',
  message: ({ expected, got }) => `expected ${expected}, got ${got}`,
  help: ({ hint }) => hint,
  explain: {
    text: 'The text doesn’t have the form of the language at this place. The message says what could stand here, and what stands there instead. grammar/cnn.ebnf is the whole form.',
    wrong: 'model {\n  input 28x28x1\n}\n',
    right: small('conv 6 5x5'),
  },
});

export const unclosed = defineProblem<{ open: string; close: string; got: string }>({
  code: 'unclosed',
  severity: 'error',
  message: ({ open, close, got }) => `\`${open}\` is never closed: expected \`${close}\`, got ${got}`,
  explain: {
    text: 'A bracket or brace is opened and not closed, or not before something that can’t stand inside of it.',
    wrong: small('conv (4 * 2 5x5'),
    right: small('conv (4 * 2) 5x5'),
  },
});

export const looseOperator = defineProblem<{ operator: string }>({
  code: 'loose-operator',
  severity: 'error',
  message: ({ operator }) => `\`${operator}\` can’t stand between the arguments of a layer`,
  help: () => 'put what is computed in parentheses: `conv (4 * filters) 3x3`',
  explain: {
    text: 'Arguments are told apart by spaces, so one that is computed stands in parentheses. Behind `name=` a whole expression may stand without.',
    wrong: small('conv 2 * 3 5x5'),
    right: small('conv (2 * 3) 5x5'),
  },
});

export const emptyBranch = defineProblem({
  code: 'empty-branch',
  severity: 'error',
  message: () => 'nothing stands in this branch',
  help: () => 'a branch that changes nothing says `identity`',
  explain: {
    text: 'Each `|` begins a branch of a join. A branch that hands on what arrives is written `identity`.',
    wrong: small('add {\n    | conv 1 3x3 same\n    |\n  }'),
    right: small('add {\n    | conv 1 3x3 same\n    | identity\n  }'),
  },
});

export const notANumber = defineProblem<{ text: string; why: string; hint?: string | undefined }>({
  code: 'not-a-number',
  severity: 'error',
  message: ({ text, why }) => `\`${text}\` is not a number: ${why}`,
  help: ({ hint }) => hint,
  explain: {
    text: 'Numbers are written `64`, `1_000`, `0.5`, `1e-4`, `40%`, `10deg`, with `K`, `M`, `G`, `T` for powers of 1000 and `KiB`, `MiB`, `GiB`, `TiB` for powers of 1024.',
    wrong: small('assert params <= 5MB'),
    right: small('assert params <= 5M'),
  },
});

export const unendedString = defineProblem({
  code: 'unended-string',
  severity: 'error',
  message: () => 'a text begins here and doesn’t end in its line',
  help: () => 'end it with `"`',
  explain: {
    text: 'A text stands between `"` and `"` in one line. `\\"`, `\\\\`, `\\n` and `\\t` stand for what can’t be written as it is.',
    wrong: small('assert 1 == 1, "always'),
    right: small('assert 1 == 1, "always"'),
  },
});

export const unendedComment = defineProblem({
  code: 'unended-comment',
  severity: 'error',
  message: () => 'a comment begins here and never ends',
  help: () => 'end it with `*/`',
  explain: {
    text: '`/*` begins a comment that goes on to the next `*/`, over as many lines as it takes.',
    wrong: small('/* conv 6 5x5'),
    right: small('/* conv 6 5x5 */'),
  },
});

export const strayCharacters = defineProblem<{
  text: string;
  why: string | undefined;
  hint?: string | undefined;
}>({
  code: 'stray-characters',
  severity: 'error',
  message: ({ text, why }) => `\`${text}\` has no meaning here${why === undefined ? '' : `: ${why}`}`,
  help: ({ hint }) => hint,
  explain: {
    text: 'Names are made of the letters A to Z, digits and `_`, so that no two of them look alike. Other characters stand only in comments and between quotation marks.',
    wrong: small('conv 6 5×5'),
    right: small('conv 6 5x5'),
  },
});

export const tooLarge = defineProblem<{ what: string; limit: number; got: string; flag: string | undefined }>(
  {
    code: 'text-limit',
    severity: 'error',
    message: ({ what, limit, got }) => `${what}: limit ${String(limit)}, got ${got}`,
    help: ({ flag }) => (flag === undefined ? undefined : `raise it with \`${flag}\``),
    explain: {
      text: 'A file has bounds: its size, its tokens, how deep brackets and braces stand in each other, the length of a name, a text and a comment.',
      wrong: small(`let ${'n'.repeat(129)} = 1; conv 6 5x5`),
      right: small('let n = 1; conv n 5x5'),
    },
  },
);

export const notText = defineProblem<{ name: string; why: string; hint?: string | undefined }>({
  code: 'not-text',
  severity: 'error',
  message: ({ name, why }) => `${name} is not a text in UTF-8: ${why}`,
  help: ({ hint }) => hint,
  explain: {
    text: 'A `.cnn` file is text in UTF-8, with or without a byte order mark. The message says at which byte it stops being one.',
    wrong: '\u0000',
    right: small('conv 6 5x5'),
  },
});

/** Everything that the reading of a text can find wrong. */
export const syntaxProblems: readonly Problem<never>[] = [
  syntax,
  unclosed,
  looseOperator,
  emptyBranch,
  notANumber,
  unendedString,
  unendedComment,
  strayCharacters,
  tooLarge,
  notText,
];
