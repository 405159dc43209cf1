import { describe, expect, it } from 'vitest';
import { printGraph } from '../../src/compiler/ir/print.js';
import { verifyGraph } from '../../src/compiler/ir/verify.js';
import type { Graph, Node } from '../../src/compiler/ir/graph.js';
import { graphOf } from './net.js';

const twins = `
model Twins<classes = 2> {
  input left 8x8x1
  share encoder { conv 4 3x3/2 same relu -> bn eps=1e-5 }
  encoder<> as first
  input right 8x8x1
  encoder<>
  concat first
  flatten as features
  dense classes softmax
  from features { dense 3; output side weight=0.3 training }
}
`;

describe('the text of a graph', () => {
  it('names path, kind, arguments, inputs, shape and sharing of each node, then the outputs', () => {
    expect(printGraph(graphOf(twins))).toBe(`graph Twins
left = input shape=[8, 8, 1] : 8×8×1
first.conv1 = conv filters=4 kernel=3 stride=2 pad=same (left) : 4×4×4
first.conv1.relu = relu (first.conv1) : 4×4×4
first.bn1 = bn eps=0.00001 (first.conv1.relu) : 4×4×4
right = input name=right shape=[8, 8, 1] : 8×8×1
encoder2.conv1 = conv filters=4 kernel=3 stride=2 pad=same (right) : 4×4×4 weights of first.conv1
encoder2.conv1.relu = relu (encoder2.conv1) : 4×4×4
encoder2.bn1 = bn eps=0.00001 (encoder2.conv1.relu) : 4×4×4 weights of first.bn1
concat1 = concat (encoder2.bn1, first.bn1) : 4×4×8
features = flatten (concat1) : 128
dense1 = dense units=2 (features) : 2
dense1.softmax = softmax (dense1) : 2
dense2 = dense units=3 (features) : 3
output side = dense2 training weight=0.3
output output = dense1.softmax
`);
  });
});

describe('the verifier', () => {
  const graph = graphOf(twins);

  it('finds nothing in a graph as it was made', () => {
    expect(verifyGraph(graph)).toEqual([]);
  });

  it.each<readonly [string, Graph, string]>([
    ['a node out of order', changed(graph, 1, { id: 7 }), 'first.conv1 has the id 7, but stands at 1'],
    [
      'a node that reads what comes later',
      changed(graph, 1, { inputs: [5] }),
      'first.conv1 reads node 5, which does not stand before it',
    ],
    [
      'a node that reads nothing',
      changed(graph, 2, { inputs: [] }),
      'first.conv1.relu reads 0 tensors, which `relu` does not take',
    ],
    [
      'another shape',
      changed(graph, 2, { shape: [4, 4, 5] }),
      'first.conv1.relu has the shape 4×4×5, but its layer gives 4×4×4',
    ],
    [
      'missing weights',
      changed(graph, 3, { weights: [] }),
      'first.bn1 has other weights than its layer gives',
    ],
    [
      'sharing with a later node',
      changed(graph, 1, { sharesWith: 5 }),
      'first.conv1 shares weights of no node before it',
    ],
    [
      'sharing with another layer',
      changed(graph, 7, { sharesWith: 1 }),
      'encoder2.bn1 shares weights of first.conv1, which needs others',
    ],
    [
      'a path that comes twice',
      changed(graph, 2, { path: 'first.conv1' }),
      'several nodes are named first.conv1',
    ],
    [
      'a scope that there is not',
      changed(graph, 2, { scope: 9 }),
      'first.conv1.relu stands in scope 9, which there is not',
    ],
    [
      'a node outside of its scope',
      changed(graph, 9, { scope: 1 }),
      'features names scope first, but lies outside of it',
    ],
    ['a missing input', { ...graph, inputs: [0] }, 'the list of inputs is not that of the nodes'],
    [
      'an output that there is not',
      { ...graph, outputs: [{ name: 'a', node: 99, training: false, weight: 1 }] },
      'output a is node 99, which there is not',
    ],
    [
      'training outputs alone',
      { ...graph, outputs: [{ name: 'a', node: 1, training: true, weight: 1 }] },
      'there is no output at inference',
    ],
    [
      'a scope outside of its parent',
      { ...graph, scopes: graph.scopes.map((scope, place) => (place === 1 ? { ...scope, end: 99 } : scope)) },
      'scope first does not lie inside of scope ',
    ],
    [
      'a first scope that is not the model',
      { ...graph, scopes: graph.scopes.map((scope) => ({ ...scope, first: 1 })) },
      'the first scope is not the whole model',
    ],
  ])('finds %s', (_, broken, sentence) => {
    expect(verifyGraph(broken)).toContain(sentence);
  });
});

function changed(
  graph: Graph,
  id: number,
  change: Partial<Pick<Node, 'id' | 'inputs' | 'shape' | 'weights' | 'sharesWith' | 'path' | 'scope'>>,
): Graph {
  return {
    ...graph,
    nodes: graph.nodes.map((node, place) => (place === id ? { ...node, ...change } : node)),
  };
}
