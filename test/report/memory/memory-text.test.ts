import { describe, expect, it } from 'vitest';
import { memoryText } from '../../../src/report/memory/memory-text.js';
import { gated } from '../summarised.js';
import { reported } from './reported.js';

describe('the memory of a model as text', () => {
  it('says who is there at the peak and which line still needs it, and draws the profile', () => {
    expect(memoryText(reported(gated), { columns: 72, depth: 1 })).toBe(`Gated  test.cnn:3

peak     6.03 KiB (6,176 bytes) of activations; one image, float32
         while \`unit1.gate1.mul1\` runs, test.cnn:21
weights  6.16 KiB (6,312 bytes) beside it
         order: source; rules: free-after-last-use, elementwise-in-place, batch-norm-folded

   bytes  at the peak         written at   still needed by
2.00 KiB  relu1               test.cnn:5   unit1.conv2       test.cnn:16
2.00 KiB  unit1.conv1         test.cnn:14  unit1.gate1.mul1  test.cnn:21
2.00 KiB  unit1.gate1.mul1    test.cnn:21  unit1.add1        test.cnn:13
    32 B  unit1.gate1.dense1  test.cnn:23  unit1.gate1.mul1  test.cnn:21

layer                      output     alive
input                     16×16×3  3.00 KiB  ██████████
conv1                       8×8×8  5.00 KiB  ████████████████▋
bn1                         8×8×8  2.00 KiB  ██████▋
relu1                       8×8×8  2.00 KiB  ██████▋
unit1 unit<8>               8×8×8  6.03 KiB  ████████████████████ ◀ peak
unit2 unit<16, stride=2>   4×4×16  4.06 KiB  █████████████▌
gap1                           16  1.06 KiB  ███▌
dense1                         10     104 B  ▍
`);
  });

  it('keeps within the width of the terminal', () => {
    for (const columns of [60, 80, 120]) {
      const lines = memoryText(reported(gated), { columns }).split('\n');
      const profile = lines.slice(lines.findIndex((line) => line.startsWith('layer')));
      const widest = Math.max(...profile.map((line) => line.length));
      expect(widest).toBeLessThanOrEqual(columns);
      expect(widest).toBeGreaterThan(Math.min(columns, 90) - 12);
    }
  });

  it('folds blocks where all layers would fill more than a screen, and as deep as is asked for', () => {
    const many = 'model M { input 8x8x1; repeat 30 { two<> } }\nblock two { conv 2 1x1; relu; tanh }';
    const lines = (depth?: number): number =>
      memoryText(reported(many), { columns: 80, depth }).split('\n').length;
    expect([lines(), lines(2), lines(0)]).toEqual([lines(1), lines(1) + 90, lines(1) - 30]);
  });

  it('gives formulas for open sizes, and says how to make them numbers', () => {
    const text = memoryText(reported('model M { input ?x?x3; conv 4 1x1; gap; dense 100; dense 1000 }'), {
      columns: 80,
    });
    expect(text).toContain('peak     max(');
    expect(text).toContain('open sizes decide where the peak lies: `--input` gives them');
    expect(text).not.toContain('█');
  });

  it('counts a batch in another type', () => {
    const text = memoryText(reported('model M { input 8x8x1; conv 3 1x1 }', { batch: 5, dtype: 'float16' }), {
      columns: 80,
    });
    expect(text).toContain('(2,560 bytes) of activations; 5 images, float16');
  });
});
