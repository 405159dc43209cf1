import { describe, expect, it } from 'vitest';
import { makeGenerator } from '../../../src/runtime/random/generator.js';
import { shuffledIndices } from '../../../src/runtime/random/shuffle.js';

function draw(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

function momentsOf(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, variance };
}

describe('makeGenerator', () => {
  it('gives the same numbers for the same seed, for ever', () => {
    const generator = makeGenerator(42);
    expect(draw(4, () => generator.bits())).toMatchInlineSnapshot(`
      [
        742442592,
        4009310271,
        435266217,
        3137053336,
      ]
    `);
    expect(makeGenerator(42).bits()).toBe(makeGenerator(42).bits());
  });

  it('gives other numbers for another seed, also where the seeds are near or fractions', () => {
    const firsts = [0, 1, 2, -1, 0.5, 2 ** 32, 2 ** 32 + 1].map((seed) => makeGenerator(seed).bits());
    expect(new Set(firsts).size).toBe(7);
  });

  it('draws uniform numbers of at least 0 and less than 1', () => {
    const generator = makeGenerator(1);
    const values = draw(100_000, () => generator.uniform());
    const { mean, variance } = momentsOf(values);
    expect(Math.min(...values.slice(0, 10_000))).toBeGreaterThanOrEqual(0);
    expect(values.every((value) => value < 1)).toBe(true);
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.004);
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(0.001);
  });

  it('sets every one of the 32 bits half of the time', () => {
    const generator = makeGenerator(2);
    const counts = new Array<number>(32).fill(0);
    for (const value of draw(20_000, () => generator.bits())) {
      counts.forEach((count, bit) => (counts[bit] = count + ((value >>> bit) & 1)));
    }
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });

  it('draws normal numbers with mean 0, variance 1 and the tails of a normal distribution', () => {
    const generator = makeGenerator(3);
    const values = draw(100_000, () => generator.normal());
    const { mean, variance } = momentsOf(values);
    expect(Math.abs(mean)).toBeLessThan(0.015);
    expect(Math.abs(variance - 1)).toBeLessThan(0.02);
    const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / values.length;
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.003);
  });

  it('draws every whole number below an end equally often', () => {
    const generator = makeGenerator(4);
    const counts = new Array<number>(7).fill(0);
    for (const value of draw(70_000, () => generator.below(7))) counts[value] = (counts[value] ?? 0) + 1;
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(450);
  });

  it('forks by label, whatever was drawn before', () => {
    const generator = makeGenerator(5);
    const before = generator.fork('dropout').bits();
    generator.normal();
    expect(generator.fork('dropout').bits()).toBe(before);
    expect(generator.fork('shuffle').bits()).not.toBe(before);
    expect(makeGenerator(6).fork('dropout').bits()).not.toBe(before);
    expect(generator.fork('a').fork('b').bits()).not.toBe(generator.fork('ab').bits());
  });
});

describe('shuffledIndices', () => {
  it('gives each index once', () => {
    const indices = shuffledIndices(1_000, makeGenerator(7));
    expect([...indices].sort((a, b) => a - b)).toEqual(Array.from({ length: 1_000 }, (_, index) => index));
  });

  it('gives each of the six orders of three equally often', () => {
    const generator = makeGenerator(8);
    const counts = new Map<string, number>();
    for (let round = 0; round < 12_000; round += 1) {
      const order = shuffledIndices(3, generator).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });

  it('takes none and one', () => {
    expect([...shuffledIndices(0, makeGenerator(1))]).toEqual([]);
    expect([...shuffledIndices(1, makeGenerator(1))]).toEqual([0]);
  });
});
