import type { Follower } from './follow.js';

interface Settings {
  readonly momentum: number;
  readonly nesterov: boolean;
  readonly decay: number;
}

/** v ← momentum · v - rate · g; w ← w + v, or with Nesterov's look ahead w ← w + momentum · v - rate · g. */
export function momentum({ momentum: kept, nesterov, decay }: Settings, length: number): Follower {
  const velocity = new Float32Array(kept === 0 ? 0 : length);
  const move: Follower['move'] = (weights, { gradient, factor, rate }) => {
    for (let place = 0; place < weights.length; place += 1) {
      const weight = weights[place] ?? 0;
      const down = rate * ((gradient[place] ?? 0) * factor + decay * weight);
      if (kept === 0) {
        weights[place] = weight - down;
        continue;
      }
      const moved = kept * (velocity[place] ?? 0) - down;
      velocity[place] = moved;
      weights[place] = weight + (nesterov ? kept * moved - down : moved);
    }
  };
  return { slots: new Map(kept === 0 ? [] : [['velocity', velocity]]), move };
}
