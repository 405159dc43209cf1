import { describe, expect, it } from 'vitest';
import { figuresOf, totalOf } from '../../src/compiler/analyse/figures.js';
import { inferencePeak } from '../../src/compiler/analyse/memory.js';
import { receptiveFieldsOf } from '../../src/compiler/analyse/receptive-field.js';
import { add } from '../../src/compiler/values/exact.js';
import { graphOf } from '../compiler/net.js';
import { exampleGraph } from './files.js';

// The numbers that torchvision, Keras or the reference implementation publish; examples are held against these, not
// against what they assert themselves.

interface Published {
  readonly trainable: number;
  readonly params: number;
  readonly macs: number;
}

const published: Readonly<Record<string, Published>> = {
  LeNet5: { trainable: 61_706, params: 61_706, macs: 416_520 },
  Mnist: { trainable: 1_413_834, params: 1_413_834, macs: 89_466_496 },
  Convolution: { trainable: 15_200, params: 15_200, macs: 225_000_000 },
  AlexNet: { trainable: 60_965_224, params: 60_965_224, macs: 724_406_816 },
  AlexNetTorchvision: { trainable: 61_100_840, params: 61_100_840, macs: 714_188_480 },
  VGG16: { trainable: 138_357_544, params: 138_357_544, macs: 15_470_264_320 },
  VGG19: { trainable: 143_667_240, params: 143_667_240, macs: 19_632_062_464 },
  GoogLeNet: { trainable: 6_998_552, params: 6_998_552, macs: 1_582_671_872 },
  SEGoogLeNet: { trainable: 7_478_655, params: 7_478_655, macs: 1_583_146_144 },
  ResNet18: { trainable: 11_689_512, params: 11_699_112, macs: 1_814_073_344 },
  ResNet34: { trainable: 21_797_672, params: 21_814_696, macs: 3_663_761_408 },
  ResNet34Keras: { trainable: 21_289_802, params: 21_306_826, macs: 3_663_254_528 },
  ResNet50: { trainable: 25_557_032, params: 25_610_152, macs: 4_089_184_256 },
  ResNet50Keras: { trainable: 25_583_592, params: 25_636_712, macs: 3_857_973_248 },
  ResNet101: { trainable: 44_549_160, params: 44_654_504, macs: 7_801_405_440 },
  ResNet152: { trainable: 60_192_808, params: 60_344_232, macs: 11_513_626_624 },
  InceptionV4: { trainable: 42_679_816, params: 42_742_984, macs: 12_253_974_624 },
  Xception: { trainable: 22_855_952, params: 22_910_480, macs: 8_357_403_496 },
  SEResNet50: { trainable: 28_088_024, params: 28_141_144, macs: 3_860_488_192 },
};

describe.each(Object.entries(published))('%s', (name, { trainable, params, macs }) => {
  it('has the published number of parameters, with the moving statistics and without, and of multiplications', () => {
    const total = totalOf(figuresOf(exampleGraph(name)));
    expect({ trainable: total.trainable, params: total.params, macs: total.macs }).toEqual({
      trainable,
      params,
      macs,
    });
  });
});

describe('the auxiliary classifiers of GoogLeNet', () => {
  it('count in training, and not at inference', () => {
    const graph = exampleGraph('GoogLeNet');
    expect(totalOf(figuresOf(graph, { training: true })).params).toBe(13_378_280);
    expect(totalOf(figuresOf(graph)).params).toBe(6_998_552);
    expect(graph.outputs.map(({ name, training, weight }) => [name, training, weight])).toEqual([
      ['aux1', true, 0.3],
      ['aux2', true, 0.3],
      ['output', false, 1],
    ]);
  });
});

describe('the peak of memory', () => {
  it('is known to the byte for AlexNet with its weights', () => {
    const graph = exampleGraph('AlexNetTorchvision');
    const { weightBytes } = totalOf(figuresOf(graph));
    expect(add(inferencePeak(graph).bytes, weightBytes)).toBe(245_779_872);
  });

  it('is known to the byte for ResNet-18 with weights and statistics, batch normalisation not folded', () => {
    const graph = exampleGraph('ResNet18');
    const { weightBytes } = totalOf(figuresOf(graph));
    const peak = inferencePeak(graph, { rules: { foldBatchNorm: false } });
    // PyTorch also counts the batches that each of the 20 normalisations saw, in 8 bytes each.
    expect(add(add(peak.bytes, weightBytes), 20 * 8)).toBe(53_219_136);
  });

  it('is known to the byte for the activations of ResNet-50', () => {
    expect(inferencePeak(exampleGraph('ResNet50')).bytes).toBe(7_225_344);
  });
});

describe('the receptive field', () => {
  it.each([
    ['AlexNetTorchvision', 195],
    ['VGG16', 212],
    ['ResNet50', 427],
    ['SEResNet50', 483],
    ['InceptionV4', 2071],
  ])('of %s is %i, as the literature has it', (name, size) => {
    expect(receptiveFieldsOf(exampleGraph(name)).ofModel.size).toEqual([size, size]);
  });

  it.each([
    [101, '[3, 4, 23, 3]', 1027],
    [152, '[3, 8, 36, 3]', 1507],
  ])(
    'of ResNet-%i with the stride in the first 1x1, units %s, is %i, as the literature has it',
    (_, depths, size) => {
      const graph = graphOf(`import { bottleneck } from "std/blocks"
      model ResNet {
        input 224x224x3
        conv 64 7x7/2 same bias=false -> bn -> relu
        pool max 3x3/2 same
        let depths = ${depths}
        for (filters, depth) in [(64, depths[0]), (128, depths[1]), (256, depths[2]), (512, depths[3])] {
          repeat depth as i {
            bottleneck<filters, stride = if i == 0 and filters > 64 then 2 else 1, stride_first = true>
          }
        }
        gap
      }`);
      expect(receptiveFieldsOf(graph).ofModel.size).toEqual([size, size]);
    },
  );
});
