import { describe, expect, it } from 'vitest';
import { boxesByDepth } from '../../../src/report/graph/depths.js';
import { linesOf, metrics, sizeOfText } from '../../../src/report/graph/box-text.js';
import { layOut, type LayoutSettings } from '../../../src/report/graph/layout.js';
import type { Placed, PlacedBox, Rectangle } from '../../../src/report/graph/placed.js';
import { svgPath } from '../../../src/report/graph/svg-path.js';
import { textWidth } from '../../../src/report/graph/text-width.js';
import { compileFile, examples } from '../../examples/files.js';
import { boxesIn, openAt, pictureOf } from './drawn.js';

const pictures = examples.flatMap((file) =>
  compileFile(file).models.flatMap(({ name, graph }) =>
    graph === undefined ? [] : [{ name, picture: pictureOf(graph, true) }],
  ),
);

const downward: LayoutSettings = { direction: 'down', ratio: 'none' };

const allSettings: readonly LayoutSettings[] = [
  downward,
  { direction: 'down', ratio: 'page' },
  { direction: 'right', ratio: 2 },
];

/** Every example at every depth that is drawn in reasonable time. */
const layouts = pictures.flatMap(({ name, picture }) =>
  boxesByDepth(picture.root).flatMap((count, depth) => (count > 130 ? [] : [{ name, picture, depth }])),
);

describe('the layout of every example, at every depth,', () => {
  it.each(layouts)('keeps boxes and labels apart: $name, depth $depth', ({ picture, depth }) => {
    for (const settings of allSettings) {
      const placed = layOut(picture, openAt(picture, depth), settings);
      expect(overlaps(placed), JSON.stringify(settings)).toEqual([]);
      expect(outside(placed), JSON.stringify(settings)).toEqual([]);
      expect(waysThroughBoxes(placed), JSON.stringify(settings)).toEqual([]);
    }
  });
});

describe('the layout', () => {
  it('has more than fifty pictures to be held against', () => {
    expect(layouts.length).toBeGreaterThan(50);
  });

  it('tells when boxes overlap', () => {
    const placed = firstLayout();
    const squeezed = placed.boxes.map((box) => ({ ...box, y: box.y / 2 }));
    expect(overlaps({ ...placed, boxes: squeezed })).not.toEqual([]);
  });

  it('holds the text of each box', () => {
    for (const { picture } of pictures) {
      for (const box of boxesIn(picture.root)) {
        const { width, height } = sizeOfText(box);
        const lines = linesOf(box);
        const [title, ...notes] = lines;
        expect(width).toBeGreaterThanOrEqual(textWidth(title?.text ?? '', metrics.title, 'bold') + 16);
        for (const { text } of notes)
          expect(width).toBeGreaterThanOrEqual(textWidth(text, metrics.note) + 16);
        expect(height).toBeGreaterThanOrEqual(16 * lines.length);
      }
    }
  });

  it('leaves room in a way for its label', () => {
    const [way] = firstLayout().ways.filter(({ label }) => label !== undefined);
    expect(way && svgPath(way, 'down')).toMatch(/^(?:M[\d.]+ [\d.]+L[\d.]+ [\d.]+){2}$/);
  });

  it('is the same whenever it is made', () => {
    expect(firstLayout()).toEqual(firstLayout());
  });
});

function firstLayout(): Placed {
  const [first] = pictures;
  if (first === undefined) throw new Error('no example');
  return layOut(first.picture, openAt(first.picture, 1), downward);
}

/** What lies on another thing without standing in it. */
function overlaps({ boxes, labels }: Placed): readonly string[] {
  const things = [
    ...boxes.map((box) => ({ name: nameOf(box), at: shown(box), open: box.isOpen ? box : undefined })),
    ...labels.map((label) => ({ name: label.text, at: label, open: undefined })),
  ];
  return things.flatMap((one, index) =>
    things.slice(index + 1).flatMap((other) => {
      if (one.open !== undefined && holds(one.open, other.at))
        return intersects(one.at, other.at) ? [`${one.name} | ${other.name}`] : [];
      const whole = one.open ?? one.at;
      return intersects(whole, other.open ?? other.at) ? [`${one.name} & ${other.name}`] : [];
    }),
  );
}

/** Of an open block, the bar with its name. */
function shown(box: PlacedBox): Rectangle {
  return box.isOpen ? { ...box, height: sizeOfText(box.box).height } : box;
}

function outside({ width, height, boxes, labels, ways }: Placed): readonly string[] {
  const frame = { x: 0, y: 0, width, height };
  return [
    ...boxes.filter((box) => !holds(frame, box)).map(nameOf),
    ...labels.filter((label) => !holds(frame, label)).map(({ text }) => text),
    ...ways.flatMap(({ points }) =>
      points
        .filter((point) => !holds(frame, { ...point, width: 0, height: 0 }))
        .map(({ x, y }) => `a way at ${String(x)}, ${String(y)}`),
    ),
  ];
}

/** Straight parts of ways that lead through a box, the name of an open one, or through the label of another way. */
function waysThroughBoxes({ boxes, labels, ways }: Placed): readonly string[] {
  return ways.flatMap(({ points, label }) =>
    points.slice(1).flatMap((to, index) => {
      const from = points[index] ?? to;
      const line = {
        x: Math.min(from.x, to.x),
        y: Math.min(from.y, to.y),
        width: Math.abs(from.x - to.x),
        height: Math.abs(from.y - to.y),
      };
      const others = labels.filter(({ x, y }) => x !== label?.x || y !== label.y);
      return [
        ...boxes.filter((box) => intersects(line, shown(box))).map((box) => `through ${nameOf(box)}`),
        ...others.filter((other) => intersects(line, other)).map(({ text }) => `through ${text}`),
      ];
    }),
  );
}

/** Half a pixel is no overlap: what touches stands beside. */
function intersects(one: Rectangle, other: Rectangle): boolean {
  const apart =
    one.x + one.width <= other.x + 0.5 ||
    other.x + other.width <= one.x + 0.5 ||
    one.y + one.height <= other.y + 0.5 ||
    other.y + other.height <= one.y + 0.5;
  return !apart;
}

function holds(outer: Rectangle, inner: Rectangle): boolean {
  return (
    inner.x >= outer.x - 0.5 &&
    inner.y >= outer.y - 0.5 &&
    inner.x + inner.width <= outer.x + outer.width + 0.5 &&
    inner.y + inner.height <= outer.y + outer.height + 0.5
  );
}

function nameOf({ box }: PlacedBox): string {
  return `${box.title} ${String(box.id)}`;
}
