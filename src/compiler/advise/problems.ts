import { defineProblem, type Problem } from '../../diagnostics/problem.js';

const body = (...lines: readonly string[]): string =>
  `model Small {\n  input 32x32x8\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;

export const repeatedActivationProblem = defineProblem<{ first: string; second: string }>({
  code: 'repeated-activation',
  severity: 'warning',
  message: ({ first, second }) =>
    first === second
      ? `\`${second}\` follows \`${first}\``
      : `\`${second}\` follows another activation, \`${first}\``,
  help: () => 'remove one of the two',
  explain: {
    text: 'Nothing is learnt between two activations in a row. Most often one of them was left over: written in the line of a layer, and once more below it.',
    wrong: body('conv 8 3x3 relu', 'relu', 'gap'),
    right: body('conv 8 3x3 relu', 'gap'),
  },
});

export const biasBeforeBatchNormProblem = defineProblem<{ layer: string; count: string }>({
  code: 'bias-before-batch-norm',
  severity: 'warning',
  message: ({ layer, count }) =>
    `the ${count} biases of this \`${layer}\` are taken away again by the \`bn\` behind it`,
  help: () => 'add `bias=false`; or `default conv bias=false` for all of a block',
  explain: {
    text: 'Batch normalisation subtracts the mean of each channel, and with it whatever a bias added. The bias costs parameters and learns nothing; `beta` does its work.',
    wrong: body('conv 8 3x3', 'bn', 'relu', 'gap'),
    right: body('conv 8 3x3 bias=false', 'bn', 'relu', 'gap'),
  },
});

export const dropoutBeforeBatchNormProblem = defineProblem<{ norm: string }>({
  code: 'dropout-before-batch-norm',
  severity: 'warning',
  message: ({ norm }) => `this dropout stands before a batch normalisation, \`${norm}\``,
  help: () => 'move it behind the last `bn` of the network',
  explain: {
    text: 'In training, dropout changes the variance of what arrives at a batch normalisation, and the moving variance learns that; at inference nothing is dropped, and the learnt variance is a wrong one (Li et al. 2018, “Understanding the Disharmony between Dropout and Batch Normalization by Variance Shift”).',
    wrong: body('conv 8 3x3 relu', 'dropout 50%', 'conv 8 3x3 bias=false', 'bn', 'gap'),
    right: body('conv 8 3x3 relu', 'conv 8 3x3 bias=false', 'bn', 'dropout 50%', 'gap'),
  },
});

export const unseenPixelsProblem = defineProblem<{
  stride: string;
  kernel: string;
  unseen: number;
  of: number;
}>({
  code: 'unseen-pixels',
  severity: 'warning',
  message: ({ stride, kernel, unseen, of }) =>
    `a stride of ${stride} over a kernel of ${kernel} never sees ${String(unseen)} of ${String(of)} pixels`,
  help: () => 'take a kernel at least as large as the stride, or put the stride into a layer that has one',
  explain: {
    text: 'Where the window moves further than it reaches, rows and columns between two places are never looked at, by this layer or by another one that reads the same tensor: they were computed for nothing. The first 1x1 convolution of a strided bottleneck is the known case (He et al. 2018, “Bag of Tricks”, §4).',
    wrong: body('conv 8 1x1/2', 'gap'),
    right: body('conv 8 3x3/2', 'gap'),
  },
});

export const lopsidedPaddingProblem = defineProblem<{ kernel: string }>({
  code: 'lopsided-padding',
  severity: 'warning',
  message: ({ kernel }) =>
    `\`same\` can’t centre a kernel of ${kernel}: what comes out is moved by half a pixel`,
  help: () => 'take an odd kernel, or say where the odd cell goes with `pad=[top, bottom, left, right]`',
  explain: {
    text: 'With stride 1, an even kernel needs an odd number of cells of padding. `same` puts the odd one at the bottom and right (TensorFlow’s way), so each such layer moves the image by half a pixel; other tools put it elsewhere.',
    wrong: body('conv 8 4x4 same', 'gap'),
    right: body('conv 8 5x5 same', 'gap'),
  },
});

