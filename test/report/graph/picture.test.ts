import { describe, expect, it } from 'vitest';
import { boxesByDepth, depthFor, prunedTo } from '../../../src/report/graph/depths.js';
import { flatWays } from '../../../src/report/graph/flat.js';
import { shadeOf } from '../../../src/report/graph/shades.js';
import { exampleGraph } from '../../examples/files.js';
import { allOpen, boxesIn, drawn, openAt, pictureOf } from './drawn.js';

const two = `
block pair<filters> { conv filters 3x3 same relu -> conv filters 3x3 same }
model M { input 8x8x4; conv 4 1x1 -> bn -> relu; repeat 3 { pair<4> }; pair<8>; gap; dense 2 }`;

describe('a picture', () => {
  it('puts a layer, its normalisation and its activation into one box', () => {
    const [input, conv] = drawn(two).root.children;
    expect(input?.title).toBe('input');
    expect(conv).toMatchObject({ title: 'conv 4 1×1', notes: ['bn · relu'] });
  });

  it('keeps an activation apart where another layer reads what comes before it', () => {
    const { root } = drawn('model M { input 4x4x2; conv 2 1x1 as a; relu; add a; gap }');
    expect(root.children.map(({ title }) => title)).toEqual([
      'input',
      'conv 2 1×1',
      'relu',
      'add',
      'gap',
      'output',
    ]);
  });

  it('draws equal blocks in a row once, with all of their figures', () => {
    const { root } = drawn(two);
    const pairs = root.children.filter(({ title }) => title === 'pair');
    expect(pairs.map(({ times }) => times)).toEqual([3, 1]);
    expect(pairs[0]?.facts).toEqual([
      'pair1 … pair3: 3 in a row',
      'pair<4>',
      'params 888, 48.7%',
      'macs 55,296, 49.5%',
      'test.cnn:3',
    ]);
  });

  it('draws blocks in a row one by one where something else reads between them', () => {
    const { root } = drawn(
      'block b { conv 4 1x1 }\nmodel M { input 4x4x4; b<> as skip; b<>; add skip; gap }',
    );
    expect(root.children.filter(({ title }) => title === 'b').map(({ times }) => times)).toEqual([1, 1]);
  });

  it('draws layers in a row one by one where their arguments differ in what the title has not', () => {
    const { root } = drawn('model M { input 4x4x4; conv 4 3x3 same; conv 4 3x3 same bias=false; gap }');
    expect(root.children.filter(({ title }) => title === 'conv 4 3×3')).toHaveLength(2);
  });

  it('leaves out what exists in training only, unless it is asked for', () => {
    const graph = exampleGraph('GoogLeNet');
    const names = (training: boolean): readonly string[] =>
      pictureOf(graph, training).root.children.map(({ title }) => title);
    expect(names(false)).not.toContain('aux1');
    expect(names(true)).toContain('aux1');
  });

  it('tells for each way the shape of its tensor', () => {
    const picture = drawn(two);
    const shapes = flatWays(picture.root, openAt(picture, 1)).map(({ shape }) => shape);
    expect(shapes).toEqual(['8×8×4', '8×8×4', '8×8×4', '8×8×8', '8', '2']);
  });

  it('has no shares where sizes are open', () => {
    const picture = drawn('model M { input ?x?x3; conv 2 3x3 same; gap }');
    expect(picture.hasShares).toBe(false);
  });
});

describe('the depth of a picture', () => {
  it('counts the boxes that are drawn at each', () => {
    expect(boxesByDepth(drawn(two).root)).toEqual([1, 7, 11]);
  });

  it('is the largest with no more boxes than may be', () => {
    const { root } = drawn(two);
    expect([1, 7, 10, 11, 60].map((most) => depthFor(root, most))).toEqual([0, 1, 1, 2, 2]);
  });

  it('can be cut off for a page that would be too large', () => {
    const { root } = drawn(two);
    expect(boxesByDepth(prunedTo(root, 1))).toEqual([1, 7, 7]);
  });
});

describe('the ways of an open block', () => {
  it('lead from box to box, as if its borders were not there', () => {
    const picture = drawn(
      'block b { add { | conv 4 1x1\n | identity\n } }\nmodel M { input 4x4x4; repeat 2 { b<> }; gap }',
    );
    const names = new Map(boxesIn(picture.root).map(({ id, title }) => [id, title]));
    const ways = flatWays(picture.root, allOpen).map(
      ({ from, to }) => `${names.get(from) ?? ''} > ${names.get(to) ?? ''}`,
    );
    expect(ways.toSorted()).toEqual(
      ['input > conv 4 1×1', 'input > add', 'conv 4 1×1 > add', 'add > gap', 'gap > output'].toSorted(),
    );
  });
});

describe('the shade of a box', () => {
  it('is none without work, and the darkest from thirty percent on', () => {
    expect([0, 0.0001, 0.01, 0.03, 0.1, 0.29, 0.3, 1].map(shadeOf)).toEqual([0, 1, 2, 3, 4, 4, 5, 5]);
  });
});
