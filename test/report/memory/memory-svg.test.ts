import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toNumber } from '../../../src/compiler/values/exact.js';
import { drawingOf } from '../../../src/report/memory/bands.js';
import { layLabels } from '../../../src/report/memory/lay-labels.js';
import { memorySvg } from '../../../src/report/memory/memory-svg.js';
import { exampleGraph } from '../../examples/files.js';
import { reportMemory } from '../../../src/report/memory/memory-report.js';
import { gated } from '../summarised.js';
import { reported } from './reported.js';

describe('what is drawn of memory over time', () => {
  it.each(['GoogLeNet', 'ResNet50'])('comes to what is alive at each step of %s', (name) => {
    const { profile } = reportMemory(exampleGraph(name), {});
    const { steps, bands } = drawingOf(profile);
    const drawn = steps.map((_, place) =>
      bands.reduce((sum, { cells }) => {
        const cell = cells.find((one) => one.place === place);
        return sum + (cell === undefined ? 0 : cell.high - cell.low);
      }, 0),
    );
    expect(drawn).toEqual(profile.bytes.map(toNumber));
  });

  it('keeps the peak of more layers than there is room for, with or without freeing', () => {
    const wide = `model M { input 4x4x1; repeat 3000 { conv 1 1x1; relu }; conv 9 1x1; ${'conv 1 1x1;'.repeat(50)} }`;
    for (const freeAfterLastUse of [true, false]) {
      const { profile } = reported(wide, { rules: { freeAfterLastUse } });
      const { steps, bands } = drawingOf(profile);
      expect(steps).toContain(profile.peakStep);
      expect(steps.length).toBeLessThanOrEqual(800);
      expect(bands.length).toBeLessThanOrEqual(1600);
      const top = bands.flatMap(({ cells }) => cells).reduce((most, { high }) => Math.max(most, high), 0);
      expect(top).toBe(profile.peak.bytes);
    }
  });
});

describe('labels below the axis', () => {
  it('never overlap, and stay within their bounds', () => {
    const wish = fc.record({
      from: fc.nat(900),
      length: fc.nat(200),
      width: fc.integer({ min: 5, max: 150 }),
    });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 40 }), fc.integer({ min: 1, max: 3 }), (wishes, rows) => {
        const widths = new Map(wishes.map(({ width }, index) => [String(index), width]));
        const placed = layLabels(
          wishes.map(({ from, length, width }, index) => ({
            text: String(index),
            width,
            from,
            to: from + length,
          })),
          rows,
          [0, 1000],
        );
        const spans = placed.map(({ text, x, row }) => {
          const half = (widths.get(text) ?? 0) / 2;
          return { row, from: x - half, to: x + half };
        });
        for (const [index, one] of spans.entries()) {
          expect(one.from).toBeGreaterThanOrEqual(0);
          expect(one.to).toBeLessThanOrEqual(1000);
          for (const other of spans.slice(index + 1)) {
            expect(one.row !== other.row || one.to <= other.from || other.to <= one.from).toBe(true);
          }
        }
      }),
    );
  });

  it('leave out none where there is room', () => {
    const wishes = [0, 100, 200].map((from) => ({ text: String(from), width: 60, from, to: from + 100 }));
    expect(layLabels(wishes, 1, [0, 300])).toHaveLength(3);
  });
});

describe('the picture of memory', () => {
  it('names the peak, what is there, and the blocks in colours of their own', () => {
    const svg = memorySvg(reported(gated));
    expect(svg).toContain('<text class="name" x="84" y="26">Gated</text>');
    expect(svg).toContain('6.03 KiB while unit1.gate1.mul1 runs');
    expect(svg).toMatch(/<rect class="(c\d)"[^>]*><title>unit1<\/title>/);
    const [, first, second] =
      /class="(c\d)"[^>]*><title>unit1<[^]*class="(c\d)"[^>]*><title>unit2</.exec(svg) ?? [];
    expect(first).not.toBe(second);
    expect(svg).toContain('prefers-color-scheme: dark');
  });
});
