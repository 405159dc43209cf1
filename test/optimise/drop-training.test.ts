import { describe, expect, it } from 'vitest';
import type { Output } from '../../src/compiler/ir/graph.js';
import { printGraph } from '../../src/compiler/ir/print.js';
import { passOf } from '../../src/compiler/optimise/rewrite.js';
import { dropTraining } from '../../src/compiler/optimise/rewrites/drop-training.js';
import { net } from '../analyse/net.js';
import { modelOf, rewrite } from './rewriting.js';

describe('what exists in training only', () => {
  it('leaves, with every layer that only it needs', () => {
    const made = net();
    const shared = made.add('conv', { filters: 4, kernel: 3 }, [made.input(6, 6, 2)]);
    const aside = made.add('dense', { units: 3 }, [made.add('gap', {}, [shared])]);
    const last = made.add('gmp', {}, [shared]);
    const auxiliary: Output = { name: 'aux', node: aside.id, training: true, weight: 0.3 };
    const { count, model } = rewrite(dropTraining, modelOf(made.graph(auxiliary, last)));
    expect(count).toBe(1);
    expect(printGraph(model.graph)).toMatchInlineSnapshot(`
      "graph Net
      input1 = input shape=[6, 6, 2] : 6×6×2
      conv1 = conv filters=4 kernel=3 (input1) : 4×4×4
      gmp1 = gmp (conv1) : 4
      output gmp1 = gmp1
      "
    `);
    expect([...model.weights.keys()]).toEqual(['conv1.kernel', 'conv1.bias']);
  });

  it('hands weights that are still needed to who shares them', () => {
    const made = net();
    const input = made.input(3);
    const aside = made.add('dense', { units: 3 }, [input]);
    const last = made.add('dense', { units: 3 }, [input], { sharesWith: aside.id });
    const auxiliary: Output = { name: 'aux', node: aside.id, training: true, weight: 1 };
    const { model } = rewrite(dropTraining, modelOf(made.graph(auxiliary, last)));
    expect(model.graph.nodes.map(({ sharesWith }) => sharesWith)).toEqual([undefined, undefined]);
    expect([...model.weights.keys()]).toEqual(['dense2.kernel', 'dense2.bias']);
  });

  it('changes nothing where there is nothing of it', () => {
    const made = net();
    const model = modelOf(made.graph(made.add('relu', {}, [made.input(3)])));
    expect(rewrite(dropTraining, model)).toEqual({ model, count: 0, refusals: [] });
  });

  it('stays where nothing would be left', () => {
    const made = net();
    const only: Output = { name: 'aux', node: made.input(3).id, training: true, weight: 1 };
    const { count, refusals } = passOf(dropTraining).apply(modelOf(made.graph(only)));
    expect(count).toBe(0);
    expect(refusals).toEqual([{ path: 'input1', why: 'every output exists in training only' }]);
  });
});
