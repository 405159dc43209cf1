import { memory, mul, scalar, tensor, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { startTape, type Tape } from '../../../src/backends/tfjs-core/tape.js';
import { open } from '../../runtime/engines.js';

describe('a tape', () => {
  beforeAll(() => open('cpu'));

  it('gives the gradients of its leaves, summed over all ways', () => {
    const [a, b] = [scalar(3), scalar(5)];
    const tape = startTape([a, b]);
    const product = times(a, b, tape);
    const squared = times(product, product, tape);
    const gradients = tape.gradients(squared, scalar(1));
    // (ab)² has the gradients 2ab² and 2a²b.
    expect(gradients.map(valueOf)).toEqual([150, 90]);
    disposeAll(a, b, product, squared, ...gradients);
    expect(memory().numTensors).toBe(0);
  });

  it('keeps nothing of operations that no leaf has a part in', () => {
    const [a, leaf] = [scalar(3), scalar(5)];
    const tape = startTape([leaf]);
    const before = memory().numTensors;
    const product = times(a, a, tape);
    expect(memory().numTensors - before).toBe(1);
    tape.dispose();
    disposeAll(a, leaf, product);
  });

  it('computes no gradient that leads to no leaf', () => {
    const [image, leaf] = [scalar(3), scalar(5)];
    const tape = startTape([leaf]);
    const product = mul(image, leaf);
    tape.record(product, [
      { of: image, needs: [], gradient: () => expect.unreachable() },
      { of: leaf, needs: [image], gradient: (dy, seen) => mul(dy, seen) },
    ]);
    const gradients = tape.gradients(product, scalar(1));
    expect(gradients.map(valueOf)).toEqual([3]);
    disposeAll(image, leaf, product, ...gradients);
  });

  it('frees what an operation needs as soon as its gradient is taken', () => {
    const leaf = scalar(2);
    const tape = startTape([leaf]);
    const counts: number[] = [];
    let last: Tensor = leaf;
    const made = Array.from({ length: 4 }, () => {
      const value = tensor([1, 2, 3]);
      const next = mul(last, scalar(1));
      tape.record(next, [
        {
          of: last,
          needs: [value],
          gradient(dy) {
            counts.push(memory().numTensors);
            return mul(dy, 1);
          },
        },
      ]);
      value.dispose();
      last = next;
      return next;
    });
    const gradients = tape.gradients(last, scalar(1));
    // Each step back frees one tensor; what it takes itself is the same for all.
    expect(counts.map((count) => count - (counts[0] ?? 0))).toEqual([0, -1, -2, -3]);
    disposeAll(leaf, ...made, ...gradients);
  });

  it('gives nothing for a leaf that the scalar does not depend on', () => {
    const [leaf, other] = [scalar(2), scalar(3)];
    const tape = startTape([leaf, other]);
    const product = times(leaf, leaf, tape);
    const gradients = tape.gradients(product, scalar(1));
    expect(gradients.map((gradient) => gradient && valueOf(gradient))).toEqual([4, undefined]);
    disposeAll(leaf, other, product, ...gradients);
  });

  it('leaves nothing over after an error on the way back', () => {
    const leaf = scalar(2);
    const before = memory().numTensors;
    const tape = startTape([leaf]);
    const product = times(leaf, leaf, tape);
    const broken = mul(product, product);
    const fail = (): never => {
      throw new Error('broken');
    };
    tape.record(broken, [{ of: product, needs: [leaf, product], gradient: fail }]);
    expect(() => tape.gradients(broken, scalar(1))).toThrow('broken');
    tape.dispose();
    disposeAll(product, broken);
    expect(memory().numTensors).toBe(before);
    leaf.dispose();
  });
});

function times(a: Tensor, b: Tensor, tape: Tape): Tensor {
  const product = mul(a, b);
  tape.record(product, [
    { of: a, needs: [b], gradient: (dy, other) => mul(dy, other) },
    { of: b, needs: [a], gradient: (dy, other) => mul(dy, other) },
  ]);
  return product;
}

function valueOf(tensor: Tensor | undefined): number | undefined {
  return tensor?.dataSync<'float32'>()[0];
}

function disposeAll(...tensors: readonly (Tensor | undefined)[]): void {
  for (const each of tensors) each?.dispose();
}
