import type { ExitCode } from './exit-codes.js';
import type { Io, OutputFlags } from './io.js';

/** Runs a command with its flags and those of the whole program. */
export type Run = <Flags extends OutputFlags>(
  flags: Flags,
  command: (io: Io, flags: Flags) => Promise<ExitCode>,
) => Promise<void>;