export const idleLayerProblem = defineProblem<{ layer: string }>({
  code: 'idle-layer',
  severity: 'warning',
  message: ({ layer }) => `this \`${layer}\` gives exactly what arrives at it`,
  help: () => 'remove it',
  explain: {
    text: 'The layer does nothing: dropout of nothing, a window of one pixel with stride 1, a pad of no cells, a reshape to the shape that is there. Only lines of the model itself are looked at: in a block or a loop an argument may well be 0 or 1 at times.',
    wrong: body('pool max 1x1/1', 'gap'),
    right: body('pool max 2x2', 'gap'),
  },
});

export const raggedGroupsProblem = defineProblem<{
  groups: number;
  what: string;
  each: number;
  wasted: number;
}>({
  code: 'ragged-groups',
  severity: 'warning',
  message: ({ groups, what, each, wasted }) =>
    `each of ${String(groups)} groups has ${String(each)} ${what}, and processors take 4 at once: ${String(wasted)} of ${String(each + wasted)} places stay empty`,
  help: () => 'choose groups that have a multiple of 4 channels and filters each',
  explain: {
    text: 'A convolution in groups works on each group for itself. Processors multiply 4, 8 or more values at once; where a group’s channels or filters are no multiple of 4, part of every such instruction is spent on nothing.',
    wrong: body('conv 24 3x3 groups=4', 'gap'),
    right: body('conv 32 3x3 groups=2', 'gap'),
  },
});

export const fieldExceedsImageProblem = defineProblem<{ field: string; image: string; times: number }>({
  code: 'field-exceeds-image',
  severity: 'warning',
  message: ({ field, image, times }) =>
    `one place here looks at ${field} pixels, more than ${String(times)} times the ${image} of the image`,
  help: () => 'this network was made for larger images: use fewer strides, or fewer layers behind them',
  explain: {
    text: 'From here on every place of the output sees the whole image and, for the most part, padding around it. The layers that enlarge the field further mix numbers that are the same at every place (receptive field: Araujo et al. 2019).',
    wrong: body('repeat 5 { pool max 3x3/2 same }', 'repeat 9 { conv 8 3x3 same relu }', 'gap'),
    right: body('repeat 2 { pool max 3x3/2 same }', 'repeat 9 { conv 8 3x3 same relu }', 'gap'),
  },
});

export const misalignedBranchesProblem = defineProblem<{ layer: string; apart: string; along: string }>({
  code: 'misaligned-branches',
  severity: 'warning',
  message: ({ layer, apart, along }) =>
    `\`${layer}\` joins branches whose places lie ${apart} pixels of the image apart along its ${along}`,
  help: () => 'pad or crop the branches so that the middles of their windows meet',
  explain: {
    text: 'The middle of what one place sees differs between the branches by a whole step of the joined tensor or more: what is added or stacked there belongs to other places of the image. Half a step is what `same` does to an even size, and isn’t told of (Araujo et al. 2019, “alignment issues”).',
    wrong: body('concat {', '  | conv 8 5x5', '  | crop [4, 0, 4, 0]', '}', 'gap'),
    right: body('concat {', '  | conv 8 5x5', '  | crop 2', '}', 'gap'),
  },
});

export const softmaxOfOneProblem = defineProblem({
  code: 'softmax-of-one',
  severity: 'warning',
  message: () => 'a softmax of one value is always 1',
  help: () => 'for two classes write `dense 1 sigmoid` or `dense 2 softmax`',
  explain: {
    text: 'Softmax makes shares of a whole; of one value the share is 1, whatever the value. Nothing is learnt through it.',
    wrong: body('gap', 'dense 1 softmax'),
    right: body('gap', 'dense 1 sigmoid'),
  },
});

/** All advice. */
export const adviceProblems: readonly Problem<never>[] = [
  repeatedActivationProblem,
  biasBeforeBatchNormProblem,
  dropoutBeforeBatchNormProblem,
  unseenPixelsProblem,
  lopsidedPaddingProblem,
  idleLayerProblem,
  raggedGroupsProblem,
  misalignedBranchesProblem,
  fieldExceedsImageProblem,
  softmaxOfOneProblem,
];
