import { describe, expect, it } from 'vitest';
import { figuresOf, tallyOfNode, tallyOfScope, totalOf } from '../../src/compiler/analyse/figures.js';
import type { Scope } from '../../src/compiler/ir/graph.js';
import { toDigits } from '../../src/compiler/values/exact.js';
import { size, word } from '../ops/layer.js';
import { lenet } from './lenet.js';
import { net } from './net.js';

describe('figures', () => {
  it('counts LeNet-5 to the unit', () => {
    const total = totalOf(figuresOf(lenet()));
    expect(total.params).toBe(61_706);
    expect(total.trainable).toBe(61_706);
    expect(total.nonTrainable).toBe(0);
    expect(total.macs).toBe(416_520);
    expect(total.weightBytes).toBe(4 * 61_706);
  });

  it('counts flops as two for each multiply-accumulate, and the elementwise work once', () => {
    const small = net();
    const image = small.input(4, 4, 1);
    const conv = small.add('conv', { filters: 2, kernel: size(1, 1) }, [image]);
    const relu = small.add('relu', {}, [conv], { inline: true });
    const figures = figuresOf(small.graph(relu));
    // 16 places of 2 channels: a multiply-accumulate and a bias each, then a comparison each.
    expect(tallyOfNode(figures, conv).flops).toBe(2 * 32 + 32);
    expect(tallyOfNode(figures, relu).flops).toBe(32);
    expect(totalOf(figures).flops).toBe(2 * 32 + 32 + 32);
  });

  it('gives an activation in the line of a layer no output of its own', () => {
    const small = net();
    const image = small.input(4, 4, 1);
    const conv = small.add('conv', { filters: 2, kernel: size(1, 1) }, [image]);
    const inline = small.add('relu', {}, [conv], { inline: true });
    const apart = small.add('relu', {}, [inline]);
    const figures = figuresOf(small.graph(apart));
    expect(tallyOfNode(figures, conv).activationBytes).toBe(4 * 32);
    expect(tallyOfNode(figures, inline).activationBytes).toBe(0);
    expect(tallyOfNode(figures, apart).activationBytes).toBe(4 * 32);
  });

  it('tells the moving statistics of batch norm from what is trained', () => {
    const small = net();
    const bn = small.add('bn', {}, [small.input(4, 4, 3)]);
    const { params, trainable, nonTrainable } = totalOf(figuresOf(small.graph(bn)));
    expect([params, trainable, nonTrainable]).toEqual([12, 6, 6]);
  });

  it('sums a block to what its layers come to', () => {
    const small = net();
    const image = small.input(8, 8, 4);
    const unit = small.block('unit1', 'unit<8>', () => {
      const first = small.add('conv', { filters: 8, kernel: size(3, 3) }, [image]);
      return small.add('conv', { filters: 8, kernel: size(3, 3) }, [first]);
    });
    const last = small.add('conv', { filters: 2, kernel: size(1, 1) }, [unit]);
    const graph = small.graph(last);
    const figures = figuresOf(graph);
    const [model, block] = graph.scopes;
    expect(tallyOfScope(figures, scope(block)).params).toBe(3 * 3 * 4 * 8 + 8 + (3 * 3 * 8 * 8 + 8));
    expect(tallyOfScope(figures, scope(block)).macs).toBe(6 * 6 * 3 * 3 * 4 * 8 + 4 * 4 * 3 * 3 * 8 * 8);
    expect(tallyOfScope(figures, scope(model))).toEqual(totalOf(figures));
  });

  it('counts shared weights once, and their work at every use', () => {
    const small = net();
    const image = small.input(8, 8, 4);
    const given = { filters: 4, kernel: size(3, 3), pad: word('same') };
    const first = small.add('conv', given, [image]);
    const second = small.add('conv', given, [first], { sharesWith: first.id });
    const total = totalOf(figuresOf(small.graph(second)));
    expect(total.params).toBe(3 * 3 * 4 * 4 + 4);
    expect(total.macs).toBe(2 * 8 * 8 * 3 * 3 * 4 * 4);
  });

  it('counts what exists in training only where it is asked for', () => {
    const { graph } = auxiliary();
    expect(totalOf(figuresOf(graph)).params).toBe(4 * 2 + 2);
    expect(totalOf(figuresOf(graph, { training: true })).params).toBe(4 * 2 + 2 + 4 * 3 + 3);
  });

  it('counts weights at inference whose owner exists in training only', () => {
    const small = net();
    const image = small.input(4);
    const owner = small.add('dense', { units: 4 }, [image]);
    const user = small.add('dense', { units: 4 }, [image], { sharesWith: owner.id });
    const graph = small.graph({ name: 'aux', node: owner.id, training: true, weight: 1 }, user);
    expect(totalOf(figuresOf(graph)).params).toBe(20);
    expect(totalOf(figuresOf(graph, { training: true })).params).toBe(20);
  });

  it('stays exact beyond 2^53', () => {
    const small = net();
    const wide = small.add('dense', { units: 94_906_267 }, [small.input(94_906_267)]);
    const { macs, params } = totalOf(figuresOf(small.graph(wide)));
    expect(toDigits(macs)).toBe('9007199515875289');
    expect(toDigits(params)).toBe('9007199610781556');
  });

  it('carries open sizes', () => {
    const small = net();
    const conv = small.add('conv', { filters: 2, kernel: size(1, 1), pad: word('same') }, [
      small.input('?', '?', 3),
    ]);
    const { params, macs } = totalOf(figuresOf(small.graph(conv)));
    expect(params).toBe(8);
    expect(toDigits(macs)).toBe('h*w*6');
  });

  function auxiliary(): { readonly graph: ReturnType<typeof lenet> } {
    const small = net();
    const image = small.input(4);
    const aux = small.add('dense', { units: 3 }, [image]);
    const main = small.add('dense', { units: 2 }, [image]);
    return { graph: small.graph({ name: 'aux', node: aux.id, training: true, weight: 0.3 }, main) };
  }
});

function scope(found: Scope | undefined): Scope {
  if (found === undefined) throw new Error('the graph has no such block');
  return found;
}
