import { describe, expect, it } from 'vitest';
import { axisTicks } from '../../src/report/axis-ticks.js';
import { curvesSvg } from '../../src/report/curves-svg.js';

const epoch = { loss: 0.5, accuracy: 0.9, validation: undefined, test: undefined, seconds: 1 };

describe('curvesSvg', () => {
  it('draws what was measured, each as a line of its own, on both charts', () => {
    const measured = { loss: 0.6, accuracy: 0.8 };
    const svg = curvesSvg(
      'Net',
      [1, 2, 3].map((number) => ({ ...epoch, epoch: number, validation: measured })),
    );
    expect(svg.match(/<polyline/g)).toHaveLength(4);
    expect(svg.match(/<circle/g)).toHaveLength(12);
    expect(svg).toContain('>validation</text>');
    expect(svg).not.toContain('>test</text>');
    expect(svg).toContain('>accuracy in %</text>');
    expect(svg).toContain('prefers-color-scheme: dark');
  });

  it('leaves out a loss that is no number, and draws a single epoch', () => {
    const svg = curvesSvg('Net', [{ ...epoch, epoch: 1, loss: Number.NaN, accuracy: undefined }]);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(curvesSvg('Net', [{ ...epoch, epoch: 1 }]).match(/<circle/g)).toHaveLength(2);
    expect(curvesSvg('Net', [])).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('draws so many epochs without points', () => {
    const epochs = Array.from({ length: 1000 }, (_, place) => ({ ...epoch, epoch: place + 1 }));
    expect(curvesSvg('Net', epochs)).not.toContain('<circle');
  });

  it('escapes the name of a model', () => {
    expect(curvesSvg('a<b&c', [])).toContain('<title>a&lt;b&amp;c: ');
  });
});

describe('axisTicks', () => {
  it.each([
    [0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, 0.31, [0, 0.1, 0.2, 0.3, 0.4]],
    [75.2, 100, [75, 80, 85, 90, 95, 100]],
    [3, 3, [3, 3.2, 3.4, 3.6, 3.8, 4]],
  ])('from %d to %d', (low, high, expected) => {
    expect(axisTicks(low, high, 5)).toEqual(expected);
  });
});
