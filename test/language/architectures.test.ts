import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { figuresOf, totalOf } from '../../src/compiler/analyse/figures.js';
import { verifyGraph } from '../../src/compiler/ir/verify.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { parse } from '../../src/parser/parse.js';
import { print } from '../../src/parser/print.js';
import { graphOf, shapeAt } from '../compiler/net.js';

// Nets that are odd in one way or another need no layer of their own. The counts are those of torchvision's models.

describe.each([
  ['mobilenet_v2', 3_504_872],
  ['squeezenet1_1', 1_235_496],
  ['densenet121', 7_978_856],
  ['shufflenet_v2', 2_278_604],
  ['efficientnet_b0', 5_288_548],
  ['regnet_y_400mf', 4_344_144],
  ['convnext_tiny', 28_589_128],
])('%s', (name, trainable) => {
  const text = readFileSync(join(import.meta.dirname, 'architectures', `${name}.cnn`), 'utf8');

  it('is written in the language, with the published number of parameters', () => {
    const graph = graphOf(text);
    expect(verifyGraph(graph)).toEqual([]);
    expect(shapeAt(graph)).toBe('1000');
    expect(totalOf(figuresOf(graph)).trainable).toBe(trainable);
  });

  it('means the same in its canonical form', () => {
    const printed = print(parse(makeSource(name, text)).tree);
    expect(totalOf(figuresOf(graphOf(printed))).trainable).toBe(trainable);
    expect(print(parse(makeSource(name, printed)).tree)).toBe(printed);
  });
});
