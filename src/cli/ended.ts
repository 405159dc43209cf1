import type { Failure } from '../runtime/outcome.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import type { Io } from './io.js';
import { showProblems } from './show-problems.js';

/** What ended a command early; it has been shown. */
export interface Ended {
  readonly kind: 'ended';
  readonly exitCode: ExitCode;
}

/** Shows what stands in the way, and ends the command. */
export function endedBy(io: Io, failure: Failure): Ended {
  showProblems(io, failure);
  return ended(exitCodeOf(failure));
}

/** Ends a command with an exit code. */
export function ended(exitCode: ExitCode): Ended {
  return { kind: 'ended', exitCode };
}

/** Tells what has ended a command from a result. */
export function isEnded(value: object): value is Ended {
  return 'kind' in value && value.kind === 'ended';
}

/** What can't be read is 3, what is not there to be used is 2, and anything else is a problem of what was given. */
function exitCodeOf({ problems }: Failure): ExitCode {
  if (problems.every(({ code }) => code === 'unreadable')) return exitCodes.readOrWrite;
  return problems.every(({ code }) => code === 'engine-unavailable' || code === 'no-mnist')
    ? exitCodes.usage
    : exitCodes.problems;
}
