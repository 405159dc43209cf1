/** The exit codes of the command line; they are a contract (docs/cli.md). */
export const exitCodes = {
  /** All well. */
  well: 0,
  /** The input has problems. */
  problems: 1,
  /** Wrong usage or configuration, or no file matched. */
  usage: 2,
  /** Reading or writing failed. */
  readOrWrite: 3,
  /** Our own mistake. */
  internal: 70,
  /** Interrupted by Ctrl-C. */
  interrupted: 130,
  /** Ended by SIGTERM. */
  terminated: 143,
} as const;

/** One of the exit codes. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
