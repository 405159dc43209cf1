import { describe, expect, it } from 'vitest';
import type { Output } from '../../src/compiler/ir/graph.js';
import { verifyGraph } from '../../src/compiler/ir/verify.js';
import { foldingPasses, inferencePasses, optimise } from '../../src/compiler/optimise/pipeline.js';
import { net } from '../analyse/net.js';
import { expectTheSame, modelOf } from './rewriting.js';

describe('the passes of inference', () => {
  it('open the way for one another', () => {
    const made = net();
    const conv = made.add('conv', { filters: 3, kernel: 3, bias: false }, [made.input(6, 6, 2)]);
    const auxiliary: Output = {
      name: 'aux',
      node: made.add('gap', {}, [conv]).id,
      training: true,
      weight: 1,
    };
    const dropped = made.add('dropout', { rate: 0.2 }, [conv]);
    const twice = made.add('bn', {}, [made.add('bn', {}, [dropped])]);
    const model = modelOf(made.graph(auxiliary, twice));
    const optimised = optimise(model, [...inferencePasses, ...foldingPasses]);
    expect([...optimised.counts]).toEqual([
      ['drop-training', 1],
      ['drop-identities', 1],
      ['fold-batch-norm', 2],
    ]);
    expect(optimised.refusals).toEqual([]);
    expect(optimised.model.graph.nodes.map(({ path }) => path)).toEqual(['input1', 'conv1']);
    expect(verifyGraph(optimised.model.graph)).toEqual([]);
    expectTheSame(optimised.model, model);
  });

  it('need no values of weights before any are folded', () => {
    const made = net();
    const graph = made.graph(made.add('dropout', { rate: 0.2 }, [made.add('bn', {}, [made.input(3)])]));
    const { model } = optimise({ graph, weights: new Map() }, inferencePasses);
    expect(model.graph.nodes.map(({ kind }) => kind)).toEqual(['input', 'bn']);
    expect(model.weights.size).toBe(0);
  });
});
