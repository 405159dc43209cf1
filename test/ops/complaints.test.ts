import { describe, expect, it } from 'vitest';
import { isComplaint, type Complaint, type Shape } from '../../src/compiler/ops/op.js';
import { opProblems } from '../../src/compiler/ops/problems.js';
import type { OpKind } from '../../src/compiler/ops/registry.js';
import { openSize } from '../../src/compiler/values/formula.js';
import { ceilDivide, exact, floorDivide, multiply } from '../../src/compiler/values/exact.js';
import type { Value } from '../../src/compiler/values/value.js';
import { bind, list, nowhere, size, word, type Given } from './layer.js';

/** A layer that can't stand where it was written, and all that is said about it. */
interface Mistake {
  readonly claim: string;
  readonly layer: OpKind;
  readonly given?: Given;
  readonly inputs?: readonly Shape[];
  readonly code: string;
  readonly message: string;
  readonly help?: string;
  /** The parameter that the caret points at; the whole layer where absent. */
  readonly parameter?: string;
}

const [h, w] = [openSize('h'), openSize('w')];
const open: Value = { kind: 'open' };
const range = (from: number, to: number): Value => ({ kind: 'range', from, to });

const mistakes: readonly Mistake[] = [
  {
    claim: 'a convolution of features',
    layer: 'conv',
    given: { filters: 8, kernel: 3 },
    inputs: [[1024]],
    code: 'wrong-rank',
    message: '`conv` works on images, height × width × channels, but 1024 arrives',
    help: 'put `conv` before the layer that leaves only features, or make an image of them: `reshape [1, 1, 1024]`',
  },
  {
    claim: 'a pool of a sequence',
    layer: 'pool',
    given: { mode: word('max'), kernel: 2 },
    inputs: [[49, 64]],
    code: 'wrong-rank',
    message: '`pool` works on images, height × width × channels, but 49×64 arrives',
    help: 'make an image of it with `reshape`',
  },
  {
    claim: 'nine sizes',
    layer: 'reshape',
    given: { sizes: size(...Array<number>(9).fill(1)) },
    inputs: [[1]],
    code: 'rank-too-high',
    message: 'the result would have 9 sizes, but a tensor has at most 8',
  },
  {
    claim: 'a size beyond 32 bits',
    layer: 'flatten',
    inputs: [[100_000, 100_000, 3]],
    code: 'dimension-too-large',
    message: 'the result would be 30000000000, but a size is at most 2,147,483,647, not 30,000,000,000',
  },
  {
    claim: 'an input beyond 32 bits',
    layer: 'input',
    given: { shape: size(2 ** 31, 1, exact(10n ** 20n)) },
    code: 'dimension-too-large',
    message:
      'the result would be 2147483648×1×100000000000000000000, but a size is at most 2,147,483,647, not 2,147,483,648',
  },
  {
    claim: 'a transposed convolution that leaves nothing',
    layer: 'deconv',
    given: { filters: 4, kernel: 2, pad: 1 },
    inputs: [[1, 1, 8]],
    code: 'empty-output',
    message: 'the result would be 0×0×4, but every size is at least 1',
  },
  {
    claim: 'dense weights that depend on open sizes',
    layer: 'dense',
    given: { units: 10 },
    inputs: [[multiply(16, multiply(h, w))]],
    code: 'open-size-needed',
    message: '`dense` needs the number of features, but h·w·16 waits for `h` and `w`, which are left open',
    help: 'put `gap` before it, which leaves one number a channel, or write the sizes in `input`',
  },
  {
    claim: 'convolution kernels that depend on an open size',
    layer: 'conv',
    given: { filters: 8, kernel: 3 },
    inputs: [[8, 8, h]],
    code: 'open-size-needed',
    message: '`conv` needs the number of channels, but h waits for `h`, which is left open',
    help: 'write the size where `?` stands in `input`',
  },
  {
    claim: 'blocks of an open size that might not divide it',
    layer: 'space_to_depth',
    given: { block: 2 },
    inputs: [[h, 8, 3]],
    code: 'open-size-needed',
    message: '`space_to_depth` needs the number of rows, but h waits for `h`, which is left open',
    help: 'write the size where `?` stands in `input`',
  },
  {
    claim: 'a rest that depends on an open size',
    layer: 'reshape',
    given: { sizes: size(open, 7) },
    inputs: [[h, 4]],
    code: 'open-size-needed',
    message: '`reshape` needs the number of values, but h·4 waits for `h`, which is left open',
    help: 'write the size where `?` stands in `input`',
  },
  {
    claim: 'rows of features',
    layer: 'slice',
    given: { axis: word('height'), range: range(0, 14) },
    inputs: [[784]],
    code: 'no-such-axis',
    message: '`slice` goes along height, but 784 has none',
    help: 'a tensor of 1 size has `channels`, dimension 0',
    parameter: 'axis',
  },
  {
    claim: 'columns of a sequence',
    layer: 'slice',
    given: { axis: word('width'), range: range(0, 14) },
    inputs: [[49, 64]],
    code: 'no-such-axis',
    message: '`slice` goes along width, but 49×64 has none',
    help: 'a tensor of 2 sizes has dimensions 0 to 1, the last of which is `channels`',
    parameter: 'axis',
  },
  {
    claim: 'a dimension beyond the last',
    layer: 'concat',
    given: { axis: 3 },
    inputs: [
      [7, 7, 8],
      [7, 7, 8],
    ],
    code: 'no-such-axis',
    message: '`concat` goes along dimension 3, but 7×7×8 has none',
    help: 'an image has `height`, `width` and `channels`, the dimensions 0, 1 and 2',
    parameter: 'axis',
  },
  {
    claim: 'a kernel larger than its image',
    layer: 'conv',
    given: { filters: 8, kernel: size(5, 5) },
    inputs: [[4, 9, 3]],
    code: 'window-too-large',
    message: "the 5×5 window of `conv` doesn't fit into an image of 4×9",
    help: 'pad with `same`, or take a window of at most 4×5',
    parameter: 'kernel',
  },
  {
    claim: 'a dilated kernel larger than its padded image',
    layer: 'dwconv',
    given: { kernel: size(3, 3), dilation: 4, pad: 1 },
    inputs: [[6, 6, 3]],
    code: 'window-too-large',
    message:
      "the 3×3 window of `dwconv` spans 9×9 with dilation 4 and doesn't fit into an image of 6×6, 8×8 with its padding",
    help: 'pad with `same`, or take a smaller dilation',
    parameter: 'kernel',
  },
  {
    claim: 'a pool larger than its image',
    layer: 'pool',
    given: { mode: word('max'), kernel: 2, ceil: true },
    inputs: [[1, 1, 3]],
    code: 'window-too-large',
    message: "the 2×2 window of `pool` doesn't fit into an image of 1×1",
    help: 'pad with `same`, or take a window of at most 1×1',
    parameter: 'kernel',
  },
  {
    claim: 'a pool whose window could lie in the padding',
    layer: 'pool',
    given: { mode: word('max'), kernel: list(3, 2), pad: list(0, 2) },
    code: 'padding-too-large',
    message: '`pool` has 2 padding cells at the left, so a window of 2 could lie wholly in it',
    help: 'pad with at most 1',
    parameter: 'pad',
  },
  {
    claim: 'output padding as large as the stride',
    layer: 'deconv',
    given: { filters: 4, kernel: 3, stride: 2, pad: 1, output_pad: list(1, 2) },
    code: 'output-padding-too-large',
    message: 'output_pad=[1, 2] must be smaller than the stride of 2',
    help: 'at most 1 with this stride',
    parameter: 'output_pad',
  },
  {
    claim: 'output padding where the size is settled',
    layer: 'deconv',
    given: { filters: 4, kernel: 3, stride: 2, pad: word('same'), output_pad: 1 },
    code: 'output-padding-without-pad',
    message: 'output_pad=1 goes with counted cells in `pad=`, but the padding is `same`',
    help: 'write `pad=` with the cells, or leave `output_pad` out',
    parameter: 'output_pad',
  },
  {
    claim: 'groups that do not divide the channels',
    layer: 'conv',
    given: { filters: 16, kernel: 3, groups: 4 },
    inputs: [[32, 32, 6]],
    code: 'groups-do-not-divide',
    message: '`conv` splits its channels into 4 groups, but 6 / 4 is not whole',
    help: '6 can be split into 3 or 6 groups',
    parameter: 'groups',
  },
  {
    claim: 'groups that do not divide the filters',
    layer: 'conv',
    given: { filters: 15, kernel: 3, groups: 2 },
    inputs: [[32, 32, 6]],
    code: 'groups-do-not-divide',
    message: '`conv` splits its filters into 2 groups, but 15 / 2 is not whole',
    help: '15 can be split into 1 or 3 groups',
    parameter: 'groups',
  },
  {
    claim: 'more groups than channels',
    layer: 'shuffle',
    given: { groups: 7 },
    inputs: [[5]],
    code: 'groups-do-not-divide',
    message: '`shuffle` splits its channels into 7 groups, but 5 / 7 is not whole',
    help: '5 can be split into 5 groups',
    parameter: 'groups',
  },
  {
    claim: 'normalised groups that do not divide, of a large prime number of channels',
    layer: 'groupnorm',
    given: { groups: 1_000_000 },
    inputs: [[2_147_483_647]],
    code: 'groups-do-not-divide',
    message: '`groupnorm` splits its channels into 1000000 groups, but 2147483647 / 1000000 is not whole',
    help: '2147483647 can be split into 1 or 2147483647 groups',
    parameter: 'groups',
  },
  {
    claim: 'channels that fill no blocks',
    layer: 'depth_to_space',
    given: { block: 2 },
    inputs: [[8, 8, 6]],
    code: 'channels-do-not-fill-blocks',
    message: "blocks of 2×2 take 4 channels each, which doesn't divide 6 channels",
    help: 'put `conv 8 1x1` before it',
    parameter: 'block',
  },
  {
    claim: 'an image that fills no blocks',
    layer: 'space_to_depth',
    given: { block: 4 },
    inputs: [[15, 16, 3]],
    code: 'image-does-not-fill-blocks',
    message: "blocks of 4×4 don't divide an image of 15×16",
    help: 'put `pad [0, 1, 0, 0]` before it',
    parameter: 'block',
  },
  {
    claim: 'a crop of all rows',
    layer: 'crop',
    given: { cells: list(4, 0) },
    inputs: [[8, 8, 3]],
    code: 'crop-too-large',
    message: '`crop` takes away 8 of 8 rows, so none is left',
    help: '`crop` takes cells away at both sides; at most 7 rows in all',
    parameter: 'cells',
  },
  {
    claim: 'a crop of more columns than there are',
    layer: 'crop',
    given: { cells: list(0, 0, 9, 0) },
    inputs: [[8, 8, 3]],
    code: 'crop-too-large',
    message: '`crop` takes away 9 of 8 columns, so none is left',
    help: '`crop` takes cells away at both sides; at most 7 columns in all',
    parameter: 'cells',
  },
  {
    claim: 'a slice beyond the channels',
    layer: 'slice',
    given: { axis: word('channels'), range: range(1, 4) },
    inputs: [[8, 8, 3]],
    code: 'slice-out-of-range',
    message: '1..4 goes beyond the 3 channels that there are',
    help: 'the last range that starts there is 1..3',
    parameter: 'range',
  },
  {
    claim: 'a slice that begins behind the last row',
    layer: 'slice',
    given: { axis: word('height'), range: range(8, 9) },
    inputs: [[8, 8, 3]],
    code: 'slice-out-of-range',
    message: '8..9 goes beyond the 8 rows that there are',
    help: 'the last row is 7',
    parameter: 'range',
  },
  {
    claim: 'a slice beyond a counted dimension',
    layer: 'slice',
    given: { axis: 0, range: range(5, 9) },
    inputs: [[4, 6]],
    code: 'slice-out-of-range',
    message: '5..9 goes beyond the 4 places of dimension 0 that there are',
    help: 'the last place of dimension 0 is 3',
    parameter: 'range',
  },
  {
    claim: 'a slice beyond the columns',
    layer: 'slice',
    given: { axis: word('width'), range: range(0, 9) },
    inputs: [[8, 8, 3]],
    code: 'slice-out-of-range',
    message: '0..9 goes beyond the 8 columns that there are',
    help: 'the last range that starts there is 0..8',
    parameter: 'range',
  },
  {
    claim: 'a crop of the only row',
    layer: 'crop',
    given: { cells: list(1, 0, 0, 0) },
    inputs: [[1, 8, 3]],
    code: 'crop-too-large',
    message: '`crop` takes away 1 of 1 row, so none is left',
    parameter: 'cells',
  },
  {
    claim: 'output padding where no stride is',
    layer: 'deconv',
    given: { filters: 4, kernel: 3, pad: 1, output_pad: 1 },
    code: 'output-padding-too-large',
    message: 'output_pad=1 must be smaller than the stride of 1',
    help: 'leave `output_pad` out: with stride 1 there is only one size to restore',
    parameter: 'output_pad',
  },
  {
    claim: 'columns of an open size that might not fill blocks',
    layer: 'space_to_depth',
    given: { block: 2 },
    inputs: [[8, w, 3]],
    code: 'open-size-needed',
    message: '`space_to_depth` needs the number of columns, but w waits for `w`, which is left open',
    help: 'write the size where `?` stands in `input`',
  },
  {
    claim: 'written sizes that might not hold as many values as an open one',
    layer: 'reshape',
    given: { sizes: 784 },
    inputs: [[h]],
    code: 'open-size-needed',
    message: '`reshape` needs the number of values, but h waits for `h`, which is left open',
    help: 'write the size where `?` stands in `input`',
  },
  {
    claim: 'sizes that hold another number of values',
    layer: 'reshape',
    given: { sizes: size(7, 7, 15) },
    inputs: [[28, 28, 1]],
    code: 'reshape-count',
    message: '28×28×1 holds 784 values, but [7, 7, 15] holds 735',
    help: 'write `?` for one size and it follows from the others',
    parameter: 'sizes',
  },
  {
    claim: 'a rest that is not whole',
    layer: 'reshape',
    given: { sizes: size(open, 100) },
    inputs: [[28, 28, 1]],
    code: 'reshape-count',
    message: '28×28×1 holds 784 values, and [?, 100] takes a multiple of 100',
    parameter: 'sizes',
  },
  {
    claim: 'an order that counts from 1',
    layer: 'permute',
    given: { order: list(1, 2, 3) },
    inputs: [[28, 28, 3]],
    code: 'not-a-permutation',
    message: '[1, 2, 3] is no order of the 3 dimensions of 28×28×3',
    help: 'name each of 0, 1, 2 once',
    parameter: 'order',
  },
  {
    claim: 'an order that names a dimension twice',
    layer: 'permute',
    given: { order: list(0, 0, 1) },
    inputs: [[28, 28, 3]],
    code: 'not-a-permutation',
    message: '[0, 0, 1] is no order of the 3 dimensions of 28×28×3',
    help: 'name each of 0, 1, 2 once',
    parameter: 'order',
  },
  {
    claim: 'three constants for one channel',
    layer: 'normalize',
    given: { mean: list(0, 0, 0), std: 1 },
    inputs: [[28, 28, 1]],
    code: 'constants-count',
    message: '`mean` has 3 values, but 1 channel arrives',
    help: 'give `mean` one number, or one for each channel',
    parameter: 'mean',
  },
  {
    claim: 'two constants for three channels',
    layer: 'normalize',
    given: { mean: 0, std: list(1, 1) },
    inputs: [[28, 28, 3]],
    code: 'constants-count',
    message: '`std` has 2 values, but 3 channels arrive',
    help: 'give `std` one number, or one for each channel',
    parameter: 'std',
  },
  {
    claim: 'branches of which one has a stride',
    layer: 'add',
    inputs: [
      [28, 28, 128],
      [56, 56, 64],
    ],
    code: 'shape-mismatch',
    message: '`add` joins branches of one shape, but these are 28×28×128 and 56×56×64',
    help: 'project the shortcut: `conv 128 1x1/2 same`',
  },
  {
    claim: 'branches of which the first is larger',
    layer: 'max',
    inputs: [
      [15, 29, 8],
      [8, 10, 16],
    ],
    code: 'shape-mismatch',
    message: '`max` joins branches of one shape, but these are 15×29×8 and 8×10×16',
    help: 'bring the first branch to 8×10×16: `conv 16 1x1 same stride=[2, 3]`',
  },
  {
    claim: 'branches of other channels',
    layer: 'average',
    inputs: [
      [7, 7, 8],
      [7, 7, 16],
    ],
    code: 'shape-mismatch',
    message: '`average` joins branches of one shape, but these are 7×7×8 and 7×7×16',
    help: 'bring the last branch to 7×7×8: `conv 8 1x1`',
  },
  {
    claim: 'features for other channels',
    layer: 'mul',
    inputs: [[7, 7, 64], [32]],
    code: 'shape-mismatch',
    message: '`mul` joins branches of one shape, but these are 7×7×64 and 32',
    help: 'end the branch of features with `dense 64`, one for each channel',
  },
  {
    claim: 'branches that no projection brings together, each shape named once',
    layer: 'add',
    inputs: [
      [7, 7, 64],
      [7, 7, 64],
      [6, 6, 64],
    ],
    code: 'shape-mismatch',
    message: '`add` joins branches of one shape, but these are 7×7×64 and 6×6×64',
  },
  {
    claim: 'shapes of other rank',
    layer: 'add',
    inputs: [
      [7, 64],
      [7, 7, 64],
    ],
    code: 'shape-mismatch',
    message: '`add` joins branches of one shape, but these are 7×64 and 7×7×64',
  },
  {
    claim: 'many shapes, of which four are shown',
    layer: 'mul',
    inputs: [2, 3, 4, 5, 6, 7].map((features) => [features]),
    code: 'shape-mismatch',
    message: '`mul` joins branches of one shape, but these are 2, 3, 4, 5 and 2 more',
  },
  {
    claim: 'views of another size',
    layer: 'concat',
    inputs: [
      [26, 26, 8],
      [24, 24, 8],
    ],
    code: 'concat-mismatch',
    message: '`concat` joins branches that differ in their channels only, but these are 26×26×8 and 24×24×8',
    help: 'write `same` in the layers of the branches, and one stride in all of them',
  },
  {
    claim: 'views of another rank, along a number',
    layer: 'concat',
    given: { axis: 0 },
    inputs: [[26, 26, 8], [8]],
    code: 'concat-mismatch',
    message: '`concat` joins branches that differ in their dimension 0 only, but these are 26×26×8 and 8',
  },
  {
    claim: 'open sizes that agree only where they are even',
    layer: 'add',
    inputs: [
      [ceilDivide(h, 2), 8, 3],
      [floorDivide(h, 2), 8, 3],
    ],
    code: 'undecided-shapes',
    message: 'whether `add` can join ⌈h/2⌉ × 8 × 3 and ⌊h/2⌋ × 8 × 3 depends on `h`',
    help: 'round the same way in all branches, or write the sizes in `input`',
  },
  {
    claim: 'two open sizes side by side',
    layer: 'concat',
    inputs: [
      [h, 8, 3],
      [w, 8, 3],
    ],
    code: 'undecided-shapes',
    message: 'whether `concat` can join h × 8 × 3 and w × 8 × 3 depends on `h` and `w`',
    help: 'round the same way in all branches, or write the sizes in `input`',
  },
];

