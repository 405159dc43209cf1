import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { figuresOf, totalOf } from '../../src/compiler/analyse/figures.js';
import { inferencePeak } from '../../src/compiler/analyse/memory.js';
import { receptiveFieldsOf } from '../../src/compiler/analyse/receptive-field.js';
import { compile } from '../../src/compiler/compile.js';
import type { Graph } from '../../src/compiler/ir/graph.js';
import { add } from '../../src/compiler/values/exact.js';
import { makeSource } from '../../src/diagnostics/source.js';

describe('known figures of the examples', () => {
  it('finds the peak of torchvision’s AlexNet with its weights: 245,779,872 bytes', () => {
    const graph = example('alexnet_torchvision.cnn');
    expect(add(inferencePeak(graph).bytes, totalOf(figuresOf(graph)).weightBytes)).toBe(245_779_872);
  });

  it('finds the peak of ResNet-50’s activations: 7,225,344 bytes', () => {
    expect(inferencePeak(example('resnet.cnn', 'ResNet50')).bytes).toBe(7_225_344);
  });

  // Araujo et al. 2019, table 1.
  it.each([
    ['vgg.cnn', 'VGG16', 212, 32],
    ['alexnet_torchvision.cnn', undefined, 195, 32],
  ])('finds the receptive field of %s %s: %d, stride %d', (file, model, size, stride) => {
    const { ofModel } = receptiveFieldsOf(example(file, model));
    expect(ofModel).toMatchObject({ size: [size, size], stride: [stride, stride] });
  });
});

function example(file: string, model?: string): Graph {
  const text = readFileSync(new URL(`../../examples/${file}`, import.meta.url), 'utf8');
  const { models } = compile(makeSource(file, text), model === undefined ? {} : { models: [model] });
  const graph = models[0]?.graph;
  if (graph === undefined) throw new Error(`${file} has no such model`);
  return graph;
}
