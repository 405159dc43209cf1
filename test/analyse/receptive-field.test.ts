import { describe, expect, it } from 'vitest';
import { receptiveFieldsOf, type ReceptiveField } from '../../src/compiler/analyse/receptive-field.js';
import type { Graph, Node } from '../../src/compiler/ir/graph.js';
import { list, size, word } from '../ops/layer.js';
import { lenet } from './lenet.js';
import { net, type Net } from './net.js';

describe('receptive fields', () => {
  it('grows by the kernel less one, times the stride so far', () => {
    const sizes = receptiveFieldsOf(lenet()).ofNode.map((field) => field.size[0]);
    // input, conv 5x5 and tanh, pool 2x2/2, conv 5x5 and tanh, pool 2x2/2, conv 5x5 and tanh; then all see the image.
    expect(sizes.slice(0, 9)).toEqual([1, 5, 5, 6, 14, 14, 16, 32, 32]);
    expect(receptiveFieldsOf(lenet()).ofModel).toMatchObject({
      size: [32, 32],
      stride: [4, 4],
      global: true,
    });
  });

  it('begins in the padding where there is some', () => {
    const model = net();
    const conv = model.add('conv', { filters: 1, kernel: size(7, 7), stride: 2, pad: 3 }, [
      model.input(224, 224, 3),
    ]);
    const pool = model.add('pool', { mode: word('max'), kernel: size(3, 3), stride: 2, pad: 1 }, [conv]);
    expect(at(model.graph(pool), pool)).toEqual({
      size: [11, 11],
      stride: [4, 4],
      offset: [-5, -5],
      global: false,
    });
  });

  it('puts the odd cell of `same` behind', () => {
    const model = net();
    const conv = model.add('conv', { filters: 1, kernel: size(3, 3), stride: 2, pad: word('same') }, [
      model.input(224, 224, 3),
    ]);
    expect(at(model.graph(conv), conv).offset).toEqual([0, 0]);
  });

  it('keeps rows and columns apart, and spreads a dilated kernel', () => {
    const model = net();
    const conv = model.add('conv', { filters: 1, kernel: size(1, 7), dilation: list(1, 2) }, [
      model.input(32, 32, 3),
    ]);
    expect(at(model.graph(conv), conv).size).toEqual([1, 13]);
  });

  it('takes the largest way through branches', () => {
    const model = net();
    const image = model.input(32, 32, 3);
    const branch = (kernel: number): Node => same(model, image, kernel);
    const join = model.add('concat', {}, [branch(1), branch(5), branch(3)]);
    expect(at(model.graph(join), join).size).toEqual([5, 5]);
  });

  it('sees the whole image behind global pooling, and keeps the largest window that slides', () => {
    const model = net();
    const conv = same(model, model.input(32, 32, 3), 3);
    const gate = model.add('dense', { units: 4 }, [model.add('gap', {}, [conv])]);
    const gated = model.add('mul', {}, [conv, gate]);
    const graph = model.graph(same(model, gated, 3));
    expect(at(graph, gate)).toMatchObject({ size: [3, 3], global: true });
    expect(receptiveFieldsOf(graph).ofModel).toMatchObject({ size: [5, 5], global: true });
  });

  it('moves by parts of a cell where a layer enlarges', () => {
    const model = net();
    const up = model.add('upsample', { factor: 2 }, [model.input(8, 8, 1)]);
    const conv = same(model, model.add('upsample', { factor: 2 }, [up]), 5);
    const {
      stride,
      size: [rows],
    } = at(model.graph(conv), conv);
    // A quarter of a cell a step: five steps reach over two cells.
    expect(stride).toEqual([exactQuarter, exactQuarter]);
    expect(rows).toBe(2);
  });

  const exactQuarter = { kind: 'rational', numerator: 1n, denominator: 4n };
});

function same(model: Net, from: Node, kernel: number): Node {
  return model.add('conv', { filters: 4, kernel, pad: word('same') }, [from]);
}

function at(graph: Graph, node: Node): ReceptiveField {
  const field = receptiveFieldsOf(graph).ofNode[node.id];
  if (field === undefined) throw new Error(`${node.path} has no field`);
  return field;
}