function complaintOf({
  layer,
  given = {},
  inputs = [],
}: Pick<Mistake, 'layer' | 'given' | 'inputs'>): Complaint {
  const bound = bind(layer, given);
  if (bound.kind === 'complaint') return bound;
  if (bound.kind === 'misfit') throw new Error(`${bound.parameter} expects ${bound.expected}`);
  const shape = bound.op.inferShape(bound.args, inputs);
  if (!isComplaint(shape)) throw new Error(`gives ${JSON.stringify(shape)}`);
  return shape;
}

const layersOfImages: readonly (readonly [OpKind, Given])[] = [
  ['conv', { filters: 8, kernel: 3 }],
  ['dwconv', { kernel: 3 }],
  ['deconv', { filters: 8, kernel: 3 }],
  ['pool', { mode: word('avg'), kernel: 2 }],
  ['gap', {}],
  ['gmp', {}],
  ['lrn', {}],
  ['pad', { cells: 1 }],
  ['crop', { cells: 1 }],
  ['upsample', { factor: 2 }],
  ['resize', { size: 7 }],
  ['depth_to_space', { block: 2 }],
  ['space_to_depth', { block: 2 }],
];

const layersOfKnownChannels: readonly (readonly [OpKind, Given])[] = [
  ['conv', { filters: 8, kernel: 3 }],
  ['dwconv', { kernel: 3 }],
  ['deconv', { filters: 8, kernel: 3 }],
  ['bn', {}],
  ['layernorm', {}],
  ['groupnorm', {}],
  ['scale', {}],
  ['prelu', {}],
  ['shuffle', { groups: 2 }],
  ['depth_to_space', { block: 2 }],
];

