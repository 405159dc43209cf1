import type { Follower } from './follow.js';

interface Settings {
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly decay: number;
}

/** v ← ρ·v + (1 - ρ)·g²; m ← momentum · m + rate · g / √(v + ε); w ← w - m. */
export function rmsprop({ rho, momentum: kept, epsilon, decay }: Settings, length: number): Follower {
  const squares = new Float32Array(length);
  const velocity = new Float32Array(kept === 0 ? 0 : length);
  const move: Follower['move'] = (weights, { gradient, factor, rate }) => {
    for (let place = 0; place < weights.length; place += 1) {
      const weight = weights[place] ?? 0;
      const slope = (gradient[place] ?? 0) * factor + decay * weight;
      const square = rho * (squares[place] ?? 0) + (1 - rho) * slope * slope;
      const moved = kept * (velocity[place] ?? 0) + (rate * slope) / Math.sqrt(square + epsilon);
      squares[place] = square;
      if (kept !== 0) velocity[place] = moved;
      weights[place] = weight - moved;
    }
  };
  return {
    slots: new Map([['squares', squares], ...(kept === 0 ? [] : [['velocity', velocity] as const])]),
    move,
  };
}
