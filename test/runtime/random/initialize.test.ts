import { describe, expect, it } from 'vitest';
import type { Initializer } from '../../../src/compiler/ops/op.js';
import { makeGenerator } from '../../../src/runtime/random/generator.js';
import { fansOf, initialize } from '../../../src/runtime/random/initialize.js';

const shape = [3, 3, 64, 128];
const fanIn = 3 * 3 * 64;
const fanOut = 3 * 3 * 128;

function draw(initializer: Initializer): number[] {
  return [...initialize(initializer, shape, makeGenerator(11))];
}

function variance(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0) / values.length;
}

describe('initialize', () => {
  it.each([
    ['glorot_uniform', 2 / (fanIn + fanOut)],
    ['glorot_normal', 2 / (fanIn + fanOut)],
    ['he_uniform', 2 / fanIn],
    ['he_normal', 2 / fanIn],
    ['lecun_uniform', 1 / fanIn],
    ['lecun_normal', 1 / fanIn],
  ] as const)('draws %s with the variance of its definition', (initializer, expected) => {
    const values = draw(initializer);
    expect(values).toHaveLength(73_728);
    expect(Math.abs(variance(values) / expected - 1)).toBeLessThan(0.02);
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length)).toBeLessThan(
      4 * Math.sqrt(expected / values.length),
    );
  });

  it('keeps uniform ones within √(3 · variance), and normal ones within two deviations of what is cut', () => {
    const uniform = Math.sqrt(6 / (fanIn + fanOut));
    const largestUniform = draw('glorot_uniform').reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largestUniform).toBeLessThanOrEqual(uniform);
    expect(largestUniform).toBeGreaterThan(0.999 * uniform);
    const cut = (2 * Math.sqrt(2 / fanIn)) / 0.87962566103423978;
    const largestNormal = draw('he_normal').reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(largestNormal).toBeLessThanOrEqual(cut * 1.000001);
    expect(largestNormal).toBeGreaterThan(0.99 * cut);
  });

  it('fills with constants', () => {
    expect(new Set(draw('zeros'))).toEqual(new Set([0]));
    expect(new Set(draw('ones'))).toEqual(new Set([1]));
    expect(new Set(draw({ kind: 'constant', value: 0.5 }))).toEqual(new Set([0.5]));
  });

  it('draws a normal distribution with its own mean and deviation', () => {
    const values = draw({ kind: 'normal', mean: 3, deviation: 0.5 });
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean - 3)).toBeLessThan(0.01);
    expect(Math.abs(variance(values.map((value) => value - mean)) - 0.25)).toBeLessThan(0.005);
  });
});

describe('fansOf', () => {
  it.each([
    [[], 1, 1],
    [[7], 7, 7],
    [[84, 10], 84, 10],
    [[5, 5, 6, 16], 150, 400],
    [[3, 3, 32, 1], 288, 9],
  ])('counts %j as Keras does', (sizes, inputs, outputs) => {
    expect(fansOf(sizes)).toEqual({ fanIn: inputs, fanOut: outputs });
  });
});
