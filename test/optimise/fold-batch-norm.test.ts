import { describe, expect, it } from 'vitest';
import { printGraph } from '../../src/compiler/ir/print.js';
import type { OpKind } from '../../src/compiler/ops/registry.js';
import { foldBatchNorm } from '../../src/compiler/optimise/rewrites/fold-batch-norm.js';
import { net } from '../analyse/net.js';
import { word, type Given } from '../ops/layer.js';
import { modelOf, rewrite } from './rewriting.js';

const layers: readonly (readonly [OpKind, Given])[] = [
  ['conv', { filters: 6, kernel: 3, bias: false }],
  ['conv', { filters: 6, kernel: 3, groups: 2, pad: word('same') }],
  ['dwconv', { kernel: 3, multiplier: 2, bias: false }],
  ['deconv', { filters: 3, kernel: 3, stride: 2 }],
  ['dense', { units: 5 }],
];

describe('batch normalisation', () => {
  it.each(layers)('is folded into the kernel and the bias of `%s` %o', (kind, given) => {
    for (const norm of [{}, { scale: false }, { center: false }]) {
      const made = net();
      const layer = made.add(kind, given, [made.input(7, 6, 4)]);
      const model = modelOf(made.graph(made.add('relu', {}, [made.add('bn', norm, [layer])])));
      const { count, refusals, model: after } = rewrite(foldBatchNorm, model);
      expect(count).toBe(1);
      expect(refusals).toEqual([]);
      expect(after.graph.nodes.map((node) => node.kind)).toEqual(['input', kind, 'relu']);
      expect([...after.weights.keys()]).toEqual([`${kind}1.kernel`, `${kind}1.bias`]);
    }
  });

  it('leaves the graph as if it had never been there', () => {
    const made = net();
    const block = made.block('block1', 'block<>', () =>
      made.add('bn', {}, [made.add('conv', { filters: 2, kernel: 1, bias: false }, [made.input(4, 4, 3)])]),
    );
    const model = modelOf(made.graph(made.add('gap', {}, [block])));
    expect(printGraph(rewrite(foldBatchNorm, model).model.graph)).toMatchInlineSnapshot(`
      "graph Net
      block1.input1 = input shape=[4, 4, 3] : 4×4×3
      block1.conv1 = conv filters=2 kernel=1 (block1.input1) : 4×4×2
      gap1 = gap (block1.conv1) : 2
      output gap1 = gap1
      "
    `);
  });

  it('is not folded where something else reads the layer, has its weights, or stands between', () => {
    const made = net();
    const input = made.input(5, 5, 3);
    const read = made.add('conv', { filters: 3, kernel: 1 }, [input]);
    const sharing = made.add('conv', { filters: 3, kernel: 1 }, [input], { sharesWith: read.id });
    const active = made.add('relu', {}, [made.add('conv', { filters: 3, kernel: 1 }, [input])]);
    const norms = [read, sharing, active].map((layer) => made.add('bn', {}, [layer]));
    const model = modelOf(made.graph(made.add('add', {}, [...norms, read])));
    const { count, refusals } = rewrite(foldBatchNorm, model);
    expect(count).toBe(0);
    expect(refusals).toEqual([
      { path: 'bn1', why: 'conv1 has another reader' },
      { path: 'bn2', why: 'the weights of conv2 are shared' },
      { path: 'bn3', why: '`relu` stands before it, which has no kernel' },
    ]);
  });

  it('is folded with statistics that others share, which keep them', () => {
    const made = net();
    const input = made.input(5, 5, 3);
    const [first, second] = [1, 2].map(() => made.add('conv', { filters: 3, kernel: 1 }, [input]));
    if (first === undefined || second === undefined) throw new Error('two layers were made');
    const norm = made.add('bn', {}, [first]);
    const pooled = made.add('pool', { mode: word('max'), kernel: 1 }, [second]);
    const other = made.add('bn', {}, [pooled], { sharesWith: norm.id });
    const { count, model } = rewrite(foldBatchNorm, modelOf(made.graph(made.add('add', {}, [norm, other]))));
    expect(count).toBe(1);
    expect([...model.weights.keys()].filter((name) => name.startsWith('bn'))).toEqual([
      'bn2.gamma',
      'bn2.beta',
      'bn2.moving_mean',
      'bn2.moving_variance',
    ]);
  });
});
