import type { Io } from './io.js';

/** Shows how something goes that takes its time: on a terminal one line that changes, else a line now and then. */
export interface ProgressLine {
  show(line: string): void;
  /** Writes a line that stays. */
  say(line: string): void;
  /** Takes the changing line away. */
  clear(): void;
}

/** A changing line is drawn anew ten times a second; where it can't change, one is written every thirty seconds. */
const drawEvery = 100;
const writeEvery = 30_000;

/** Opens a progress line on standard error. */
export function openProgress(io: Io, now: () => number = () => performance.now()): ProgressLine {
  const { err } = io;
  let last = err.isTerminal ? Number.NEGATIVE_INFINITY : now();
  let isShown = false;
  const clear = (): void => {
    if (isShown) err.write('\r\u001b[2K');
    isShown = false;
  };
  return {
    show(line) {
      const time = now();
      if (time - last < (err.isTerminal ? drawEvery : writeEvery)) return;
      last = time;
      if (!err.isTerminal) io.note(`${line}\n`);
      else if (!io.isQuiet) {
        err.write(`\r\u001b[2K${line.slice(0, Math.max(1, (err.columns ?? 80) - 1))}`);
        isShown = true;
      }
    },
    say(line) {
      clear();
      io.note(`${line}\n`);
    },
    clear,
  };
}
