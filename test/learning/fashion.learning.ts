import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { compile } from '../../src/compiler/compile.js';
import { makeSource } from '../../src/diagnostics/source.js';
import { defaultTraining, firstExamples, loadDataSet, train } from '../../src/runtime/index.js';
import { open } from '../runtime/engines.js';

const root = join(import.meta.dirname, '../..');

beforeAll(() => open('wasm'));

it('ResNet-18 learns a batch of Fashion-MNIST by heart, as `--input 28x28x1 --set classes=10` asks for it', async () => {
  const text = readFileSync(join(root, 'examples/resnet.cnn'), 'utf8');
  const asked = { models: ['ResNet18'], input: '28x28x1', set: new Map([['classes', '10']]) };
  const graph = compile(makeSource('resnet.cnn', text), asked).models[0]?.graph;
  if (graph === undefined) throw new Error('ResNet-18 was not compiled');
  const shape = { height: 28, width: 28, channels: 1 } as const;
  const loaded = loadDataSet(join(root, '.cache/fashion-mnist'), { shape, fit: undefined });
  if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
  expect(loaded.value.training.count).toBe(60_000);
  const batch = 16;
  const data = { ...loaded.value, training: firstExamples(loaded.value.training, batch) };
  const controller = new AbortController();
  const losses: number[] = [];
  const result = await train({
    graph,
    settings: { ...defaultTraining('ResNet18'), batch, epochs: 60 },
    data,
    seed: 1,
    tests: false,
    signal: controller.signal,
    onEpoch: ({ loss }) => {
      losses.push(loss);
      if (loss < 0.01) controller.abort();
    },
  });
  expect(result.ok).toBe(true);
  expect(losses.at(-1)).toBeLessThan(0.01);
});
