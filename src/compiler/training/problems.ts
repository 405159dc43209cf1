import { defineProblem } from '../../diagnostics/problem.js';

const small = 'model Small {\n  input 28x28x1\n  flatten\n  dense 10 softmax\n}\n';
const train = (...lines: readonly string[]): string =>
  `${small}\ntrain Small {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;

/** A `train` block, or a group in it, has no setting of this name. */
export const unknownSetting = defineProblem<{ name: string; where: string }>({
  code: 'unknown-setting',
  severity: 'error',
  message: ({ name, where }) => `${where} has no setting \`${name}\``,
  explain: {
    text:
      'A `train` block says how a model is trained: `augment`, `preprocess`, `optimizer`, `schedule`, `loss`, ' +
      '`class_weights`, `batch`, `accumulate`, `epochs`, `clip`, `validation`, `stop` and `freeze`. The data is named on the command line.',
    wrong: train('epoch 5'),
    right: train('epochs 5'),
  },
});

/** One setting stands twice. */
export const repeatedSetting = defineProblem<{ name: string }>({
  code: 'repeated-setting',
  severity: 'error',
  message: ({ name }) => `\`${name}\` is set twice`,
  explain: {
    text: 'Each setting of a `train` block is given once, with all its arguments in one line.',
    wrong: train('batch 32', 'batch 64'),
    right: train('batch 64'),
  },
});

/** Two `train` blocks are about one model. */
export const repeatedTraining = defineProblem<{ model: string }>({
  code: 'repeated-training',
  severity: 'error',
  message: ({ model }) => `\`${model}\` has two \`train\` blocks`,
  explain: {
    text: 'A model has one `train` block. To train the same layers in two ways, name an instance for the second: `model Other = Small`.',
    wrong: `${small}\ntrain Small { epochs 1 }\ntrain Small { epochs 2 }\n`,
    right: `${small}\ntrain Small { epochs 2 }\n`,
  },
});

/** A setting is decided by a word, and this word or none is there. */
export const unknownChoice = defineProblem<{ setting: string; expected: string; got: string | undefined }>({
  code: 'unknown-choice',
  severity: 'error',
  message: ({ setting, expected, got }) =>
    got === undefined
      ? `\`${setting}\` begins with ${expected}, but nothing stands here`
      : `\`${setting}\` begins with ${expected}, but this is ${got}`,
  explain: {
    text: 'The first word behind `optimizer`, `schedule` and `loss` says which one; it also decides which further arguments there are.',
    wrong: train('optimizer adm rate=1e-3'),
    right: train('optimizer adam rate=1e-3'),
  },
});

/** A setting gets an argument of a name that it doesn't have, or one too many. */
export const unknownSettingArgument = defineProblem<{
  setting: string;
  name: string | undefined;
  takes: string;
}>({
  code: 'unknown-setting-argument',
  severity: 'error',
  message: ({ setting, name, takes }) =>
    name === undefined
      ? `\`${setting}\` takes ${takes}, and this is one argument more`
      : `\`${setting}\` takes ${takes}, but no \`${name}\``,
  explain: {
    text: 'The arguments of a setting are given by name, `rate=1e-3`; a setting of one value takes it without a name, `batch 64`.',
    wrong: train('optimizer adam speed=1e-3'),
    right: train('optimizer adam rate=1e-3'),
  },
});

/** An argument of a setting is given twice. */
export const repeatedSettingArgument = defineProblem<{ setting: string; name: string }>({
  code: 'repeated-setting-argument',
  severity: 'error',
  message: ({ setting, name }) => `\`${name}\` of \`${setting}\` is given twice`,
  explain: {
    text: 'Each argument of a setting is given once.',
    wrong: train('optimizer adam rate=1e-3 rate=1e-4'),
    right: train('optimizer adam rate=1e-4'),
  },
});

/** A setting lacks an argument that has no default. */
export const missingSettingArgument = defineProblem<{ setting: string; name: string; expected: string }>({
  code: 'missing-setting-argument',
  severity: 'error',
  message: ({ setting, name, expected }) => `\`${setting}\` needs \`${name}\`, ${expected}`,
  explain: {
    text: 'An argument without a default must be written.',
    wrong: train('schedule step factor=0.5'),
    right: train('schedule step every=2 factor=0.5'),
  },
});

/** A value of a setting has the wrong kind or lies out of bounds. */
export const wrongSetting = defineProblem<{ setting: string; name: string; expected: string; got: string }>({
  code: 'wrong-setting',
  severity: 'error',
  message: ({ setting, name, expected, got }) =>
    `\`${name}\` of \`${setting}\` is ${expected}, but this is ${got}`,
  explain: {
    text: 'A value of a `train` block has a kind and bounds: a batch is a whole number of at least 1, a learning rate is above 0.',
    wrong: train('batch 0'),
    right: train('batch 32'),
  },
});

/** A number has a unit that the setting isn't measured in. */
export const wrongUnit = defineProblem<{ setting: string; name: string; unit: string; expected: string }>({
  code: 'wrong-unit',
  severity: 'error',
  message: ({ setting, name, unit, expected }) =>
    `\`${name}\` of \`${setting}\` is ${expected}, and isn’t measured in \`${unit}\``,
  explain: {
    text: 'Angles are written in degrees, `10deg`; shares of an image in percent, `10%`, or as a fraction, `0.1`.',
    wrong: train('augment { shift 10deg }'),
    right: train('augment { shift 10% }'),
  },
});

/** Braces stand behind a setting that has none, or are missing behind one that is made of settings. */
export const settingBraces = defineProblem<{ setting: string; takesBraces: boolean }>({
  code: 'setting-braces',
  severity: 'error',
  message: ({ setting, takesBraces }) =>
    takesBraces
      ? `\`${setting}\` holds settings in braces, and takes no arguments`
      : `\`${setting}\` takes arguments, and has no braces`,
  help: ({ setting, takesBraces }) => (takesBraces ? `write \`${setting} { … }\`` : undefined),
  explain: {
    text: '`augment` is a group of settings, which stand between braces. All other settings take their arguments in the line.',
    wrong: train('augment shift 10%'),
    right: train('augment { shift 10% }'),
  },
});

/** Everything that can be wrong in a `train` block. */
export const trainingProblems = [
  unknownSetting,
  repeatedSetting,
  repeatedTraining,
  unknownChoice,
  unknownSettingArgument,
  repeatedSettingArgument,
  missingSettingArgument,
  wrongSetting,
  wrongUnit,
  settingBraces,
] as const;
