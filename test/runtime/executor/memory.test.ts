import { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { backend, ones, zeros } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { memoryProblem, predictedBytes } from '../../../src/runtime/executor/memory.js';
import { planExecution } from '../../../src/runtime/executor/plan.js';
import { run } from '../../../src/runtime/executor/run.js';
import { lossAndGradients } from '../../../src/runtime/executor/training-step.js';
import type { ExecutionPlan, TrainingFeed } from '../../../src/runtime/executor/types.js';
import { open } from '../engines.js';
import { modelOf } from '../models.js';

const nets = [
  'input 24x24x8; repeat 4 { conv 8 3x3 dilation=2 same -> conv 8 3x3 groups=4 same }; gap; dense 4 softmax',
  'input 32x32x3; repeat 3 { conv 16 3x3 same -> bn -> relu -> pool max 3x3/1 same }; gap; dense 10 softmax',
  'input 24x24x4; repeat 2 { add { | identity | dwconv 3x3 same -> layernorm -> conv 8 1x1 gelu -> conv 4 1x1 } }; flatten; dense 5 softmax',
  'input 16x16x8; conv 8 3x3 dilation=2 groups=2 same mish; lrn; pool avg 3x3/2 same; dropout 50%; upsample 2; flatten; dense 4 softmax',
];

describe('the memory that is predicted', () => {
  beforeAll(() => open('wasm'));

  it.each(nets)('is at least what is taken, and not many times as much: %s', (text) => {
    const plan = planExecution(modelOf(`model M { ${text} }`).graph);
    const feed = feedOf(plan, 4);
    const own = [...feed.inputs.values()].reduce((sum, { size }) => sum + 4 * size, 0);
    const held = [...feed.weights.values()].reduce((sum, { size }) => sum + 4 * size, 0);
    const inference = peakOf(() => run(plan, feed)) + own + held;
    const training = peakOf(() => lossAndGradients(plan, feed).gradients) + own + held;
    const predicted = predictedBytes(plan, 4) ?? { inference: 0, training: 0 };
    expect(predicted.inference).toBeGreaterThanOrEqual(inference);
    expect(predicted.inference).toBeLessThan(4 * inference);
    expect(predicted.training).toBeGreaterThanOrEqual(training);
    expect(predicted.training).toBeLessThan(4 * training);
  });

  it('is unknown where the images decide it', () => {
    expect(predictedBytes(planExecution(modelOf('model M { input ?x?x3; relu }').graph), 1)).toBeUndefined();
  });

  it('beyond the limit is a problem that says both', () => {
    expect(memoryProblem(3 * 2 ** 30)?.message).toBe(
      'this would take up to 3.00 GiB of memory, but the limit is 2.00 GiB',
    );
    expect(memoryProblem(2 ** 31)).toBeUndefined();
    expect(memoryProblem(2 ** 20, 2 ** 19)?.code).toBe('memory-limit');
  });
});

function feedOf(plan: ExecutionPlan, batch: number): TrainingFeed {
  const [input] = plan.graph.nodes;
  const shape = [batch, ...(input?.shape.map(Number) ?? [])];
  return {
    inputs: new Map([['input', ones(shape)]]),
    weights: new Map(plan.weights.map(({ name, shape: sizes }) => [name, ones([...sizes])])),
    targets: new Map([['output', zeros([batch], 'int32')]]),
    losses: new Map([['output', { kind: 'crossentropy', smoothing: 0 }]]),
    seed: 1,
    step: 1,
  };
}

/** The most bytes that WebAssembly's memory holds at once for tensors, beyond what was there before. */
function peakOf(compute: () => ReadonlyMap<string, { dispose(): void }>): number {
  const wasm = backend();
  if (!(wasm instanceof BackendWasm)) throw new Error('not on WebAssembly');
  const held = new Map<object, number>();
  let [now, peak] = [0, 0];
  const move = wasm.move.bind(wasm);
  vi.spyOn(wasm, 'move').mockImplementation((...given) => {
    const [id, , shape] = given;
    const bytes = 4 * shape.reduce((product, size) => product * size, 1);
    held.set(id, bytes);
    now += bytes;
    peak = Math.max(peak, now);
    move(...given);
  });
  const disposeData = wasm.disposeData.bind(wasm);
  vi.spyOn(wasm, 'disposeData').mockImplementation((id, force) => {
    const isFreed = disposeData(id, force);
    if (isFreed) {
      now -= held.get(id) ?? 0;
      held.delete(id);
    }
    return isFreed;
  });
  for (const each of compute().values()) each.dispose();
  vi.restoreAllMocks();
  return peak;
}
