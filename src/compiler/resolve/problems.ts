import { defineProblem, type Problem } from '../../diagnostics/problem.js';
import { toGrouped } from '../values/exact.js';

const lenet = (line: string): string =>
  `model Small {\n  input 28x28x1\n  ${line}\n  flatten\n  dense 10 softmax\n}\n`;

export const unknownLayer = defineProblem<{ name: string }>({
  code: 'unknown-layer',
  severity: 'error',
  message: ({ name }) => `there is no layer \`${name}\``,
  explain: {
    text: 'A line begins with the name of a layer (`conv`, `pool`, `dense`, … — docs/layers.md lists all) or calls a block, `residual<64>`. This name is neither. A block of another file must be imported first.',
    wrong: lenet('convv 6 5x5'),
    right: lenet('conv 6 5x5'),
  },
});

export const unknownBlock = defineProblem<{ name: string; importable?: string | undefined }>({
  code: 'unknown-block',
  severity: 'error',
  message: ({ name }) => `there is no block \`${name}\` here`,
  help: ({ name, importable }) =>
    importable === undefined ? undefined : `import it: \`import { ${name} } from "${importable}"\``,
  explain: {
    text: 'Angle brackets call a block. It must be declared in the file, be imported, or be a parameter of the kind `block`.',
    wrong: lenet('residual<64>'),
    right: `import { residual } from "std/blocks"\n\n${lenet('residual<64>')}`,
  },
});

export const unknownName = defineProblem<{ name: string }>({
  code: 'unknown-name',
  severity: 'error',
  message: ({ name }) => `there is no \`${name}\` here`,
  explain: {
    text: 'A name in an expression is a parameter, a `let`, the variable of a loop, or a tensor that `as` named further up. It is visible from there to the end of the braces that it stands in.',
    wrong: lenet('conv (2 * filters) 5x5'),
    right: lenet('let filters = 6; conv (2 * filters) 5x5'),
  },
});

export const unknownWord = defineProblem<{ word: string; layer: string }>({
  code: 'unknown-word',
  severity: 'error',
  message: ({ word, layer }) => `\`${word}\` is neither a name that is known here nor a word of \`${layer}\``,
  explain: {
    text: 'A bare word behind a layer is a name in scope if there is one, else one of the words of the layer, such as `same`, `valid`, or the name of an activation. This one is neither.',
    wrong: lenet('conv 6 5x5 sane'),
    right: lenet('conv 6 5x5 same'),
  },
});

export const unknownParameter = defineProblem<{ name: string; of: string }>({
  code: 'unknown-parameter',
  severity: 'error',
  message: ({ name, of }) => `\`${of}\` has no parameter \`${name}\``,
  explain: {
    text: '`name=value` sets a parameter by its name. The layer or block has none of this name.',
    wrong: lenet('conv 6 5x5 strides=2'),
    right: lenet('conv 6 5x5 stride=2'),
  },
});

export const missingArgument = defineProblem<{ name: string; of: string; example?: string | undefined }>({
  code: 'missing-argument',
  severity: 'error',
  message: ({ name, of }) => `\`${of}\` needs \`${name}\``,
  help: ({ example }) => (example === undefined ? undefined : `for example \`${example}\``),
  explain: {
    text: 'A parameter without a default must be given where the layer or the block is used.',
    wrong: lenet('conv 6'),
    right: lenet('conv 6 5x5'),
  },
});

export const repeatedArgument = defineProblem<{
  name: string;
  of: string;
  words?: readonly string[] | undefined;
}>({
  code: 'repeated-argument',
  severity: 'error',
  message: ({ name, of, words = [] }) =>
    words.length > 1
      ? `${words.map((word) => `\`${word}\``).join(' and ')} both say what \`${name}\` of \`${of}\` is`
      : `\`${name}\` of \`${of}\` is given twice`,
  explain: {
    text: 'Each parameter is given once: by its position, by a word, or by its name.',
    wrong: lenet('conv 6 5x5 filters=8'),
    right: lenet('conv 6 5x5'),
  },
});

