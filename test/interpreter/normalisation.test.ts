import { describe, expect, it } from 'vitest';
import { list } from '../ops/layer.js';
import { features, perChannel, pixel, valuesOf } from './hand.js';
import { compute } from './single.js';
import { tensor } from './tensor.js';

describe('bn', () => {
  const weights = {
    gamma: perChannel(2, 1),
    beta: perChannel(10, 0),
    moving_mean: perChannel(1, 0),
    moving_variance: perChannel(3, 8),
  };

  it('normalises with the moving statistics at inference', () => {
    expect(valuesOf('bn', { eps: 1 }, [features(5, 6)], weights)).toEqual([10 + (2 * (5 - 1)) / 2, 6 / 3]);
    const plain = { moving_mean: weights.moving_mean, moving_variance: weights.moving_variance };
    expect(valuesOf('bn', { eps: 1, scale: false, center: false }, [features(5, 6)], plain)).toEqual([2, 2]);
  });

  it("normalises with the batch's statistics in training, and moves the moving ones", () => {
    // Channel 0 is 1, 5: mean 3, variance 4. Channel 1 is 0, 0.
    const x = tensor([2, 1, 1, 2], [1, 0, 5, 0]);
    const { output, interpretation } = compute('bn', { eps: 12, momentum: 0.5 }, [x], {
      weights,
      training: true,
    });
    expect([...output.values]).toEqual([10 - 1, 0, 10 + 1, 0]);
    expect(interpretation.updates.get('bn1.moving_mean')).toEqual(perChannel(2, 0));
    expect(interpretation.updates.get('bn1.moving_variance')).toEqual(perChannel(3.5, 4));
  });

  it('keeps to the moving statistics where they are frozen', () => {
    const x = tensor([2, 1, 1, 2], [1, 0, 5, 6]);
    const options = { weights, training: true, frozen: new Set(['bn1.moving_mean', 'bn1.moving_variance']) };
    const { output, interpretation } = compute('bn', { eps: 1 }, [x], options);
    expect([...output.values]).toEqual([10, 0, 14, 2]);
    expect(interpretation.updates.size).toBe(0);
  });
});

describe('layernorm', () => {
  it('normalises over the channels of each pixel', () => {
    const weights = { gamma: perChannel(1, 1, 10), beta: perChannel(0, 0, 1) };
    // Mean 2 and variance 2 (4 and 2: 6/3); then mean 0, variance 0.
    const x = tensor([1, 1, 2, 3], [2 - Math.sqrt(3), 2, 2 + Math.sqrt(3), 0, 0, 0]);
    const y = valuesOf('layernorm', { eps: 1 }, [x], weights);
    [-1, 0, 11, 0, 0, 1].forEach((wanted, place) => {
      expect(y[place]).toBeCloseTo(wanted, 12);
    });
  });
});

describe('groupnorm', () => {
  it('normalises over the image and the channels of one group', () => {
    // Group 0 is 1, 5, 5, 1: mean 3, variance 4. Group 1 is constant.
    const x = tensor([1, 1, 2, 4], [1, 5, 7, 7, 5, 1, 7, 7]);
    const y = valuesOf('groupnorm', { groups: 2, eps: 12, scale: false, center: false }, [x]);
    expect(y).toEqual([-0.5, 0.5, 0, 0, 0.5, -0.5, 0, 0]);
  });

  it('keeps the examples of a batch apart', () => {
    const x = tensor([2, 2], [1, 5, 100, 100]);
    expect(valuesOf('groupnorm', { groups: 1, eps: 12, scale: false, center: false }, [x])).toEqual([
      -0.5, 0.5, 0, 0,
    ]);
  });
});

describe('lrn', () => {
  it('sums the squares of the neighbouring channels, and does not divide alpha', () => {
    const given = { size: 3, alpha: 1, beta: 1, k: 1 };
    expect(valuesOf('lrn', given, [pixel(1, 2, 3, 0)])).toEqual([1 / 6, 2 / 15, 3 / 14, 0]);
    expect(valuesOf('lrn', { ...given, beta: 0.5 }, [pixel(0, 0, 3)])).toEqual([0, 0, 3 / Math.sqrt(10)]);
  });

  it('divides alpha by the size with `average`', () => {
    const given = { size: 3, alpha: 3, beta: 1, k: 1, average: true };
    expect(valuesOf('lrn', given, [pixel(1, 2, 3, 0)])).toEqual([1 / 6, 2 / 15, 3 / 14, 0]);
  });
});

describe('scale and normalize', () => {
  it('multiply by a learned factor a channel', () => {
    expect(valuesOf('scale', {}, [features(1, 2)], { factor: perChannel(3, 4) })).toEqual([3, 8]);
  });

  it('subtract and divide by constants', () => {
    expect(valuesOf('normalize', { mean: list(1, 2), std: list(2, 4) }, [features(5, 10)])).toEqual([2, 2]);
    expect(valuesOf('normalize', { mean: 1, std: 2 }, [features(5, 10)])).toEqual([2, 4.5]);
  });
});
