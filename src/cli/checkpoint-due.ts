/** Decides when a checkpoint is due: every so many steps, or so seldom that it takes less than 2 % of the time. */
export interface CheckpointClock {
  isDue(step: number, isEpochEnd: boolean): boolean;
  /** Runs what writes a checkpoint, and learns from how long it takes. */
  time(write: () => void): void;
}

/** A checkpoint is due after fifty times the time that the last one took. */
const share = 50;

/** What the first one is taken to take, in milliseconds: small models are written in less. */
const firstGuess = 20;

/** Within an epoch checkpoints are no closer than this, in milliseconds. */
const leastWithinEpoch = 10_000;

/** Opens the clock; `every` is a number of steps, and the end of each epoch is due then too. */
export function openCheckpointClock(
  every: number | undefined,
  now: () => number = () => performance.now(),
): CheckpointClock {
  let last = now();
  let cost = firstGuess;
  return {
    isDue(step, isEpochEnd) {
      if (every !== undefined) return isEpochEnd || step % every === 0;
      return now() - last >= Math.max(share * cost, isEpochEnd ? 0 : leastWithinEpoch);
    },
    time(write) {
      const began = now();
      write();
      last = now();
      cost = last - began;
    },
  };
}