export const surplusArgument = defineProblem<{ of: string; takes: string }>({
  code: 'surplus-argument',
  severity: 'error',
  message: ({ of, takes }) => `\`${of}\` takes ${takes}`,
  explain: {
    text: 'More values stand by position than the layer or block has parameters for. The others are set by name: `name=value`.',
    wrong: lenet('conv 6 5x5 2'),
    right: lenet('conv 6 5x5 stride=2'),
  },
});

export const blockWithoutAngles = defineProblem<{ name: string; kind: string }>({
  code: 'block-without-angles',
  severity: 'error',
  message: ({ name, kind }) => `\`${name}\` is a ${kind}, and is called with angle brackets`,
  explain: {
    text: 'A line that begins with a bare name is a layer. Blocks, and models used as blocks, are called with angle brackets, also where they take no arguments.',
    wrong: `block twice { conv 6 5x5 -> conv 6 5x5 }\n\n${lenet('twice')}`,
    right: `block twice { conv 6 5x5 -> conv 6 5x5 }\n\n${lenet('twice<>')}`,
  },
});

export const notABlock = defineProblem<{ name: string; kind: string }>({
  code: 'not-a-block',
  severity: 'error',
  message: ({ name, kind }) => `\`${name}\` is a ${kind}, not a block`,
  help: ({ name, kind }) =>
    kind === 'parameter' ? `a parameter that takes a block says so: \`${name}: block\`` : undefined,
  explain: {
    text: 'Angle brackets call a block. A parameter that takes one is declared `name: block`, or has a block as its default.',
    wrong: `block unit<act> { conv 6 5x5 -> act<> }\n\n${lenet('unit<relu>')}`,
    right: `block unit<act: block> { conv 6 5x5 -> act<> }\n\n${lenet('unit<relu>')}`,
  },
});

export const notATensor = defineProblem<{ name: string; kind: string }>({
  code: 'not-a-tensor',
  severity: 'error',
  message: ({ name, kind }) => `\`${name}\` is a ${kind}, not a tensor that \`as\` named`,
  explain: {
    text: '`from`, and a join without braces such as `concat skip`, read tensors that were named with `as` further up.',
    wrong: 'model Small {\n  input 28x28x1\n  let skip = 3\n  conv 1 3x3 same\n  add skip\n}\n',
    right: 'model Small {\n  input 28x28x1 as skip\n  conv 1 3x3 same\n  add skip\n}\n',
  },
});

export const duplicateName = defineProblem<{ name: string; what: string }>({
  code: 'duplicate-name',
  severity: 'error',
  message: ({ name, what }) => `there is ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what} \`${name}\` already`,
  explain: {
    text: 'Two things of one file, two parameters of one block, or two outputs of one model have the same name.',
    wrong: 'let width = 8\nlet width = 16\n\nmodel Small { input 28x28x1; conv width 3x3 }\n',
    right:
      'let width = 8\nlet depth = 16\n\nmodel Small { input 28x28x1; conv width 3x3 -> conv depth 3x3 }\n',
  },
});

export const nameHidesWord = defineProblem<{ name: string; layer: string }>({
  code: 'name-hides-word',
  severity: 'warning',
  message: ({ name, layer }) => `\`${name}\` here is the name declared above, not the word of \`${layer}\``,
  help: ({ name }) => `rename what is declared as \`${name}\``,
  explain: {
    text: 'A bare word behind a layer is a name in scope if there is one. A name that is spelled like one of the words of the layer hides it, which is seldom meant.',
    wrong: lenet('let same = 5; conv 6 same'),
    right: lenet('let side = 5; conv 6 side'),
  },
});

export const unusedName = defineProblem<{ name: string; what: string }>({
  code: 'unused-name',
  severity: 'warning',
  message: ({ name, what }) => `the ${what} \`${name}\` is never used`,
  explain: {
    text: 'Something was imported, named or taken as a parameter, and nothing reads it.',
    wrong: lenet('let filters = 6; conv 6 5x5'),
    right: lenet('let filters = 6; conv filters 5x5'),
  },
});

