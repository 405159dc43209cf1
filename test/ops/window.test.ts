import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { isComplaint } from '../../src/compiler/ops/op.js';
import { edgesOf, slide, windowSpec, type Sliding } from '../../src/compiler/ops/window.js';
import { openSize, substitute } from '../../src/compiler/values/formula.js';
import { multiply } from '../../src/compiler/values/exact.js';
import { layerOf, shapeOf, word } from './layer.js';

/** One direction of a window, as the brute force walks it. */
interface Walk {
  readonly size: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly behind: number;
}

const walks: fc.Arbitrary<Walk> = fc
  .record({
    size: fc.integer({ min: 1, max: 40 }),
    kernel: fc.integer({ min: 1, max: 8 }),
    stride: fc.integer({ min: 1, max: 6 }),
    dilation: fc.integer({ min: 1, max: 4 }),
    before: fc.integer({ min: 0, max: 7 }),
    behind: fc.integer({ min: 0, max: 7 }),
  })
  .map((walk) => ({
    ...walk,
    before: Math.min(walk.before, walk.kernel - 1),
    behind: Math.min(walk.behind, walk.kernel - 1),
  }));

/** Puts the window down step by step and counts how often it lies wholly on cells. */
function countFloor({ size, kernel, stride, dilation, before, behind }: Walk): number {
  let count = 0;
  for (let start = -before; start + (kernel - 1) * dilation < size + behind; start += stride) count += 1;
  return count;
}

/** As `countFloor`, with one more window where cells are left over and it still begins on the image or before it. */
function countCeil(walk: Walk): number {
  const { size, kernel, stride, dilation, before, behind } = walk;
  const count = countFloor(walk);
  const next = -before + count * stride;
  const lastCovered = next - stride + (kernel - 1) * dilation;
  return lastCovered < size + behind - 1 && next < size ? count + 1 : count;
}

function explicit({ kernel, stride, dilation, before, behind }: Walk): Sliding {
  return {
    kernel: [kernel, 1],
    stride: [stride, 1],
    dilation: [dilation, 1],
    pad: { kind: 'explicit', top: before, bottom: behind, left: 0, right: 0 },
  };
}

describe('a window that slides', () => {
  it('gives as many steps as it can be put down, rounding down', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        const steps = slide('conv', explicit(walk), { height: walk.size, width: 1, channels: 1 });
        const count = countFloor(walk);
        expect(isComplaint(steps) ? 0 : steps[0]).toBe(count);
      }),
    );
  });

  it('gives one step more, rounding up, where cells are left over', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        fc.pre(walk.dilation === 1 && countFloor(walk) > 0);
        const steps = slide('pool', explicit(walk), { height: walk.size, width: 1, channels: 1 }, 'ceil');
        expect(isComplaint(steps) ? 0 : steps[0]).toBe(countCeil(walk));
      }),
    );
  });

  it('gives ⌈size / stride⌉ with `same`, whose cells are just enough, the odd one behind', () => {
    fc.assert(
      fc.property(walks, (walk) => {
        const { size, stride } = walk;
        const image = { height: size, width: 1, channels: 1 };
        const window: Sliding = { ...explicit(walk), pad: { kind: 'same' } };
        const steps = slide('conv', window, image);
        const [{ before, behind }] = edgesOf(window, image);
        if (isComplaint(steps) || typeof before !== 'number' || typeof behind !== 'number')
          throw new Error('unexpected');
        expect(steps[0]).toBe(Math.ceil(size / stride));
        expect(behind - before === 0 || behind - before === 1).toBe(true);
        expect(countFloor({ ...walk, before, behind })).toBe(steps[0]);
        if (behind > 0)
          expect(countFloor({ ...walk, before, behind: behind - 1 })).toBeLessThan(Number(steps[0]));
      }),
    );
  });

  it('gives with open sizes what it gives when they are filled in', () => {
    const h = openSize('h');
    fc.assert(
      fc.property(
        walks,
        fc.constantFrom('floor' as const, 'ceil' as const),
        fc.boolean(),
        (walk, rounding, isSame) => {
          const window: Sliding = isSame ? { ...explicit(walk), pad: { kind: 'same' } } : explicit(walk);
          const closed = slide('conv', window, { height: walk.size, width: 1, channels: 1 }, rounding);
          fc.pre(!isComplaint(closed));
          const open = slide('conv', window, { height: h, width: 1, channels: 1 }, rounding);
          if (isComplaint(open) || isComplaint(closed)) throw new Error('complains about an open size');
          expect(substitute(open[0], new Map([['h', walk.size]]))).toBe(closed[0]);
        },
      ),
    );
  });

  it('is known to the receptive field with the cells before it, also open ones', () => {
    const window: Sliding = { kernel: [3, 5], stride: [2, 1], dilation: [1, 2], pad: { kind: 'same' } };
    const image = { height: multiply(2, openSize('h')), width: 30, channels: 3 };
    expect(windowSpec(window, image)).toEqual({
      kernel: [3, 5],
      stride: [2, 1],
      dilation: [1, 2],
      padBefore: [0, 4],
    });
  });
});

describe('a transposed convolution', () => {
  const cases = fc.record({
    size: fc.integer({ min: 1, max: 20 }),
    kernel: fc.integer({ min: 1, max: 7 }),
    stride: fc.integer({ min: 1, max: 5 }),
  });

  it('gives with counted cells, none of them, all the cells that its kernels touch', () => {
    fc.assert(
      fc.property(cases, ({ size, kernel, stride }) => {
        const touched = new Set<number>();
        for (let cell = 0; cell < size; cell += 1) {
          for (let place = 0; place < kernel; place += 1) touched.add(cell * stride + place);
        }
        const shape = shapeOf('deconv', { filters: 1, kernel, stride, pad: 0 }, [size, size, 1]);
        expect(shape[0]).toBe(Math.max(...touched) + 1);
      }),
    );
  });

  it('leads back to its input by a convolution of the same kernel, stride and padding', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom('same', 'valid'), ({ size, kernel, stride }, padding) => {
        const given = { filters: 1, kernel, stride, pad: word(padding) };
        const large = shapeOf('deconv', given, [size, size, 1]);
        expect(shapeOf('conv', given, large)).toEqual([size, size, 1]);
      }),
    );
  });

  it('sees the input cells whose kernels lie over an output cell', () => {
    fc.assert(
      fc.property(
        cases,
        fc.constantFrom('same', 'valid'),
        fc.nat(30),
        ({ size, kernel, stride }, padding, row) => {
          const { op, args } = layerOf('deconv', { filters: 1, kernel, stride, pad: word(padding) });
          const spec = op.window(args, [[size, size, 1]]);
          if (spec === undefined || spec === 'everything') throw new Error('has a window');
          const cut = padding === 'same' ? Math.floor(Math.max(kernel - stride, 0) / 2) : 0;
          const seen = Array.from({ length: size }, (_, cell) => cell).filter(
            (cell) => cell * stride - cut <= row && row <= cell * stride - cut + kernel - 1,
          );
          const before = substitute(multiply(stride, spec.padBefore[0]), new Map());
          const first = Math.floor((row - Number(before)) / stride);
          expect(seen.every((cell) => cell >= first && cell < first + spec.kernel[0])).toBe(true);
        },
      ),
    );
  });
});
