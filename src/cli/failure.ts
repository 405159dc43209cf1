import { exitCodes, type ExitCode } from './exit-codes.js';

/** What ends a command early: the exit code, what happened, and perhaps how to mend it. Thrown by the command line only. */
export interface Failure extends Error {
  readonly exitCode: ExitCode;
  readonly help: string | undefined;
}

/** Wrong usage, or nothing there to work on. */
export function usageFailure(message: string, help?: string): Failure {
  return failure(exitCodes.usage, message, help);
}

/** Reading or writing did not work. */
export function ioFailure(message: string, help?: string): Failure {
  return failure(exitCodes.readOrWrite, message, help);
}

/** The input has problems that have no place in a `.cnn` file. */
export function inputFailure(message: string, help?: string): Failure {
  return failure(exitCodes.problems, message, help);
}

/** Tells a failure from an error of ours. */
export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && 'exitCode' in error && 'help' in error;
}

/** What a system call reports, in words: `permission denied`. */
export function systemReason(error: unknown): string {
  const code = systemCode(error);
  if (code === undefined) return error instanceof Error ? error.message : String(error);
  return reasons.get(code) ?? code;
}

/** The code of a failed system call: `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function failure(exitCode: ExitCode, message: string, help: string | undefined): Failure {
  return Object.assign(new Error(message), { exitCode, help });
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'not permitted'],
  ['ENOENT', 'no such file or folder'],
  ['EEXIST', 'something else is there'],
  ['ENOTDIR', 'a part of the path is not a folder'],
  ['EISDIR', 'it is a folder'],
  ['ELOOP', 'too many symbolic links'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['ENOSPC', 'no space left on the device'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EROFS', 'the file system is read-only'],
  ['EMFILE', 'too many open files'],
  ['EIO', 'input/output error'],
  ['ENXIO', 'no such device'],
]);