export const recursion = defineProblem<{ cycle: readonly string[]; what: string }>({
  code: 'recursion',
  severity: 'error',
  message: ({ cycle, what }) =>
    `a ${what} can't lead back to itself: ${cycle.map((name) => `\`${name}\``).join(' → ')}`,
  help: () => 'repeat with `repeat` or `for`, whose rounds are known',
  explain: {
    text: 'Every file must come to an end, so blocks, functions and constants can’t use themselves, directly or through others.',
    wrong: `block deep { conv 6 5x5 -> deep<> }\n\n${lenet('deep<>')}`,
    right: `block deep { repeat 2 { conv 6 5x5 } }\n\n${lenet('deep<>')}`,
  },
});

export const importCycle = defineProblem<{ cycle: readonly string[] }>({
  code: 'import-cycle',
  severity: 'error',
  message: ({ cycle }) => `files can’t import each other in a circle: ${cycle.join(' → ')}`,
  help: () => 'move what both need into a third file',
  explain: {
    text: 'An import leads back to the file that it began with.',
    wrong:
      'import { tail } from "./cycle.cnn"\n\nblock head { tail<> }\n\nmodel Small { input 28x28x1; head<> }\n',
    right: 'block head { conv 6 5x5 }\n\nmodel Small { input 28x28x1; head<> }\n',
  },
});

const importReasons = {
  missing: 'there is no such file',
  outside: 'it lies outside of the project’s root',
  'not-a-file': 'it is not a regular file',
  'not-cnn': 'only files named `.cnn` can be imported',
  unreadable: 'it can’t be read',
  'no-files': 'there is no file system here, only the standard library `std/…`',
  url: 'nothing is fetched over a network',
  absolute: 'an absolute path is not portable',
} as const;

export type ImportReason = keyof typeof importReasons;

export const importFailed = defineProblem<{
  from: string;
  reason: ImportReason;
  detail?: string | undefined;
}>({
  code: 'import-failed',
  severity: 'error',
  message: ({ from, reason, detail }) =>
    `can’t import "${from}": ${importReasons[reason]}${detail === undefined ? '' : ` (${detail})`}`,
  help: ({ reason }) =>
    reason === 'missing' || reason === 'outside' || reason === 'absolute'
      ? 'name a file relative to this one, `"./blocks.cnn"`, or a part of the standard library, `"std/blocks"`'
      : undefined,
  explain: {
    text: 'An import names a `.cnn` file relative to the importing one and inside the project’s root, or a part of the standard library. Absolute paths, addresses, and ways out of the root are refused.',
    wrong: 'import { unit } from "./no-such-file.cnn"\n\nmodel Small { input 28x28x1; unit<> }\n',
    right: 'import { se } from "std/blocks"\n\nmodel Small { input 28x28x16; se<> }\n',
  },
});

export const importedNameMissing = defineProblem<{ name: string; from: string }>({
  code: 'imported-name-missing',
  severity: 'error',
  message: ({ name, from }) => `"${from}" declares no \`${name}\``,
  explain: {
    text: 'The imported file was found, but it declares nothing of this name. What it imports itself is not handed on.',
    wrong: 'import { squeeze } from "std/blocks"\n\nmodel Small { input 28x28x16; squeeze<> }\n',
    right: 'import { se as squeeze } from "std/blocks"\n\nmodel Small { input 28x28x16; squeeze<> }\n',
  },
});

