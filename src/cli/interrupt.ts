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
