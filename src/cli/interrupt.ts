import { setImmediate as nextRound } from 'node:timers/promises';
import { exitCodes, type ExitCode } from './exit-codes.js';

/** Watches for Ctrl-C and SIGTERM while something runs that can end early and keep what it has. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** The exit code of what was received; `undefined` while nothing was. */
  received(): ExitCode | undefined;
  /** Gives the signals back. */
  release(): void;
}

/** Takes the first signal as a request to end; a second one ends the process as it would without us. */
export function watchForInterrupt(onRequest: () => void): Interrupt {
  const controller = new AbortController();
  let code: ExitCode | undefined;
  const onSignal = (name: 'SIGINT' | 'SIGTERM'): void => {
    code = name === 'SIGINT' ? exitCodes.interrupted : exitCodes.terminated;
    release();
    onRequest();
    controller.abort();
  };
  const release = (): void => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return { signal: controller.signal, received: () => code, release };
}

/**
 * Does something short that should not be left half done, such as writing a model: Ctrl-C and SIGTERM wait for its end.
 * Gives the exit code of what was received meanwhile.
 */
export async function withoutInterruption(action: () => void): Promise<ExitCode | undefined> {
  const interrupt = watchForInterrupt(() => undefined);
  try {
    action();
    // Signals are delivered at the begin of a round of the event loop, which this one may be past.
    await nextRound();
    await nextRound();
  } finally {
    interrupt.release();
  }
  return interrupt.received();
}
