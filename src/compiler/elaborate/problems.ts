import { defineProblem, type Problem } from '../../diagnostics/problem.js';

const small = (line: string): string =>
  `model Small {\n  input 28x28x1\n  ${line}\n  flatten\n  dense 10 softmax\n}\n`;

export const wrongKind = defineProblem<{ what: string; expected: string; got: string }>({
  code: 'wrong-kind',
  severity: 'error',
  message: ({ what, expected, got }) => `${what} is ${expected}, but this is ${got}`,
  explain: {
    text: 'A value has another kind than the place that it stands in asks for. The kind of a block’s parameter is written behind a colon, or follows from its default.',
    wrong: `block unit<filters = 6> { conv filters 5x5 }\n\n${small('unit<"six">')}`,
    right: `block unit<filters = 6> { conv filters 5x5 }\n\n${small('unit<6>')}`,
  },
});

export const wrongArgument = defineProblem<{ parameter: string; of: string; expected: string; got: string }>({
  code: 'wrong-argument',
  severity: 'error',
  message: ({ parameter, of, expected, got }) =>
    `\`${parameter}\` of \`${of}\` is ${expected}, but this is ${got}`,
  explain: {
    text: 'A parameter of a layer has a type and bounds: a number of filters is a whole number of at least 1, a rate lies between 0 and 1. docs/layers.md lists them.',
    wrong: small('conv 0 5x5'),
    right: small('conv 6 5x5'),
  },
});

export const notWhole = defineProblem<{ parameter: string; of: string; text: string; value: string }>({
  code: 'not-whole',
  severity: 'error',
  message: ({ parameter, of, text, value }) =>
    `\`${parameter}\` of \`${of}\` is a whole number, but ${text === value ? value : `\`${text}\` is ${value}`}`,
  help: ({ text, value }) =>
    text === value ? undefined : `round it: \`floor(${text})\`, \`ceil(${text})\` or \`round(${text})\``,
  explain: {
    text: 'Arithmetic is exact, `/` included, so nothing is rounded unseen. Where a whole number is needed, `floor`, `ceil` or `round` say which one is meant.',
    wrong: small('conv (85 / 2) 5x5'),
    right: small('conv floor(85 / 2) 5x5'),
  },
});

export const divisionByZero = defineProblem<{ text: string }>({
  code: 'division-by-zero',
  severity: 'error',
  message: ({ text }) => `\`${text}\` divides by 0`,
  explain: {
    text: 'The right side of `/`, or the second argument of `mod`, is 0.',
    wrong: small('let groups = 0; conv (6 / groups) 5x5'),
    right: small('let groups = 2; conv (6 / groups) 5x5'),
  },
});

export const notExact = defineProblem<{ text: string }>({
  code: 'not-exact',
  severity: 'error',
  message: ({ text }) => `\`${text}\` has no exact value`,
  help: () => 'a power is exact where the exponent is a whole number, or the root comes out even',
  explain: {
    text: 'Numbers are exact fractions. The root of a number that is no square, for one, has no place among them.',
    wrong: small('conv (2 ^ (1 / 2)) 5x5'),
    right: small('conv (2 ^ 2) 5x5'),
  },
});

export const tooLargeNumber = defineProblem<{ text: string }>({
  code: 'too-large',
  severity: 'error',
  message: ({ text }) => `\`${text}\` is larger than any size or count`,
  help: () => 'numbers have at most 16,384 binary digits',
  explain: {
    text: 'Numbers are exact, so each has all of its digits. One with more than 16,384 binary digits is a mistake, and would take long to compute with.',
    wrong: small('let n = 2 ^ 20_000; conv (n / n) 5x5'),
    right: small('let n = 2 ^ 10; conv (n / n) 5x5'),
  },
});

export const wrongOperands = defineProblem<{ operator: string; left: string; right: string }>({
  code: 'wrong-operands',
  severity: 'error',
  message: ({ operator, left, right }) => `\`${operator}\` can’t stand between ${left} and ${right}`,
  explain: {
    text: 'Arithmetic is done with numbers, `and` and `or` join conditions, `in` looks into a list, and comparisons stand between two numbers.',
    wrong: small('conv (6 + "1") 5x5'),
    right: small('conv (6 + 1) 5x5'),
  },
});