export const limitExceeded = defineProblem<{
  what: string;
  limit: number;
  got: string;
  flag?: string | undefined;
}>({
  code: 'limit-exceeded',
  severity: 'error',
  message: ({ what, limit, got }) => `too many ${what}: limit ${toGrouped(limit)}, got ${got}`,
  help: ({ flag }) => (flag === undefined ? undefined : `raise it with \`${flag}\``),
  explain: {
    text: 'Every file ends within known bounds: the layers that it expands to, the depth of its calls, the files that it imports. How many layers it expands to is computed from the bounds of its loops, before anything is unrolled.',
    wrong: 'model Deep {\n  input 28x28x1\n  repeat 1000 { repeat 1000 { conv 1 3x3 same } }\n}\n',
    right: 'model Deep {\n  input 28x28x1\n  repeat 10 { repeat 10 { conv 1 3x3 same } }\n}\n',
  },
});

export const inOutsideBlock = defineProblem({
  code: 'in-outside-block',
  severity: 'error',
  message: () => '`in` is the tensor that arrives at a block, and this is not in a block',
  help: () => 'name a tensor with `as`, and ask that name: `stem.channels`',
  explain: {
    text: 'Inside a block, `in` is the tensor that arrives there: `in.channels`, `in.height`, `in.width`, `in.shape`. A model, a constant and a function have no such tensor.',
    wrong: lenet('conv in.channels 5x5'),
    right: lenet('conv 6 5x5 as stem -> conv stem.channels 5x5'),
  },
});

export const misplaced = defineProblem<{ what: string; where: string }>({
  code: 'misplaced',
  severity: 'error',
  message: ({ what, where }) => `${what} stands ${where}`,
  explain: {
    text: '`input` and `output` belong to a model; blocks take what arrives and give their last tensor. A figure such as `params` belongs to an `assert`.',
    wrong: `block unit { input 28x28x1; conv 6 5x5 }\n\n${lenet('unit<>')}`,
    right: `block unit { conv 6 5x5 }\n\n${lenet('unit<>')}`,
  },
});

export const unknownKind = defineProblem<{ kind: string }>({
  code: 'unknown-kind',
  severity: 'error',
  message: ({ kind }) => `there is no kind \`${kind}\``,
  help: () => 'the kinds are `int`, `float`, `bool`, `string`, `size`, `list` and `block`',
  explain: {
    text: 'The kind of a parameter follows from its default, or is written behind a colon.',
    wrong: `block unit<n: number> { conv n 5x5 }\n\n${lenet('unit<6>')}`,
    right: `block unit<n: int> { conv n 5x5 }\n\n${lenet('unit<6>')}`,
  },
});

export const unknownMember = defineProblem<{ member: string; of: string }>({
  code: 'unknown-member',
  severity: 'error',
  message: ({ member, of }) => `${of} has no \`${member}\``,
  explain: {
    text: 'Figures that have parts are `memory`, which is `memory.inference` or `memory.training`, and `input` and `output` with the sizes `channels`, `height`, `width` and `shape`.',
    wrong: lenet('conv 6 5x5; assert memory.inferense <= 1MiB'),
    right: lenet('conv 6 5x5; assert memory.inference <= 1MiB'),
  },
});

export const unknownModel = defineProblem<{ name: string }>({
  code: 'unknown-model',
  severity: 'error',
  message: ({ name }) => `there is no model \`${name}\` here`,
  explain: {
    text: 'A `train` block, or an instance `model A = B<…>`, names a model of this file or an imported one.',
    wrong: 'model Small { input 28x28x1; conv 6 5x5 }\n\ntrain Smal { batch 32 }\n',
    right: 'model Small { input 28x28x1; conv 6 5x5 }\n\ntrain Small { batch 32 }\n',
  },
});

/** All problems of the phase that gives names their meaning. */
export const resolveProblems: readonly Problem<never>[] = [
  unknownLayer,
  unknownBlock,
  unknownName,
  unknownWord,
  unknownParameter,
  missingArgument,
  repeatedArgument,
  surplusArgument,
  blockWithoutAngles,
  notABlock,
  notATensor,
  duplicateName,
  nameHidesWord,
  unusedName,
  recursion,
  importCycle,
  importFailed,
  importedNameMissing,
  limitExceeded,
  inOutsideBlock,
  misplaced,
  unknownKind,
  unknownMember,
  unknownModel,
];
