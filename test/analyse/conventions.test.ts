import { describe, expect, it } from 'vitest';
import { conventionNames, type ConventionName } from '../../src/compiler/analyse/conventions.js';
import { figuresOf, totalOf } from '../../src/compiler/analyse/figures.js';
import { exampleGraph } from '../examples/files.js';
import { graphOfBody } from '../compiler/net.js';

function countsOf(model: string, convention: ConventionName) {
  const { params, macs } = totalOf(figuresOf(exampleGraph(model), {}, convention));
  return { params, macs };
}

describe('a convention reproduces what was published with it', () => {
  it.each([
    // pytorch-OpCounter prints these for torchvision's models at 224x224.
    ['thop', 'ResNet50', 25_557_032, 4_133_742_592],
    ['thop', 'ResNet18', 11_689_512, 1_824_033_792],
    // torchvision's tables: 4.09, 11.51, 15.47 and 0.71 GFLOPS.
    ['torchvision', 'ResNet50', 25_557_032, 4_089_184_256],
    ['torchvision', 'ResNet152', 60_192_808, 11_513_626_624],
    ['torchvision', 'VGG16', 138_357_544, 15_470_264_320],
    // Keras' totals hold the moving statistics.
    ['keras', 'ResNet50Keras', 25_636_712, 3_857_973_248],
    ['keras', 'Xception', 22_910_480, 8_357_403_496],
    ['paper', 'Xception', 22_855_952, 8_357_403_496],
    // Netscope's table: AlexNet 62.37 M and 1.14 G, ResNet-50 (stride in the first 1x1) 25.56 M and 3.87 G.
    ['netscope', 'AlexNet', 62_367_780, 1_137_641_216],
    ['netscope', 'ResNet50Keras', 25_556_032, 3_868_560_384],
  ] as const)('%s: %s', (convention, model, params, macs) => {
    expect(countsOf(model, convention)).toEqual({ params, macs });
  });
});

describe('thop', () => {
  /** What a layer adds to the work of a model whose layers count nothing else. */
  const work = (body: string, input: string) => totalOf(figuresOf(graphOfBody(body, input), {}, 'thop')).macs;

  it.each([
    ['bn', '2x3x4', 4 * 24],
    ['bn center=false scale=false', '2x3x4', 2 * 24],
    ['layernorm', '2x3x4', 4 * 24],
    ['pool avg 2x2', '4x4x3', 2 * 2 * 3],
    ['pool max 2x2', '4x4x3', 0],
    ['gap', '4x4x3', (16 + 1) * 3],
    ['prelu', '2x3x4', 24],
    ['upsample 2', '2x2x3', 4 * 4 * 3],
    ['upsample 2 mode=bilinear', '2x2x3', 11 * 4 * 4 * 3],
    ['relu', '2x3x4', 0],
    ['deconv 5 2x2/2', '3x3x4', 6 * 6 * 5 * 2 * 2 * 4],
    // Inside of the model, six softmaxes of four values; at its end none.
    ['softmax\npad 0', '2x3x4', 6 * (3 * 4 - 1)],
    ['softmax', '2x3x4', 0],
  ])('counts %s', (body, input, macs) => {
    expect(work(body, input)).toBe(macs);
  });
});

describe('netscope', () => {
  it.each([
    ['conv 8 3x3 groups=2', '5x5x4', 3 * 3 * 4 * 8, 3 * 3 * 3 * 3 * 4 * 8],
    ['dwconv 3x3', '5x5x4', 3 * 3 * 4 * 4, 3 * 3 * 3 * 3 * 4 * 4],
    ['bn', '2x3x4', 8, 24],
    ['bn center=false scale=false', '2x3x4', 8, 0],
    ['lrn 5', '2x3x4', 2, 5 * 24],
    ['scale', '2x3x4', 0, 24],
    ['dense 3', '7', 21, 21],
  ])('counts %s', (body, input, params, macs) => {
    const total = totalOf(figuresOf(graphOfBody(body, input), {}, 'netscope'));
    expect([total.params, total.macs]).toEqual([params, macs]);
  });
});

it.each(conventionNames)('%s leaves the bytes of the weights as they are stored', (convention) => {
  const graph = graphOfBody('conv 8 3x3 groups=2\nbn', '5x5x4');
  expect(totalOf(figuresOf(graph, {}, convention)).weightBytes).toBe(4 * (3 * 3 * 2 * 8 + 8 + 4 * 8));
});