export const notACondition = defineProblem<{ got: string }>({
  code: 'not-a-condition',
  severity: 'error',
  message: ({ got }) => `a condition is true or false, but this is ${got}`,
  explain: {
    text: 'Behind `if`, `not` and `assert`, and beside `and` and `or`, stands something that is true or false.',
    wrong: small('let deep = 3; if deep { conv 6 5x5 }'),
    right: small('let deep = 3; if deep > 2 { conv 6 5x5 }'),
  },
});

export const needsSize = defineProblem<{ what: string; sizes: readonly string[] }>({
  code: 'needs-size',
  severity: 'error',
  message: ({ what, sizes }) =>
    `${what} depends on the open ${sizes.length === 1 ? 'size' : 'sizes'} ${sizes.map((size) => `\`${size}\``).join(', ')}`,
  help: () => 'give the input’s size in the file, or with `--input`',
  explain: {
    text: '`input ?x?x3` leaves sizes open. Shapes and costs are then formulas, but a condition, a number of rounds, or the size of a weight must be known.',
    wrong:
      'model Small {\n  input ?x?x3 as image\n  if image.height > 100 { pool max 2x2 }\n  gap\n  dense 10 softmax\n}\n',
    right: 'model Small {\n  input ?x?x3\n  pool max 2x2\n  gap\n  dense 10 softmax\n}\n',
  },
});

export const noSuchItem = defineProblem<{ index: string; length: number }>({
  code: 'no-such-item',
  severity: 'error',
  message: ({ index, length }) =>
    length === 0
      ? `there is no item ${index} in an empty list`
      : `there is no item ${index}: the last one is ${String(length - 1)}`,
  explain: {
    text: 'The items of a list count from 0.',
    wrong: small('let widths = [6, 16]; conv widths[2] 5x5'),
    right: small('let widths = [6, 16]; conv widths[1] 5x5'),
  },
});

export const wrongCall = defineProblem<{ signature: string; why: string }>({
  code: 'wrong-call',
  severity: 'error',
  message: ({ signature, why }) => `\`${signature}\` ${why}`,
  explain: {
    text: 'A function of the language was given something that it has no value for.',
    wrong: small('conv floor("6") 5x5'),
    right: small('conv floor(6.5) 5x5'),
  },
});

export const noMember = defineProblem<{ member: string; of: string; has: string }>({
  code: 'no-member',
  severity: 'error',
  message: ({ member, of }) => `${of} has no \`${member}\``,
  help: ({ has }) => has,
  explain: {
    text: 'A tensor has `channels` (its last size) and `shape`; an image, of three sizes, has `height` and `width` besides. Other values have no parts.',
    wrong: 'model Small {\n  input 84 as features\n  dense features.height\n}\n',
    right: 'model Small {\n  input 84 as features\n  dense features.channels\n}\n',
  },
});

export const noTensor = defineProblem<{ step: string }>({
  code: 'no-tensor',
  severity: 'error',
  message: ({ step }) => `nothing arrives at \`${step}\``,
  help: () => 'a model begins with its input: `input 224x224x3`',
  explain: {
    text: 'A layer reads the tensor of the line before it. In front of the first `input` there is none.',
    wrong: 'model Small {\n  flatten\n  input 28x28x1\n  dense 10\n}\n',
    right: 'model Small {\n  input 28x28x1\n  flatten\n  dense 10\n}\n',
  },
});

export const emptyModel = defineProblem<{ model: string }>({
  code: 'empty-model',
  severity: 'error',
  message: ({ model }) => `\`${model}\` has no input, so it gives nothing`,
  help: () => 'begin it with its input: `input 224x224x3`',
  explain: {
    text: 'A model reads at least one input.',
    wrong: 'model Small {\n}\n',
    right: 'model Small {\n  input 28x28x1\n  flatten\n}\n',
  },
});

export const wrongCount = defineProblem<{ got: string }>({
  code: 'wrong-count',
  severity: 'error',
  message: ({ got }) => `\`repeat\` takes a whole number of rounds, 0 or more, but this is ${got}`,
  explain: {
    text: 'The number of rounds is known before anything is unrolled.',
    wrong: small('repeat 1.5 { conv 6 5x5 same }'),
    right: small('repeat 2 { conv 6 5x5 same }'),
  },
});

