import { defineProblem, type Problem } from '../diagnostics/problem.js';

/** Digits in threes, as everywhere in messages. */
const grouped = (count: number): string => String(count).replace(/\d(?=(\d{3})+$)/g, '$&,');

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

export const unclosed = defineProblem<{
  open: string;
  close: string;
  got: string;
  hint?: string | undefined;
}>({
  code: 'unclosed',
  severity: 'error',
  message: ({ open, close, got }) => `\`${open}\` is never closed: expected \`${close}\`, got ${got}`,
  help: ({ hint }) => hint,
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

export const chainedComparison = defineProblem<{ operator: string }>({
  code: 'chained-comparison',
  severity: 'error',
  message: ({ operator }) => `\`${operator}\` compares what is a comparison already`,
  help: () => 'join two comparisons with `and`: `0 < a and a < 9`',
  explain: {
    text: 'A comparison compares two values, and what comes of it is true or false.',
    wrong: small('conv 6 5x5\n  assert 0 < params < 9000'),
    right: small('conv 6 5x5\n  assert 0 < params and params < 9000'),
  },
});

export const comparisonInAngle = defineProblem<{ operator: string }>({
  code: 'comparison-in-angle',
  severity: 'error',
  message: ({ operator }) => `\`${operator}\` stands bare between \`<\` and \`>\``,
  help: () => 'put the comparison in parentheses: `unit<64, cropped = (i == 0)>`',
  explain: {
    text: 'Between `<` and `>` a `>` ends the arguments, so a comparison stands in parentheses there, or between `if` and `then`.',
    wrong: 'model Small<wide = 1 == 1> {\n  input 28x28x1\n  if wide { conv 6 5x5 }\n}\n',
    right: 'model Small<wide = (1 == 1)> {\n  input 28x28x1\n  if wide { conv 6 5x5 }\n}\n',
  },
});

export const misplacedNot = defineProblem({
  code: 'misplaced-not',
  severity: 'error',
  message: () => '`not` negates a comparison, and can’t stand inside of one',
  help: () => 'put what it negates in parentheses: `a == (not b)`',
  explain: {
    text: '`not` binds looser than comparisons and arithmetic: `not a == b` negates the whole. Inside of one it stands in parentheses with what it negates.',
    wrong: small('assert true == not false; conv 6 5x5'),
    right: small('assert true == (not false); conv 6 5x5'),
  },
});

export const rangeEnds = defineProblem({
  code: 'range-ends',
  severity: 'error',
  message: () => 'a range stands beside an operator',
  help: () => 'put computed ends in parentheses: `0..(n - 1)`',
  explain: {
    text: 'The ends of a range are single values: a computed one stands in parentheses. A range stands alone, or behind `in`.',
    wrong: small('let n = 3\n  for i in 0..n - 1 { conv (i + 1) 5x5 }'),
    right: small('let n = 3\n  for i in 0..(n - 1) { conv (i + 1) 5x5 }'),
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

export const unknownEscape = defineProblem<{ escape: string }>({
  code: 'unknown-escape',
  severity: 'error',
  message: ({ escape }) => `\`${escape}\` stands for nothing in a text`,
  help: () => 'a text knows `\\\\`, `\\"`, `\\n` and `\\t`; a backslash is written `\\\\`',
  explain: {
    text: 'In a text a backslash makes something else of the character behind it: `\\\\`, `\\"`, a line end `\\n` and a tab `\\t`.',
    wrong: small('assert 1 == 1, "100\\%"; conv 6 5x5'),
    right: small('assert 1 == 1, "100%"; conv 6 5x5'),
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

export const strayCharacters = defineProblem<{ text: string; hint?: string | undefined }>({
  code: 'stray-characters',
  severity: 'error',
  message: ({ text }) => `\`${text}\` has no meaning here`,
  help: ({ hint }) => hint,
  explain: {
    text: 'Characters that the language has no use for stand only in comments and between quotation marks.',
    wrong: small('conv 6 5x5 # the first layer'),
    right: small('conv 6 5x5 // the first layer'),
  },
});

export const strangeName = defineProblem<{
  text: string;
  code: string;
  isHidden: boolean;
  looksLike: string | undefined;
  meant: string | undefined;
}>({
  code: 'strange-name',
  severity: 'error',
  message: ({ text, code, isHidden, looksLike }) => {
    if (isHidden) return `\`${text}\` holds a character that can’t be seen (${code})`;
    const like = looksLike === undefined ? '' : `, which looks like \`${looksLike}\``;
    return `\`${text}\` has a letter that names can’t have (${code}${like})`;
  },
  help: ({ meant }) =>
    meant === undefined ? 'names are made of the letters A to Z, digits and `_`' : `write \`${meant}\``,
  explain: {
    text: 'Names are made of the letters A to Z, digits and `_`, so that no two of them look alike: letters of other alphabets, some of which look the same, stand only in comments and texts.',
    wrong: small('let höhe = 5; conv 6 [höhe, 5]'),
    right: small('let height = 5; conv 6 [height, 5]'),
  },
});

export const hiddenCharacters = defineProblem<{ code: string }>({
  code: 'hidden-characters',
  severity: 'error',
  message: ({ code }) => `a character that can’t be seen stands here (${code})`,
  help: () => 'delete it',
  explain: {
    text: 'Characters that change the direction of writing, or that end a line only for some programs, make a text read other than it is. They are refused everywhere, in comments too; other characters that can’t be seen are refused outside of comments and texts.',
    wrong: small('conv 6 5x5 // a \u202e comment'),
    right: small('conv 6 5x5 // a comment'),
  },
});

export const sizeTooLarge = defineProblem<{ digits: number; limit: number }>({
  code: 'size-digits',
  severity: 'error',
  message: ({ digits, limit }) =>
    `a size has too many digits: limit ${grouped(limit)}, got ${String(digits)}`,
  explain: {
    text: 'No image and no window has a side of so many digits.',
    wrong: small(`conv 6 5x${'5'.repeat(31)}`),
    right: small('conv 6 5x5'),
  },
});

export const misplacedItem = defineProblem<{ word: string }>({
  code: 'misplaced-item',
  severity: 'error',
  message: ({ word }) => `\`${word}\` can’t stand inside of braces`,
  help: () => 'declare it at the top of the file, beside the others',
  explain: {
    text: 'Imports, blocks, models, `train` and `variants` stand at the top of a file, not inside of one another.',
    wrong: small('block inner { relu }\n  conv 6 5x5'),
    right: `block inner { relu }\n${small('conv 6 5x5')}`,
  },
});

export const reservedWord = defineProblem<{ word: string; expected: string }>({
  code: 'reserved-word',
  severity: 'error',
  message: ({ word, expected }) => `expected ${expected}, got \`${word}\`, which is a word of the language`,
  help: ({ word }) => `call it something else, such as \`${word}_\``,
  explain: {
    text: 'These words have their meaning wherever they stand, so nothing can be called like one: import from as model block train variants let assert default if then else for in repeat share true false and or not.',
    wrong: small('let default = 6; conv 6 5x5'),
    right: small('let filters = 6; conv filters 5x5'),
  },
});

export const tooLarge = defineProblem<{ what: string; limit: number; got: string; flag: string | undefined }>(
  {
    code: 'text-limit',
    severity: 'error',
    message: ({ what, limit, got }) => `${what}: limit ${grouped(limit)}, got ${got}`,
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
  reservedWord,
  misplacedItem,
  emptyBranch,
  chainedComparison,
  comparisonInAngle,
  misplacedNot,
  rangeEnds,
  notANumber,
  sizeTooLarge,
  unendedString,
  unknownEscape,
  unendedComment,
  strayCharacters,
  strangeName,
  hiddenCharacters,
  tooLarge,
  notText,
];