describe('a layer of images', () => {
  it.each(layersOfImages)('%s says so where features arrive', (layer, given) => {
    const { code, message } = complaintOf({ layer, given, inputs: [[64]] }).report(nowhere);
    expect(code).toBe('wrong-rank');
    expect(message).toBe(`\`${layer}\` works on images, height × width × channels, but 64 arrives`);
  });
});

describe('a layer whose weights or order depend on the channels', () => {
  it.each(layersOfKnownChannels)('%s names the open size that they wait for', (layer, given) => {
    const { code, message } = complaintOf({ layer, given, inputs: [[8, 8, h]] }).report(nowhere);
    expect(code).toBe('open-size-needed');
    expect(message).toBe(
      `\`${layer}\` needs the number of channels, but h waits for \`h\`, which is left open`,
    );
  });
});

describe('a layer that can not stand where it was written', () => {
  it.each(mistakes)('reports $claim', (mistake) => {
    const complaint = complaintOf(mistake);
    const { code, message, help, severity } = complaint.report(nowhere);
    const { parameter } = complaint;
    expect({ code, message, help, severity, parameter }).toEqual({
      code: mistake.code,
      message: mistake.message,
      help: mistake.help,
      severity: 'error',
      parameter: mistake.parameter,
    });
  });

  it('is shown here for every problem that layers have', () => {
    const shown = new Set(mistakes.map(({ code }) => code));
    expect([...shown].toSorted()).toEqual(opProblems.map(({ code }) => code).toSorted());
  });

  it('has a code of its own', () => {
    expect(new Set(opProblems.map(({ code }) => code)).size).toBe(opProblems.length);
  });
});
