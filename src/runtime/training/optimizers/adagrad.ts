import type { Follower } from './follow.js';

interface Settings {
  readonly initial: number;
  readonly epsilon: number;
  readonly decay: number;
}

/** v ← v + g², from `initial`; w ← w - rate · g / √(v + ε). */
export function adagrad({ initial, epsilon, decay }: Settings, length: number): Follower {
  const squares = new Float32Array(length).fill(initial);
  const move: Follower['move'] = (weights, { gradient, factor, rate }) => {
    for (let place = 0; place < weights.length; place += 1) {
      const weight = weights[place] ?? 0;
      const slope = (gradient[place] ?? 0) * factor + decay * weight;
      const square = (squares[place] ?? 0) + slope * slope;
      squares[place] = square;
      weights[place] = weight - (rate * slope) / Math.sqrt(square + epsilon);
    }
  };
  return { slots: new Map([['squares', squares]]), move };
}
