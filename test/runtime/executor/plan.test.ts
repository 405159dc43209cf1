import { describe, expect, it } from 'vitest';
import { nodeAt } from '../../../src/compiler/ir/graph.js';
import { planExecution } from '../../../src/runtime/executor/plan.js';
import type { ExecutionPlan, PlannedStep } from '../../../src/runtime/executor/types.js';
import { modelOf } from '../models.js';

const withHead = `model M {
  input 4x4x2
  conv 2 1x1 as first
  from first { gap -> dense 3 softmax -> output side weight=0.3 training }
  gap -> dense 5 softmax
}`;

describe('a plan', () => {
  it('ends each tensor after its last reader, and never an output', () => {
    const plan = planOf(
      `model M { input 4x4x2; conv 2 1x1; add { | relu | conv 2 1x1 -> conv 2 1x1 }; gap }`,
    );
    expect(endings(plan, plan.inference)).toEqual([
      'input: ',
      'conv1: input',
      'relu1: ',
      'conv2: conv1',
      'conv3: conv2',
      'add1: relu1 conv3',
      'gap1: add1',
    ]);
  });

  it('leaves out at inference what exists in training only', () => {
    const plan = planOf(withHead);
    const paths = (steps: readonly PlannedStep[]): readonly string[] =>
      steps.map(({ node }) => nodeAt(plan.graph, node).path);
    const only = paths(plan.training).filter((path) => !paths(plan.inference).includes(path));
    expect(only).toEqual(['gap1', 'dense1', 'dense1.softmax']);
    expect(plan.weights.map(({ name }) => name)).toContain('dense1.kernel');
  });

  it('of some outputs leaves out what only the others need', () => {
    const { graph } = modelOf(withHead);
    const plan = planExecution(graph, ['side']);
    expect(plan.inference).toEqual([]);
    expect(plan.weights.map(({ name }) => name)).toEqual([
      'first.kernel',
      'first.bias',
      'dense1.kernel',
      'dense1.bias',
    ]);
  });

  it('refuses an output that the model has not', () => {
    const { graph } = modelOf(withHead);
    expect(() => planExecution(graph, ['sides'])).toThrow('the model has no output `sides`');
  });

  it('holds the logits for losses, but not at inference', () => {
    const plan = planOf('model M { input 4; dense 3 softmax }');
    const ended = (steps: readonly PlannedStep[]): readonly string[] => endings(plan, steps);
    expect(ended(plan.inference)).toEqual(['input: ', 'dense1: input', 'dense1.softmax: dense1']);
    expect(ended(plan.training)).toEqual(['input: ', 'dense1: input', 'dense1.softmax: ']);
    expect(ended(plan.evaluation)).toEqual(['input: ', 'dense1: input', 'dense1.softmax: ']);
  });

  it('lists weights that are shared once, under the name of their owner', () => {
    const plan = planOf(`model M {
      input left 4x4x1
      input right 4x4x1
      share eye { conv 2 3x3 }
      from left { eye<> as one }
      from right { eye<> as other }
      from one { concat other -> gap -> output both }
    }`);
    expect(plan.weights.map(({ name }) => name)).toHaveLength(2);
    const used = plan.training.flatMap(({ weights }) => weights);
    expect(used).toHaveLength(4);
    expect(new Set(used).size).toBe(2);
  });

  it('is linear: 20,000 layers take no longer than a moment', () => {
    const plan = planOf('model M { input 4; repeat 20_000 { relu } }');
    expect(plan.inference).toHaveLength(20_001);
  });
});

function planOf(text: string): ExecutionPlan {
  return planExecution(modelOf(text).graph);
}

/** The steps by their paths, and what ends with each. */
function endings({ graph }: ExecutionPlan, steps: readonly PlannedStep[]): readonly string[] {
  const pathOf = (id: number): string => nodeAt(graph, id).path;
  return steps.map(({ node, lastReads }) => `${pathOf(node)}: ${lastReads.map(pathOf).join(' ')}`);
}
