/** A layer on an input, its weights, and what it gives, worked out by hand. */
export interface HandCase {
  readonly line: string;
  readonly shape: readonly number[];
  readonly input: readonly number[];
  /** By the last part of their names. */
  readonly weights?: Readonly<Record<string, readonly number[]>>;
  readonly output: readonly number[];
}

const column = [1, 2];
const four = [1, 2, 3, 4];
const nine = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const [e, ln] = [Math.E, Math.log];

/** Small enough to be done with a pencil; every layer at least once. */
export const handCases: readonly HandCase[] = [
  // 1·1 + 2·2 + 4·3 + 5·4 and so on, plus the bias.
  {
    line: 'conv 1 2x2',
    shape: [3, 3, 1],
    input: nine,
    weights: { kernel: four, bias: [0.5] },
    output: [37.5, 47.5, 67.5, 77.5],
  },
  // The odd cell of `same` lies at the bottom and right.
  {
    line: 'conv 1 2x2 same bias=false',
    shape: [2, 2, 1],
    input: four,
    weights: { kernel: four },
    output: [30, 14, 11, 4],
  },
  {
    line: 'conv 1 2x2 dilation=2 bias=false',
    shape: [3, 3, 1],
    input: nine,
    weights: { kernel: four },
    output: [1 + 6 + 21 + 36],
  },
  {
    line: 'conv 2 1x1 groups=2 bias=false',
    shape: [1, 2, 2],
    input: four,
    weights: { kernel: [10, 100] },
    output: [10, 200, 30, 400],
  },
  {
    line: 'conv 2 1x1 groups=2 bias=false',
    shape: [1, 1, 4],
    input: four,
    weights: { kernel: [1, 10, 2, 20] },
    output: [1 + 4, 30 + 80],
  },
  {
    line: 'dwconv 1x2 multiplier=2 bias=false',
    shape: [1, 2, 1],
    input: [3, 5],
    weights: { kernel: [1, 2, 10, 20] },
    output: [53, 106],
  },
  {
    line: 'deconv 1 2x2/2',
    shape: [1, 2, 1],
    input: column,
    weights: { kernel: four, bias: [0] },
    output: [1, 2, 2, 4, 3, 4, 6, 8],
  },
  {
    line: 'dense 2',
    shape: [2],
    input: column,
    weights: { kernel: [1, 10, 2, 20], bias: [0.5, 0] },
    output: [5.5, 50],
  },
  { line: 'pool max 2x2', shape: [2, 2, 1], input: [-4, -3, -2, -9], output: [-2] },
  { line: 'pool max 2x2/2 same', shape: [1, 3, 1], input: [-1, -2, -3], output: [-1, -3] },
  { line: 'pool avg 2x2/1 same', shape: [2, 2, 1], input: four, output: [2.5, 3, 3.5, 4] },
  {
    line: 'pool avg 2x2/2 pad=1 count_padding=true',
    shape: [2, 2, 1],
    input: four,
    output: [0.25, 0.5, 0.75, 1],
  },
  { line: 'pool avg 1x2 ceil=true', shape: [1, 3, 1], input: [1, 2, 5], output: [1.5, 5] },
  { line: 'pool max 1x1/2', shape: [3, 3, 1], input: nine, output: [1, 3, 7, 9] },
  { line: 'gap', shape: [2, 2, 1], input: four, output: [2.5] },
  { line: 'gmp', shape: [2, 2, 1], input: four, output: [4] },
  {
    line: 'bn eps=1',
    shape: [2],
    input: [5, 6],
    weights: { gamma: [1, 10], beta: [0, 7], moving_mean: [1, 2], moving_variance: [3, 15] },
    output: [2, 17],
  },
  {
    line: 'layernorm eps=3',
    shape: [2],
    input: [2, 4],
    weights: { gamma: [1, 4], beta: [0, 1] },
    output: [-0.5, 3],
  },
  {
    line: 'groupnorm 2 eps=3 scale=false',
    shape: [4],
    input: [2, 4, 7, 7],
    weights: { beta: [0, 0, 1, 2] },
    output: [-0.5, 0.5, 1, 2],
  },
  { line: 'lrn 3 alpha=1 beta=1 k=1', shape: [1, 1, 3], input: [1, 2, 3], output: [1 / 6, 2 / 15, 3 / 14] },
  {
    line: 'lrn 3 alpha=3 beta=1 k=1 average=true',
    shape: [1, 1, 3],
    input: [1, 2, 3],
    output: [1 / 6, 2 / 15, 3 / 14],
  },
  { line: 'scale', shape: [2], input: column, weights: { factor: [3, 5] }, output: [3, 10] },
  { line: 'normalize mean=[1, 2] std=[2, 4]', shape: [2], input: [5, 10], output: [2, 2] },
  { line: 'relu', shape: [3], input: [-1, 0, 2], output: [0, 0, 2] },
  { line: 'relu6', shape: [3], input: [-1, 5, 7], output: [0, 5, 6] },
  { line: 'leaky_relu alpha=0.5', shape: [2], input: [-4, 4], output: [-2, 4] },
  { line: 'prelu', shape: [2], input: [-4, -4], weights: { alpha: [0.5, 2] }, output: [-2, -8] },
  { line: 'elu alpha=2', shape: [2], input: [-1, 3], output: [2 / e - 2, 3] },
  {
    line: 'selu',
    shape: [2],
    input: [-1, 1],
    output: [1.0507009873554805 * 1.6732632423543772 * (1 / e - 1), 1.0507009873554805],
  },
  { line: 'gelu', shape: [2], input: [0, 10], output: [0, 10] },
  { line: 'silu', shape: [2], input: [0, ln(3)], output: [0, ln(3) * 0.75] },
  { line: 'mish', shape: [2], input: [0, ln(2)], output: [0, ln(2) * 0.8] },
  { line: 'hardswish', shape: [3], input: [-4, 1, 4], output: [0, 4 / 6, 4] },
  { line: 'hardsigmoid', shape: [3], input: [-4, 1, 4], output: [0, 4 / 6, 1] },
  { line: 'sigmoid', shape: [2], input: [0, ln(3)], output: [0.5, 0.75] },
  { line: 'tanh', shape: [2], input: [0, ln(3)], output: [0, 0.8] },
  { line: 'softplus', shape: [2], input: [0, ln(3)], output: [ln(2), ln(4)] },
  { line: 'softmax', shape: [2], input: [0, ln(3)], output: [0.25, 0.75] },
  { line: 'dropout 40%', shape: [2], input: column, output: column },
  { line: 'flatten', shape: [1, 2, 2], input: four, output: four },
  { line: 'reshape 2x?', shape: [4], input: four, output: four },
  { line: 'permute [1, 0, 2]', shape: [2, 2, 1], input: four, output: [1, 3, 2, 4] },
  { line: 'pad [0, 0, 1, 0] value=9', shape: [1, 2, 1], input: column, output: [9, 1, 2] },
  { line: 'crop [1, 0, 0, 1]', shape: [2, 2, 1], input: four, output: [3] },
  { line: 'upsample [1, 2]', shape: [1, 2, 1], input: column, output: [1, 1, 2, 2] },
  { line: 'resize 1x4', shape: [1, 2, 1], input: column, output: [1, 1.25, 1.75, 2] },
  { line: 'resize 1x2 nearest', shape: [1, 4, 1], input: four, output: [2, 4] },
  { line: 'slice channels 1..3', shape: [4], input: four, output: [2, 3] },
  { line: 'shuffle 2', shape: [4], input: four, output: [1, 3, 2, 4] },
  { line: 'depth_to_space 2', shape: [1, 1, 4], input: four, output: four },
  { line: 'space_to_depth 2', shape: [2, 2, 1], input: four, output: four },
  { line: 'identity', shape: [2], input: column, output: column },
  { line: 'concat { | identity | relu }', shape: [2], input: [-1, 2], output: [-1, 2, 0, 2] },
  { line: 'add { | identity | gap }', shape: [1, 2, 1], input: [1, 3], output: [3, 5] },
  { line: 'mul { | identity | relu }', shape: [2], input: [-3, 3], output: [0, 9] },
  { line: 'max { | identity | relu }', shape: [2], input: [-3, 3], output: [0, 3] },
  { line: 'average { | identity | relu }', shape: [2], input: [-3, 3], output: [-1.5, 3] },
];
