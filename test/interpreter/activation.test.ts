import { describe, expect, it } from 'vitest';
import type { OpKind } from '../../src/compiler/ops/registry.js';
import type { Given } from '../ops/layer.js';
import { erf } from './activation.js';
import { features, perChannel, valuesOf } from './hand.js';

describe('an activation', () => {
  it.each([
    ['relu', {}, [-1, 0, 2], [0, 0, 2]],
    ['relu6', {}, [-1, 3, 7], [0, 3, 6]],
    ['leaky_relu', {}, [-1, 0, 2], [-0.01, 0, 2]],
    ['leaky_relu', { alpha: 0.5 }, [-4, 4], [-2, 4]],
    ['elu', {}, [-1, 0, 2], [Math.exp(-1) - 1, 0, 2]],
    ['elu', { alpha: 2 }, [-Math.LN2, 1], [-1, 1]],
    ['selu', {}, [-1, 0, 1], [-1.1113307378125625, 0, 1.0507009873554805]],
    ['gelu', {}, [-1, 0, 1, 2], [-0.15865525393145707, 0, 0.8413447460685429, 1.9544997361036416]],
    ['gelu', { approximate: true }, [1], [0.8411919906082768]],
    ['silu', {}, [-1, 0, 1], [-0.2689414213699951, 0, 0.7310585786300049]],
    ['mish', {}, [-1, 0, 1], [-0.30340146137410895, 0, 0.8650983882673103]],
    ['hardswish', {}, [-4, -1, 0, 3, 5], [0, -1 / 3, 0, 3, 5]],
    ['hardsigmoid', {}, [-4, -3, 0, 1, 4], [0, 0, 0.5, 2 / 3, 1]],
    ['sigmoid', {}, [-Math.log(3), 0, Math.log(3)], [0.25, 0.5, 0.75]],
    ['tanh', {}, [-Math.log(2), 0, Math.log(3)], [-0.6, 0, 0.8]],
    ['softplus', {}, [0, Math.log(Math.E - 1), 100], [Math.LN2, 1, 100]],
    ['softmax', {}, [0, Math.log(2), Math.log(5)], [1 / 8, 2 / 8, 5 / 8]],
    ['softmax', {}, [1000, 1000], [0.5, 0.5]],
  ] satisfies readonly (readonly [OpKind, Given, number[], number[]])[])(
    '%s %o of %o is %o',
    (kind, given, xs, wanted) => {
      const ys = valuesOf(kind, given, [features(...xs)]);
      expect(ys).toHaveLength(wanted.length);
      ys.forEach((y, place) => {
        expect(y).toBeCloseTo(wanted[place] ?? Number.NaN, 12);
      });
    },
  );

  it('has a learned slope a channel in prelu', () => {
    expect(valuesOf('prelu', {}, [features(-4, -4, 4)], { alpha: perChannel(0.5, 0.25, 9) })).toEqual([
      -2, -1, 4,
    ]);
  });
});

describe('the error function', () => {
  it('has the values of Abramowitz & Stegun, table 7.1', () => {
    expect(erf(0.5)).toBeCloseTo(0.5204998778, 10);
    expect(erf(1)).toBeCloseTo(0.8427007929, 10);
    expect(erf(2)).toBeCloseTo(0.995322265, 10);
    expect(erf(5.9)).toBeCloseTo(1, 14);
    expect(erf(-1)).toBe(-erf(1));
  });
});
