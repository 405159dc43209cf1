import { describe, expect, it } from 'vitest';
import { figuresOf, totalOf } from '../../src/compiler/analyse/figures.js';
import { inferencePeak, type MemoryRules } from '../../src/compiler/analyse/memory.js';
import type { Node } from '../../src/compiler/ir/graph.js';
import { toDigits } from '../../src/compiler/values/exact.js';
import { size, word } from '../ops/layer.js';
import { net, type Net } from './net.js';
import { resnet18, resnet50 } from './resnet.js';

describe('the peak of an inference', () => {
  it('holds a tensor until its last reader has run', () => {
    const model = net();
    const image = model.input(8, 8, 1);
    const wide = conv(model, image, 4);
    const narrow = conv(model, wide, 1);
    const sum = model.add('add', {}, [narrow, image]);
    const peak = inferencePeak(model.graph(sum));
    expect(peak.bytes).toBe(256 + 4 * 256 + 256);
    expect(peak.at?.path).toBe('conv2');
    expect(peak.alive.map(({ node, neededBy }) => [node.path, pathOf(neededBy)])).toEqual([
      ['conv1', 'conv2'],
      ['input1', 'add1'],
      ['conv2', 'add1'],
    ]);
  });

  it('says which tensor is an output', () => {
    const model = net();
    const peak = inferencePeak(model.graph(conv(model, model.input(8, 8, 1), 4)));
    expect(peak.alive.map(({ node, neededBy }) => [node.path, pathOf(neededBy)])).toEqual([
      ['conv1', 'output'],
      ['input1', 'conv1'],
    ]);
  });

  it('lets an elementwise layer overwrite what nothing else reads, and nothing else', () => {
    const alone = net();
    const first = conv(alone, alone.input(8, 8, 1), 4);
    expect(inferencePeak(alone.graph(alone.add('relu', {}, [first]))).bytes).toBe(256 + 1024);

    const shared = net();
    const both = conv(shared, shared.input(8, 8, 1), 4);
    const relu = shared.add('relu', {}, [both]);
    expect(inferencePeak(shared.graph(shared.add('add', {}, [relu, both]))).bytes).toBe(2 * 1024);
  });

  it('never overwrites an output', () => {
    const model = net();
    const first = conv(model, model.input(8, 8, 1), 4);
    const relu = model.add('relu', {}, [first]);
    expect(inferencePeak(model.graph(first, relu)).bytes).toBe(2 * 1024);
  });

  it('never overwrites what a view of it still shows', () => {
    const model = net();
    const first = conv(model, model.input(8, 8, 1), 4);
    const flat = model.add('flatten', {}, [first]);
    const relu = model.add('relu', {}, [first]);
    const back = model.add('flatten', {}, [relu]);
    expect(inferencePeak(model.graph(model.add('add', {}, [flat, back]))).bytes).toBe(2 * 1024);
  });

  it('takes no memory for a view', () => {
    const model = net();
    const flat = model.add('flatten', {}, [model.input(8, 8, 1)]);
    expect(inferencePeak(model.graph(flat)).bytes).toBe(256);
  });

  it('leaves out what exists in training only', () => {
    const model = net();
    const image = model.input(8, 8, 1);
    const aux = conv(model, image, 64);
    const main = conv(model, image, 1);
    const graph = model.graph({ name: 'aux', node: aux.id, training: true, weight: 1 }, main);
    expect(inferencePeak(graph).bytes).toBe(512);
  });

  it('turns each rule off by itself', () => {
    const model = net();
    const bn = model.add('bn', {}, [conv(model, model.input(8, 8, 1), 4)]);
    const relu = model.add('relu', {}, [bn]);
    const graph = model.graph(conv(model, relu, 1));
    const without = (rule: Partial<MemoryRules>): unknown => inferencePeak(graph, { rules: rule }).bytes;
    expect(inferencePeak(graph).bytes).toBe(1024 + 256);
    expect(without({ foldBatchNorm: false })).toBe(1024 + 1024);
    expect(without({ elementwiseInPlace: false })).toBe(1024 + 1024);
    expect(without({ freeAfterLastUse: false })).toBe(256 + 1024 + 256);
  });

  it('says nothing of what is alive where open sizes decide where the peak is', () => {
    const model = net();
    const image = model.input('?', '?', 3);
    const conv1 = model.add('conv', { filters: 4, kernel: 1 }, [image]);
    const pooled = model.add('gap', {}, [conv1]);
    const wide = model.add('dense', { units: 100 }, [pooled]);
    const peak = inferencePeak(model.graph(model.add('dense', { units: 1000 }, [wide])));
    expect(toDigits(peak.bytes)).toBe('max(h*w*16 + 16, h*w*28, 4400)');
    expect(peak.at).toBeUndefined();
    expect(peak.alive).toEqual([]);
  });

  it('comes to 7,225,344 bytes of activations for ResNet-50', () => {
    expect(inferencePeak(resnet50()).bytes).toBe(7_225_344);
  });

  it('comes to 53,219,136 bytes for ResNet-18 with weights, statistics and counters, batch norm not folded', () => {
    const graph = resnet18();
    const peak = inferencePeak(graph, { rules: { foldBatchNorm: false } });
    // PyTorch stores an 8-byte counter of batches beside the statistics of each of the 20 batch norms.
    const counters = 20 * 8;
    expect([peak.bytes, totalOf(figuresOf(graph)).weightBytes]).toEqual([6_422_528, 46_796_448]);
    expect(6_422_528 + 46_796_448 + counters).toBe(53_219_136);
  });
});

function conv(model: Net, from: Node, filters: number): Node {
  return model.add('conv', { filters, kernel: size(1, 1), pad: word('same') }, [from]);
}

function pathOf(reader: Node | 'output'): string {
  return reader === 'output' ? reader : reader.path;
}