export const notAList = defineProblem<{ got: string }>({
  code: 'not-a-list',
  severity: 'error',
  message: ({ got }) => `\`for\` goes through a list, but this is ${got}`,
  help: () => 'to count, write `for i in range(4)`, or `repeat 4 as i`',
  explain: {
    text: '`for` goes through a list, a tuple or a range.',
    wrong: small('for width in 6 { conv width 5x5 }'),
    right: small('for width in [6, 16] { conv width 5x5 }'),
  },
});

export const wrongUnpacking = defineProblem<{ names: number; got: string }>({
  code: 'wrong-unpacking',
  severity: 'error',
  message: ({ names, got }) =>
    `${String(names)} names stand for one item of the list, but the item is ${got}`,
  explain: {
    text: '`for (a, b) in …` takes each item of the list apart: every item is a tuple with as many values as there are names.',
    wrong: small('for (width, depth) in [(6, 1), 16] { repeat depth { conv width 5x5 } }'),
    right: small('for (width, depth) in [(6, 1), (16, 1)] { repeat depth { conv width 5x5 } }'),
  },
});

export const nothingToJoin = defineProblem<{ join: string }>({
  code: 'nothing-to-join',
  severity: 'error',
  message: ({ join }) => `\`${join}\` joins two tensors or more, and here is one`,
  help: ({ join }) => `name the other one, \`${join} skip\`, or write branches, \`${join} { | … | … }\``,
  explain: {
    text: 'A join has branches in braces, or names the tensors that the current one is joined with.',
    wrong: small('conv 6 5x5 -> concat'),
    right: small('conv 6 5x5 as left -> conv 6 5x5 same -> concat left'),
  },
});

export const shareMismatch = defineProblem<{ part: string; first: string; now: string }>({
  code: 'share-mismatch',
  severity: 'error',
  message: ({ part, first, now }) =>
    `\`${part}\` has one set of weights, but its first use needed ${first} and this one needs ${now}`,
  explain: {
    text: 'A shared part has one set of weights, so every use must bring a tensor for which the same layers, with weights of the same sizes, come out.',
    wrong:
      'model Twins {\n  input left 28x28x1\n  share encoder { conv 4 3x3 -> gap }\n  encoder<> as a\n  input right 28x28x3\n  encoder<>\n  concat a\n}\n',
    right:
      'model Twins {\n  input left 28x28x1\n  share encoder { conv 4 3x3 -> gap }\n  encoder<> as a\n  input right 28x28x1\n  encoder<>\n  concat a\n}\n',
  },
});

export const modelInputMismatch = defineProblem<{ model: string; takes: string; got: string }>({
  code: 'model-input-mismatch',
  severity: 'error',
  message: ({ model, takes, got }) => `\`${model}\` takes ${takes}, but ${got} arrives`,
  explain: {
    text: 'A model that is used as a block reads the tensor that arrives as its input, so the sizes must agree; a size that the model leaves open, `?`, agrees with any.',
    wrong: 'model Body {\n  input 32x32x3\n  conv 6 5x5\n}\n\nmodel Whole {\n  input 28x28x3\n  Body<>\n}\n',
    right: 'model Body {\n  input ?x?x3\n  conv 6 5x5\n}\n\nmodel Whole {\n  input 28x28x3\n  Body<>\n}\n',
  },
});

export const severalInputs = defineProblem<{ model: string }>({
  code: 'several-inputs',
  severity: 'error',
  message: ({ model }) => `\`${model}\` has several inputs, so it can’t be used as a block`,
  explain: {
    text: 'One tensor arrives at a block, so a model with one input can be used as one.',
    wrong:
      'model Pair {\n  input a 8x8x1\n  input b 8x8x1\n  concat a\n}\n\nmodel Whole {\n  input 8x8x1\n  Pair<>\n}\n',
    right:
      'block pair {\n  concat { | conv 1 3x3 | conv 1 3x3 }\n}\n\nmodel Whole {\n  input 8x8x1\n  pair<>\n}\n',
  },
});

export const unnamedInput = defineProblem({
  code: 'unnamed-input',
  severity: 'error',
  message: () => 'a second input needs a name',
  help: () => 'for example `input depth 224x224x1`',
  explain: {
    text: 'The first input may stand without a name; it is then called `input`.',
    wrong: 'model Two {\n  input 8x8x1 as a\n  input 8x8x1\n  concat a\n}\n',
    right: 'model Two {\n  input 8x8x1 as a\n  input depth 8x8x1\n  concat a\n}\n',
  },
});

