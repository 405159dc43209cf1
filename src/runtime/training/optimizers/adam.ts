import type { Follower } from './follow.js';

interface Settings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** Weight decay as a part of the gradient. */
  readonly decay: number;
  /** Weight decay apart from the gradient. */
  readonly apart: number;
}

/**
 * m ← β1·m + (1 - β1)·g; v ← β2·v + (1 - β2)·g²; w ← w - rate · √(1 - β2^t) / (1 - β1^t) · m / (√v + ε)
 * (Kingma & Ba 2014, §2 at its end); decay apart takes rate · decay · w away first (Loshchilov & Hutter 2017).
 */
export function adam({ beta1, beta2, epsilon, decay, apart }: Settings, length: number): Follower {
  const means = new Float32Array(length);
  const squares = new Float32Array(length);
  const move: Follower['move'] = (weights, { gradient, factor, rate, step }) => {
    const stride = (rate * Math.sqrt(1 - beta2 ** step)) / (1 - beta1 ** step);
    for (let place = 0; place < weights.length; place += 1) {
      const weight = weights[place] ?? 0;
      const slope = (gradient[place] ?? 0) * factor + decay * weight;
      const mean = beta1 * (means[place] ?? 0) + (1 - beta1) * slope;
      const square = beta2 * (squares[place] ?? 0) + (1 - beta2) * slope * slope;
      means[place] = mean;
      squares[place] = square;
      weights[place] = weight - rate * apart * weight - (stride * mean) / (Math.sqrt(square) + epsilon);
    }
  };
  return {
    slots: new Map([
      ['means', means],
      ['squares', squares],
    ]),
    move,
  };
}
