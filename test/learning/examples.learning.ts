import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { open } from '../runtime/engines.js';
import { overfit, type Task } from './overfit.js';

const adam = (rate: number): Task['optimizer'] => ({
  kind: 'adam',
  rate,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-7,
  decay: 0,
});

/** Ten classes, pictures of 32×32. */
const small = { input: '32x32x3', classes: 10, batch: 4, optimizer: adam(1e-3), most: 30 } as const;

/** Without batch normalisation: pixels as these were trained on, far from 0, and smaller steps. */
const plain = { classes: 10, batch: 2, optimizer: adam(3e-4), contrast: 60, most: 80 } as const;

/** All examples; `input` and `classes` are what was made smaller than in the file. */
const tasks: readonly Task[] = [
  {
    file: 'convolution.cnn',
    model: 'Convolution',
    input: '20x20x3',
    batch: 4,
    optimizer: adam(3e-3),
    most: 60,
  },
  { file: 'lenet5.cnn', model: 'LeNet5', batch: 4, optimizer: adam(3e-3), most: 60 },
  { file: 'mnist.cnn', model: 'Mnist', batch: 2, optimizer: adam(1e-3), most: 80 },
  { ...small, file: 'resnet.cnn', model: 'ResNet18' },
  { ...small, file: 'resnet.cnn', model: 'ResNet34' },
  { ...small, file: 'resnet.cnn', model: 'ResNet50' },
  { ...small, file: 'resnet.cnn', model: 'ResNet101' },
  { ...small, file: 'resnet.cnn', model: 'ResNet152' },
  { ...small, file: 'resnet_torchvision.cnn', model: 'ResNet18Torchvision' },
  { ...small, file: 'resnet_torchvision.cnn', model: 'ResNet50Torchvision' },
  { ...small, file: 'resnet34.cnn', model: 'ResNet34' },
  { ...small, file: 'resnet34_keras.cnn', model: 'ResNet34Keras' },
  { ...small, file: 'resnet50_keras.cnn', model: 'ResNet50Keras' },
  { ...small, file: 'se_resnet50.cnn', model: 'SEResNet50' },
  { ...small, file: 'xception.cnn', model: 'Xception', input: '71x71x3' },
  { ...small, file: 'inception_v4.cnn', model: 'InceptionV4', input: '91x91x3' },
  { ...plain, file: 'alexnet.cnn', model: 'AlexNet', input: '67x67x3', optimizer: adam(1e-4) },
  {
    ...plain,
    file: 'alexnet_torchvision.cnn',
    model: 'AlexNetTorchvision',
    input: '64x64x3',
    optimizer: adam(1e-4),
  },
  { ...plain, file: 'googlenet.cnn', model: 'GoogLeNet', input: '80x80x3' },
  { ...plain, file: 'se_googlenet.cnn', model: 'SEGoogLeNet', input: '64x64x3' },
  {
    ...plain,
    file: 'vgg.cnn',
    model: 'VGG16',
    input: '32x32x3',
    optimizer: adam(1e-4),
    clip: 1,
    contrast: 120,
  },
  {
    ...plain,
    file: 'vgg.cnn',
    model: 'VGG19',
    input: '32x32x3',
    optimizer: adam(1e-4),
    clip: 1,
    contrast: 120,
  },
];

beforeAll(() => open('wasm'));

describe('every example learns a batch by heart, to a loss below 0.01', () => {
  it.each(tasks)('$model of $file', (task) => {
    const losses = overfit(task, 0.01);
    expect(losses.at(-1), losses.map((loss) => loss.toPrecision(3)).join(' ')).toBeLessThan(0.01);
  });

  it('and none is left out', () => {
    const files = readdirSync(join(import.meta.dirname, '../../examples')).filter((name) =>
      name.endsWith('.cnn'),
    );
    expect([...new Set(tasks.map(({ file }) => file))].sort()).toEqual(files.sort());
  });
});
