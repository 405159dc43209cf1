import { engine, memory, ones, profile, scalar, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { opNames } from '../../../src/compiler/ops/registry.js';
import { planExecution } from '../../../src/runtime/executor/plan.js';
import { run } from '../../../src/runtime/executor/run.js';
import type { ExecutionPlan, Tensors } from '../../../src/runtime/executor/types.js';
import { enginesUnderTest, open } from '../engines.js';
import { modelOf } from '../models.js';
import { handCases } from './hand.js';

it('has each layer worked out by hand', () => {
  const kinds = handCases.flatMap(({ line, shape }) =>
    planOf(shape, line).graph.nodes.map(({ kind }) => kind),
  );
  // What does nothing leaves no node.
  expect(new Set([...kinds, 'identity'])).toEqual(new Set(opNames));
});

describe.each(enginesUnderTest)('running on %s', (name) => {
  beforeAll(() => open(name));

  it.each(handCases)('computes `$line` on $input', ({ line, shape, input, weights = {}, output }) => {
    const before = memory().numTensors;
    const plan = planOf(shape, line);
    const values = plan.weights.map(({ name: path, shape: sizes, spec }): [string, Tensor] => [
      path,
      tensor([...(weights[spec.name] ?? [])], [...sizes], 'float32'),
    ]);
    const inputs = new Map([['input', tensor([...input], [1, ...shape], 'float32')]]);
    const outputs = run(plan, { inputs, weights: new Map(values) });
    const [given] = [...outputs.values()].map((each) => [...each.dataSync<'float32'>()]);
    expect(given).toHaveLength(output.length);
    output.forEach((value, place) => {
      expect(given?.[place]).toBeCloseTo(value, 5);
    });
    disposeAll(inputs, new Map(values), outputs);
    expect(memory().numTensors).toBe(before);
  });

  it('holds no more tensors than are still to be read', async () => {
    const size = 64 * 64 * 4;
    const plan = planOf([64, 64, 4], 'repeat 12 { add { | relu -> tanh | sigmoid } -> pool max 3x3/1 same }');
    const inputs = new Map([['input', ones([1, 64, 64, 4])]]);
    const before = engine().state.numBytes;
    const { kernels } = await profile(() => {
      for (const output of run(plan, { inputs, weights: new Map() }).values()) output.dispose();
      return scalar(0);
    });
    const peak = Math.max(...kernels.map(({ totalBytesSnapshot }) => totalBytesSnapshot)) - before;
    // The block's input, what one branch gave, and the other branch's input and output.
    expect(peak).toBeLessThan(4.1 * size * 4);
    disposeAll(inputs);
  });

  it('gives every output by its name', () => {
    const plan = planOf([2], 'relu as kept -> output positive; from kept { scale init=2 -> output doubled }');
    const inputs = new Map([['input', tensor([[-1, 3]])]]);
    const weights = new Map([['scale1.factor', tensor([2, 2])]]);
    const outputs = run(plan, { inputs, weights });
    expect([...outputs].map(([path, value]) => [path, [...value.dataSync<'float32'>()]])).toEqual([
      ['positive', [0, 3]],
      ['doubled', [0, 6]],
    ]);
    disposeAll(inputs, weights, outputs);
  });

  it('takes sizes that were left open from the images', () => {
    const plan = planExecution(
      modelOf('model M { input ?x?x1; pool max 2x2; upsample 2; crop 1; flatten }').graph,
    );
    for (const [height, width] of [
      [4, 6],
      [5, 9],
    ] as const) {
      const inputs = new Map([['input', ones([2, height, width, 1])]]);
      const outputs = run(plan, { inputs, weights: new Map() });
      const cells = (Math.floor(height / 2) * 2 - 2) * (Math.floor(width / 2) * 2 - 2);
      expect([...outputs.values()].map(({ shape }) => shape)).toEqual([[2, cells]]);
      disposeAll(inputs, outputs);
    }
  });

  it('leaves nothing over where a weight is missing in the middle, and names it', () => {
    const plan = planOf([4, 4, 2], 'relu; tanh; conv 3 1x1; gap');
    const inputs = new Map([['input', ones([1, 4, 4, 2])]]);
    const before = memory().numTensors;
    expect(() => run(plan, { inputs, weights: new Map() })).toThrow(
      '`conv1.kernel` is not among the weights',
    );
    expect(memory().numTensors).toBe(before);
    disposeAll(inputs);
  });

  it.each([
    { given: [1, 4, 5, 2], text: '[1, 4, 5, 2]' },
    { given: [4, 4, 2], text: '[4, 4, 2]' },
  ])('refuses an image of the shape $text', ({ given, text }) => {
    const inputs = new Map([['input', ones(given)]]);
    expect(() => run(planOf([4, 4, 2], 'relu'), { inputs, weights: new Map() })).toThrow(
      `the input \`input\` takes 4×4×2 behind the batch, but was given ${text}`,
    );
    disposeAll(inputs);
  });

  it('refuses to run without an input, and names it', () => {
    expect(() => run(planOf([4], 'relu'), { inputs: new Map(), weights: new Map() })).toThrow(
      '`input` is not among the inputs',
    );
  });
});

function planOf(shape: readonly number[], layers: string): ExecutionPlan {
  const sizes = shape.length === 1 ? `[${String(shape[0])}]` : shape.join('x');
  return planExecution(modelOf(`model M { input ${sizes}; ${layers} }`).graph);
}

function disposeAll(...maps: readonly Tensors[]): void {
  for (const tensors of maps) for (const each of tensors.values()) each.dispose();
}