export const branchesUnread = defineProblem<{ count: number }>({
  code: 'several-tensors',
  severity: 'error',
  message: ({ count }) => `${String(count)} tensors begin this line, so a join comes first`,
  help: () => 'begin with `concat`, `add`, `mul`, `max` or `average`',
  explain: {
    text: '`from a, b { … }` begins at several tensors; the first layer joins them.',
    wrong: 'model Two {\n  input 8x8x1 as a\n  conv 1 3x3 same as b\n  from a, b { gap; output pooled }\n}\n',
    right:
      'model Two {\n  input 8x8x1 as a\n  conv 1 3x3 same as b\n  from a, b { concat -> gap; output pooled }\n}\n',
  },
});

export const assertionFailed = defineProblem<{
  text: string;
  why: string | undefined;
  facts: string | undefined;
}>({
  code: 'assertion-failed',
  severity: 'error',
  message: ({ text, why, facts }) =>
    `\`${text}\` does not hold${facts === undefined ? '' : `: ${facts}`}${why === undefined ? '' : ` (${why})`}`,
  explain: {
    text: 'An `assert` compares a figure of the model, or of the block that it stands in, with what the author expects. The message shows both sides and who has the largest shares.',
    wrong: 'model Small {\n  input 28x28x1\n  flatten\n  dense 10 softmax\n  assert params <= 1_000\n}\n',
    right: 'model Small {\n  input 28x28x1\n  flatten\n  dense 10 softmax\n  assert params <= 10_000\n}\n',
  },
});

export const assertionUnknown = defineProblem<{ text: string; why: string }>({
  code: 'assertion-unknown',
  severity: 'error',
  message: ({ text, why }) => `\`${text}\` can’t be evaluated: ${why}`,
  explain: {
    text: 'An assertion that could not be evaluated has failed: it never passes because nothing was there.',
    wrong: 'model Small {\n  input 32x32x3\n  gap\n  assert output.height == 1\n}\n',
    right: 'model Small {\n  input 32x32x3\n  gap\n  assert output.channels == 3\n}\n',
  },
});

export const uncheckedModel = defineProblem<{ model: string; parameters: readonly string[] }>({
  code: 'unchecked-model',
  severity: 'warning',
  message: ({ model, parameters }) =>
    `nothing is known of \`${model}\` until ${parameters.map((name) => `\`${name}\``).join(', ')} is given`,
  help: ({ model, parameters }) =>
    `name an instance, \`model My${model} = ${model}<${parameters.map((name) => `${name} = …`).join(', ')}>\`, or give a default`,
  explain: {
    text: 'A model whose parameters have no defaults can only be checked through an instance of it.',
    wrong: 'model Net<depth> {\n  input 28x28x1\n  repeat depth { conv 6 3x3 same }\n}\n',
    right:
      'model Net<depth> {\n  input 28x28x1\n  repeat depth { conv 6 3x3 same }\n}\n\nmodel Net3 = Net<depth = 3>\n',
  },
});

export const unusedTensor = defineProblem<{ step: string }>({
  code: 'unused-tensor',
  severity: 'warning',
  message: ({ step }) => `what \`${step}\` gives is never read`,
  help: () => 'declare it as an `output`, or join it with another tensor',
  explain: {
    text: 'A line of layers ends without being an output of the model, and nothing joins it, so it has no effect.',
    wrong: 'model Small {\n  input 8x8x1\n  conv 4 3x3 as mid\n  from mid { gap }\n  flatten\n}\n',
    right:
      'model Small {\n  input 8x8x1\n  conv 4 3x3 as mid\n  from mid { gap; output pooled }\n  flatten\n}\n',
  },
});

/** All problems of the phase that expands blocks into the graph. */
export const elaborateProblems: readonly Problem<never>[] = [
  wrongKind,
  wrongArgument,
  notWhole,
  divisionByZero,
  notExact,
  tooLargeNumber,
  wrongOperands,
  notACondition,
  needsSize,
  noSuchItem,
  wrongCall,
  noMember,
  noTensor,
  emptyModel,
  wrongCount,
  notAList,
  wrongUnpacking,
  nothingToJoin,
  shareMismatch,
  modelInputMismatch,
  severalInputs,
  unnamedInput,
  branchesUnread,
  assertionFailed,
  assertionUnknown,
  uncheckedModel,
  unusedTensor,
];
