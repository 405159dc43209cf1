import { describe, expect, it } from 'vitest';
import type { Size } from '../../../src/report/graph/box-text.js';
import { makePicture } from '../../../src/report/graph/make-picture.js';
import { balanced } from '../../../src/report/graph/columns.js';
import { layOut, type LayoutSettings } from '../../../src/report/graph/layout.js';
import type { Placed, PlacedBox } from '../../../src/report/graph/placed.js';
import { bestOf } from '../../../src/report/graph/ratio.js';
import { summarise } from '../../../src/report/summary.js';
import { graphOf } from '../../compiler/net.js';
import { exampleGraph } from '../../examples/files.js';
import { drawn, openAt, pictureOf } from './drawn.js';

describe('columns', () => {
  it('are about equally long', () => {
    expect(balanced([1, 1, 1, 1, 1, 1], 3)).toEqual([2, 2, 2]);
    expect(balanced([5, 1, 1, 1, 1, 1], 2)).toEqual([1, 5]);
    expect(balanced([1, 1, 1, 9], 2)).toEqual([3, 1]);
  });

  it('are no more than there are pieces', () => {
    expect(balanced([4, 4], 5)).toEqual([1, 1]);
    expect(balanced([], 2)).toEqual([]);
  });
});

describe('of several pictures', () => {
  const sizes: readonly [Size, Size, Size] = [
    { width: 100, height: 1000 },
    { width: 400, height: 300 },
    { width: 900, height: 100 },
  ];
  const many: readonly [Size, Size, Size] = [
    { width: 3000, height: 300 },
    { width: 1100, height: 1400 },
    { width: 300, height: 3000 },
  ];

  it('the one is taken that is nearest to the ratio', () => {
    expect(bestOf(sizes, (size) => size, 0.1)).toBe(sizes[0]);
    expect(bestOf(sizes, (size) => size, 2)).toBe(sizes[1]);
    expect(bestOf(sizes, (size) => size, 9)).toBe(sizes[2]);
  });

  it('four by three is taken for a page, or what fills a page where letters would be too small', () => {
    expect(bestOf(sizes, (size) => size, 'page')).toBe(sizes[1]);
    expect(bestOf(many, (size) => size, 'page')).toBe(many[1]);
  });
});

describe('the main line', () => {
  it.each(['LeNet5', 'GoogLeNet', 'ResNet34', 'SEResNet50'])('of %s is no strip', (name) => {
    const picture = pictureOf(exampleGraph(name));
    const strip = layOut(picture, openAt(picture, 2), { direction: 'down', ratio: 'none' });
    const { width, height } = layOut(picture, openAt(picture, 2), { direction: 'down', ratio: 'page' });
    expect(strip.height / strip.width).toBeGreaterThan(3);
    expect(height / width).toBeLessThan(2);
  });

  it('goes from left to right where that is wanted, and on in the next row', () => {
    const boxes = inOrder(layOutChain({ direction: 'right', ratio: 'none' }));
    expect(boxes.map(({ x }) => x)).toEqual(boxes.map(({ x }) => x).toSorted((a, b) => a - b));
    const rows = new Set(
      inOrder(layOutChain({ direction: 'right', ratio: 1 })).map((box) => box.y + box.height / 2),
    );
    expect(rows.size).toBeGreaterThan(1);
  });

  it('turns in right angles between two columns, and only there', () => {
    const turning = (settings: LayoutSettings): number =>
      layOutChain(settings).ways.filter(({ turns }) => turns === true).length;
    expect(turning({ direction: 'down', ratio: 'none' })).toBe(0);
    expect(turning({ direction: 'down', ratio: 1 })).toBeGreaterThan(0);
  });

  it('passes by a classifier for training, which stands where it reads', () => {
    const text = `model M { input 8x8x3; conv 4 3x3 as a; conv 5 3x3; gap; dense 2
      from a { gap; dense 3; output side training } }`;
    const boxes = layOut(drawnTraining(text), () => true, { direction: 'down', ratio: 'none' }).boxes;
    const yOf = (title: string): number => boxes.find(({ box }) => box.title.startsWith(title))?.y ?? -1;
    expect(yOf('side')).toBeGreaterThan(yOf('conv 4'));
    expect(yOf('side')).toBeLessThan(yOf('conv 5'));
  });

  it('is drawn in columns within a block that is longer than a column', () => {
    const layers = Array.from({ length: 24 }, (_none, index) => `conv ${String(index + 2)} 1x1`).join('\n');
    const picture = drawn(`block all<> { ${layers} }\nmodel M { input 8x8x3; all<>; gap }`);
    const { width, height } = layOut(picture, () => true, { direction: 'down', ratio: 4 / 3 });
    expect(width / height).toBeGreaterThan(0.8);
  });
});

describe('equal boxes in a row', () => {
  it('are drawn one by one where that is wanted', () => {
    const graph = graphOf('block twin<> { conv 4 1x1 }\nmodel M { input 8x8x4; repeat 3 { twin<> } }');
    const titles = (unfold: boolean): readonly string[] =>
      makePicture(summarise(graph, undefined), { unfold }).root.children.map(
        ({ title, times }) => `${title} ${String(times)}`,
      );
    expect(titles(false)).toEqual(['input 1', 'twin 3', 'output 1']);
    expect(titles(true)).toEqual(['input 1', 'twin 1', 'twin 1', 'twin 1', 'output 1']);
  });
});

function layOutChain(settings: LayoutSettings): Placed {
  const layers = [8, 7, 6, 5, 4, 3, 2].map((maps) => `conv ${String(maps)} 1x1`).join('; ');
  return layOut(drawn(`model M { input 8x8x3; ${layers} }`), () => true, settings);
}

function inOrder({ boxes }: Placed): readonly PlacedBox[] {
  return boxes.toSorted((a, b) => a.box.id - b.box.id);
}

function drawnTraining(text: string): ReturnType<typeof drawn> {
  return pictureOf(graphOf(text), true);
}
